"""Code tables (国家代码表): the words of offices into national codes and back; see codes.toml."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_CODED = re.compile(r"[(\[]?\d{1,3}[)\]]?[-.:_|/]*([^\d\s].*)")
_EMPTY = frozenset(["", *"/ \\ - -- — —— . ? none null nan 不填 未填 待补".split()])


@dataclass(frozen=True, slots=True)
class Table:
    """One code table: names by code in the order of the standard, codes by every known word."""

    title: str
    source: str
    names: dict[str, str]
    words: dict[str, str]


def read(table: str, text: object) -> str | None:
    """The code a cell means (专科 → "30"), or None when the table does not know the word."""
    key = _key(text)
    if key in _EMPTY:
        return None
    words = TABLES[table].words
    if key in words:
        return words[key]
    if table == "ethnicity" and key.endswith("族") and key.rstrip("族") in words:
        return words[key.rstrip("族")]
    bare = re.sub(r"\(.*?\)?$", "", key)
    if table == "relation":
        bare = re.sub(r"^(系?户主)?[之其的]", "", bare)
    if bare in words:
        return words[bare]
    # exports write code and name in one cell: 01汉族, 1-男, 20已婚; the name counts, codes differ by system
    named = _CODED.fullmatch(key)
    return words.get(named[1]) if named else None


def name(table: str, code: str | None) -> str:
    """The word the product prints for a code; empty for an unknown one."""
    return TABLES[table].names.get(code or "", "")


def choices(table: str) -> list[tuple[str, str]]:
    """All codes with their names, for select boxes."""
    return list(TABLES[table].names.items())


def _key(text: object) -> str:
    if text is None or isinstance(text, bool):
        return ""
    if isinstance(text, float) and text.is_integer():
        text = int(text)
    return _plain_key(str(text))


# a roster says the same few words thousands of times
@lru_cache(maxsize=4096)
def _plain_key(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s'\"‘’“”、,。;]+", "", plain).lower()


def _load(path: Path) -> dict[str, Table]:
    tables = {}
    for key, given in tomllib.loads(path.read_text("utf-8")).items():
        names = {entry["code"]: entry["name"] for entry in given["entries"]}
        words: dict[str, str] = {}
        for entry in given["entries"]:
            words.setdefault(_key(entry["name"]), entry["code"])
        for entry in given["entries"]:
            for word in [entry["code"], *entry.get("words", ())]:
                words.setdefault(_key(word), entry["code"])
        tables[key] = Table(given["title"], given["source"], names, words)
    return tables


TABLES = _load(Path(__file__).parent / "codes.toml")
