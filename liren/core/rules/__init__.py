"""Rules (规定): every number of law and policy, with its date, area and legal basis; none stands in code."""

import datetime
import re
import tomllib
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.utils import timezone

from liren.core.duty.asked import asked
from liren.core.duty.prepared import Prepared, text
from liren.core.duty.prepared import day as given_day

if TYPE_CHECKING:
    from pathlib import Path

    from liren.core.areas.models import Area

    from .models import Rule


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

    @property
    def words(self) -> str:
        """``5 个工作日``, ``17:30``, ``顺延``, ``80 周岁``: the number as people say it."""
        return said(self.value, self.unit)


CLOCK = "点钟"  # minutes after midnight, said as 17:30


def said(value: Decimal, unit: str) -> str:
    """A value with its unit in words."""
    if unit == CLOCK:
        return f"{int(value) // 60}:{int(value) % 60:02d}"
    if (chosen := choices(unit)) and int(value) in chosen:
        return chosen[int(value)]
    plain = f"{value.normalize():f}"
    return f"{plain} 个{unit}" if unit == "工作日" else f"{plain} {unit}"


def choices(unit: str) -> dict[int, str]:
    """What the figures mean where the unit says it: ``（1 要，0 不要）`` gives 要 and 不要."""
    pairs = re.findall(r"(\d) ([^，）]+)", unit) if unit.startswith("（") else []
    return {int(figure): words for figure, words in pairs}


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
    default, day = shipped()[key], on or timezone.localdate()
    return asked(("rule", key, day, area and area.pk), lambda: _over(default, _local(key, day, area)))


def _local(key: str, day: datetime.date, area: "Area | None") -> "Rule | None":
    """What was set here over the number that is shipped."""
    from .models import Rule

    if area is None:
        return next(iter(_EVERYWHERE(key=key, day=day)), None)
    return Rule.objects.holding(day, area).filter(key=key).first()


def _everywhere() -> Any:
    from .models import Rule

    return Rule.objects.holding(given_day("day"), None).filter(key=text("key"))[:1]


_EVERYWHERE = Prepared(_everywhere)


def every_rule(*, on: datetime.date | None = None, area: "Area | None" = None) -> list[Number]:
    """All numbers as they hold on a day in an area, by key: one query."""
    from .models import Rule

    local: dict[str, Rule] = {}
    for row in Rule.objects.holding(on or timezone.localdate(), area):
        local.setdefault(row.key, row)
    return [_over(default, local.get(key)) for key, default in sorted(shipped().items())]


def _over(default: Number, local: "Rule | None") -> Number:
    if local is None:
        return default
    return replace(
        default, value=local.value, basis=local.basis, confirmed=local.confirmed, from_on=local.from_on
    )


def number(key: str, *, on: datetime.date | None = None, area: "Area | None" = None) -> int:
    """The value alone, as a whole number."""
    return int(rule(key, on=on, area=area).value)
