"""Wording (说成一句): a condition as the worker reads it, without brackets around the whole."""

from typing import Any


def in_words(condition: Any) -> str:
    """居住状态是在住，并且（空巢老人，或者独居老人）."""
    said = str(condition.sentence()).replace(",", "，")
    if said.startswith("(") and _closing(said) == len(said) - 1:
        said = said[1:-1]
    return said.replace("(", "（").replace(")", "）")


def _closing(said: str) -> int:
    """Where the first bracket is closed."""
    depth = 0
    for place, letter in enumerate(said):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if depth == 0:
            return place
    return -1
