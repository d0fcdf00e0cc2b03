"""Causes (诉求原因): the catalogue of causes.toml, and how a text gives its cause away."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Cause:
    """One cause: key, the code under which it is counted, name, and telling words."""

    key: str
    code: str
    name: str
    words: tuple[str, ...]


@cache
def catalogue() -> dict[str, Cause]:
    """Every cause by its key, in the order of the codes."""
    given = tomllib.loads((Path(__file__).parent / "causes.toml").read_text("utf-8"))
    rows = [Cause(key, row["code"], row["name"], tuple(row["words"])) for key, row in given.items()]
    return {row.key: row for row in sorted(rows, key=lambda row: row.code)}


def choices() -> tuple[tuple[str, str], ...]:
    """Keys and names."""
    return tuple((row.key, row.name) for row in catalogue().values())


def cause_called(text: str) -> str:
    """The cause that a cell names by its name or its code; empty for none."""
    said = text.strip()
    return next(
        (row.key for row in catalogue().values() if said and said in (row.name, row.code, row.key)), ""
    )


def guess(*texts: str) -> str:
    """The cause whose words stand in the texts, the first text before the others; empty when nothing tells."""
    for text in texts:
        found = [(len(word), row.key) for row in catalogue().values() for word in row.words if word in text]
        if found:
            return max(found, key=lambda pair: pair[0])[1]
    return ""
