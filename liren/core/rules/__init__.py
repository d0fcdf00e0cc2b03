"""Rules (规定): every number of law and policy, with its date, area and legal basis; none stands in code."""

import datetime
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from django.apps import apps
from django.utils import timezone

if TYPE_CHECKING:
    from pathlib import Path

    from liren.core.areas.models import Area


@dataclass(frozen=True)
class Number:
    """One number as it holds: its value, unit, name, legal basis, and whether the basis is confirmed."""

    key: str
    name: str
    value: Decimal
    unit: str
    basis: str
    confirmed: bool
    from_on: datetime.date


@lru_cache(maxsize=1)
def shipped() -> dict[str, Number]:
    """The numbers that Liren brings along, from the rules.toml of every app."""
    book: dict[str, Number] = {}
    for config in apps.get_app_configs():
        if not config.name.startswith("liren."):
            continue
        for path in sorted(_folder(config.path).glob("**/rules.toml")):
            for key, row in tomllib.loads(path.read_text(encoding="utf-8")).items():
                if key in book:
                    raise ValueError(f"two numbers called {key}")
                book[key] = _number(key, row)
    return book


def _folder(path: str) -> "Path":
    from pathlib import Path

    return Path(path)


def _number(key: str, row: dict) -> Number:
    return Number(
        key=key,
        name=row["name"],
        value=Decimal(str(row["value"])),
        unit=row["unit"],
        basis=row["basis"],
        confirmed=row["confirmed"],
        from_on=row["from_on"],
    )


def rule(key: str, *, on: datetime.date | None = None, area: "Area | None" = None) -> Number:
    """The number of a key as it holds on a day in an area; KeyError for a key that nobody ships."""
    from .models import Rule

    default = shipped()[key]
    day = on or timezone.localdate()
    local = Rule.objects.holding(key, day, area).first()
    if local is None:
        return default
    return Number(key, default.name, local.value, default.unit, local.basis, local.confirmed, local.from_on)


def number(key: str, *, on: datetime.date | None = None, area: "Area | None" = None) -> int:
    """The value alone, as a whole number."""
    return int(rule(key, on=on, area=area).value)
