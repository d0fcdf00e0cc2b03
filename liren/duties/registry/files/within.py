"""Within (范围): a grid, a building, a movement of some months, a frozen number — what figures narrow the register by."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import QueryDict

from liren.core.areas.models import Area
from liren.core.figures.freezing import frozen_keys, frozen_words
from liren.core.figures.periods import run_of
from liren.core.people import movement
from liren.core.places.models import Building


@dataclass(frozen=True)
class Part:
    """One of them in force: its name and value in the address, what it says, and whom it leaves."""

    name: str
    value: str
    sentence: str
    condition: Q
    # Whether those who moved out or died may be among them.
    of_gone: bool = False


def _grid(value: str, user: Any) -> Part:
    grid = Area.objects.visible_to(user).get(pk=int(value), level=Area.Level.GRID)
    return Part("grid", value, grid.name, Q(area_id=grid.pk))


def _building(value: str, user: Any) -> Part:
    building = Building.objects.visible_to(user).get(pk=int(value))
    return Part("building", value, building.name, Q(house__building_id=building.pk))


def _event(value: str, user: Any) -> Part:
    key, _, months = value.partition(":")
    period = run_of(months)
    return Part("event", value, movement.words(key, period), movement.happened(key, period), of_gone=True)


def _frozen(value: str, user: Any) -> Part:
    keys = frozen_keys("people", value, user)
    return Part("frozen", value, frozen_words(value), Q(pk__in=keys), of_gone=True)


WAYS: dict[str, Callable[[str, Any], Part]] = {
    "grid": _grid,
    "building": _building,
    "event": _event,
    "frozen": _frozen,
}


def parts_in(given: QueryDict, user: Any) -> tuple[tuple[Part, ...], list[str]]:
    """Those that an address names, and a sentence for each that cannot be read or is not for this user."""
    parts, problems = [], []
    for name, way in WAYS.items():
        if value := given.get(name, ""):
            try:
                parts.append(way(value[:200], user))
            except (ValueError, KeyError, Area.DoesNotExist, Building.DoesNotExist):
                problems.append("有一个范围看不懂，或者不归您看，已经略过")
    return tuple(parts), problems
