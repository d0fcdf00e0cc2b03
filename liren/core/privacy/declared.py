"""Privacy (个人信息声明): what a model that touches people says about itself; complete by test."""

from collections.abc import Mapping
from dataclasses import dataclass

from .tiers import Tier


@dataclass(frozen=True)
class Field:
    """One field that says something about a person: how deep it lies, and its Chinese name on the notice."""

    tier: Tier
    name: str


def at(tier: Tier, **names: str) -> dict[str, Field]:
    """Fields of one tier with their names: ``at(Tier.T0, name="姓名", sex="性别")``."""
    return {field: Field(tier, name) for field, name in names.items()}


@dataclass(frozen=True)
class Privacy:
    """What a model keeps about people, why, on what ground, and for how long.

    Fields that say nothing about a person (keys, who wrote it and when) stand in `plain`.
    """

    name: str
    purpose: str
    basis: str
    retention: str
    fields: Mapping[str, Field]
    plain: tuple[str, ...] = ()

    def tier_of(self, field: str) -> Tier:
        """The tier of a field; KeyError for one that says nothing about a person."""
        return self.fields[field].tier

    def by_tier(self) -> list[tuple[Tier, list[str]]]:
        """The names of the fields, tier by tier, for the notice."""
        tiers = sorted({field.tier for field in self.fields.values()})
        return [(tier, [f.name for f in self.fields.values() if f.tier == tier]) for tier in tiers]


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
