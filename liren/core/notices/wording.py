"""Wording (措辞): every text that may leave the house, from the notices.toml of every app, checked at start."""

import string
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.apps import apps

from .slots import SECRET, TO_GROUPS, TO_PHONES, Unfit

STARS = "******"
LONGEST = {"groups": 600, "phones": 140}


@dataclass(frozen=True)
class Template:
    """Template (模板): a text with slots, for groups or for phones; `minutes` is how long it is of any use."""

    key: str
    audience: str
    text: str
    slots: frozenset[str]
    minutes: int | None = None

    def fill(self, facts: dict[str, Any]) -> str:
        """The text; raises Unfit when a slot is missing, unknown or holds what may not be told."""
        return self._filled(facts, hidden=frozenset())

    def fill_for_keeping(self, facts: dict[str, Any]) -> str:
        """The same with stars for codes and secret links."""
        return self._filled(facts, hidden=SECRET if self.audience == "phones" else frozenset())

    def _filled(self, facts: dict[str, Any], *, hidden: frozenset[str]) -> str:
        if facts.keys() != self.slots:
            raise Unfit(f"{self.key} takes {sorted(self.slots)}, not {sorted(facts)}")
        checks = _allowed(self.audience)
        said = {slot: checks[slot](value) for slot, value in facts.items()}
        filled = self.text.format(**{s: STARS if s in hidden else words for s, words in said.items()})
        return "\n".join(line.rstrip() for line in filled.splitlines() if line.strip())


def _allowed(audience: str) -> dict[str, Any]:
    return TO_GROUPS if audience == "groups" else TO_PHONES


def read(key: str, audience: str, row: dict[str, Any]) -> Template:
    """One template of the catalogue; ValueError for a slot that may not leave the house."""
    text = row["text"].strip()
    fields = [part for part in string.Formatter().parse(text) if part[1] is not None]
    slots = frozenset(str(name) for _, name, _, _ in fields)
    if forbidden := slots - _allowed(audience).keys():
        raise ValueError(f"{key}: {sorted(forbidden)} may not be told to {audience}")
    if any(form or turned for _, _, form, turned in fields):
        raise ValueError(f"{key}: slots stand alone, without a format")
    if not text or len(text) > LONGEST[audience]:
        raise ValueError(f"{key}: a text of at most {LONGEST[audience]} characters")
    return Template(key, audience, text, slots, row.get("minutes"))


@lru_cache(maxsize=1)
def _catalogue() -> tuple[dict[str, Template], dict[str, str]]:
    texts: dict[str, Template] = {}
    told: dict[str, str] = {}
    for config in apps.get_app_configs():
        if not config.name.startswith("liren."):
            continue
        for path in sorted(Path(config.path).glob("**/notices.toml")):
            book = tomllib.loads(path.read_text(encoding="utf-8"))
            for audience in ("groups", "phones"):
                for key, row in book.get(audience, {}).items():
                    if key in texts:
                        raise ValueError(f"two templates called {key}")
                    texts[key] = read(key, audience, row)
            if twice := told.keys() & book.get("occasions", {}).keys():
                raise ValueError(f"two occasions called {sorted(twice)}")
            told |= book.get("occasions", {})
    return texts, told


def templates() -> dict[str, Template]:
    """Every text that may leave the house, by key."""
    return _catalogue()[0]


def occasions() -> dict[str, str]:
    """On which occasions groups are told something: key and Chinese name."""
    return _catalogue()[1]


def template_for(key: str, audience: str) -> Template:
    """The template of a key; Unfit when nobody wrote it for this audience."""
    found = templates().get(key)
    if found is None or found.audience != audience:
        raise Unfit(f"no template called {key} for {audience}")
    return found
