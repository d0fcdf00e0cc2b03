"""Hot spots (反复出现的事): the same cause at the same house or building again and again, each opening its list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from liren.core.places.models import Building, House

from .figures import CUTS, MATTERS
from .models import Matter
from .seeking import sought

AGAIN = 2
MOST = 12


@dataclass(frozen=True)
class Spot:
    """One place and cause: how often, and the list."""

    where: str
    cause: str
    count: int
    params: Mapping[str, str]

    @property
    def url(self) -> str:
        """The list; its length is the count."""
        return MATTERS.address(self.params)


def hot_spots(user: Any, params: Mapping[str, str], *, paper: bool = False) -> list[Spot]:
    """Where the same came up twice or more, the most frequent first. A building stands beside its houses only when
    it has more than any one of them.
    """
    asked = {**params, "merged": "no", "causeless": "no"}
    rows = sought(Matter.objects.visible_to(user), asked, user=user).order_by()
    rows = rows.filter(restricted=False) if paper else rows
    houses = _often(rows, "house_id")
    buildings = _often(rows, "building_id")
    by_house = House.objects.select_related("building").in_bulk([pk for pk, _ in houses])
    by_building = Building.objects.in_bulk([pk for pk, _ in buildings])
    most: dict[tuple[int, str], int] = {}
    for (pk, cause), n in houses.items():
        key = (by_house[pk].building_id, cause)
        most[key] = max(most.get(key, 0), n)
    names = CUTS["cause"].named({cause for _, cause in [*houses, *buildings]})

    def spot(where: str, cause: str, n: int, place: str, pk: int) -> Spot:
        return Spot(where, names[cause], n, {**asked, "cause": cause, place: str(pk)})

    spots = [spot(by_house[pk].spelt, cause, n, "house", pk) for (pk, cause), n in houses.items()]
    spots += [
        spot(f"{by_building[pk].name}（整栋）", cause, n, "building", pk)
        for (pk, cause), n in buildings.items()
        if n > most.get((pk, cause), 0)
    ]
    return sorted(spots, key=lambda spot: (-spot.count, spot.where, spot.cause))[:MOST]


def _often(rows: Any, place: str) -> dict[tuple[int, str], int]:
    found = rows.exclude(**{place: None}).values(place, "cause").annotate(n=Count("pk")).filter(n__gte=AGAIN)
    return {(row[place], row["cause"]): row["n"] for row in found}
