"""Privacy (个人信息声明): what a model that touches people says about itself; complete by test."""

from collections.abc import Mapping
from dataclasses import dataclass

from .tiers import Tier


@dataclass(frozen=True)
class Privacy:
    """For each field its tier; and for the model why it is kept, on what ground, and for how long.

    Fields that say nothing about a person (keys, dates of writing) stand in `plain`.
    """

    purpose: str
    basis: str
    retention: str
    tiers: Mapping[str, Tier]
    plain: tuple[str, ...] = ()


_book: dict[str, Privacy] = {}


def declare(model: str, privacy: Privacy) -> Privacy:
    """Writes what a model ``people.Person`` says of itself into the book."""
    if model in _book:
        raise ValueError(f"two declarations for {model}")
    _book[model] = privacy
    return privacy


def declared() -> dict[str, Privacy]:
    """Every declaration, by model."""
    return dict(_book)
