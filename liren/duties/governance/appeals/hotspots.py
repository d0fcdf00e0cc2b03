"""Hot spots (诉求热点): the same cause at the same house or building again and again; and the joint matter made of them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone

from liren.core.matters.models import Matter
from liren.core.matters.seeking import sought
from liren.core.places.models import Building, House
from liren.core.rules import number

from . import causes
from .rates import Figure

MOST = 20


@dataclass(frozen=True)
class Spot:
    """One hot spot: where, what, how often, and the joint matter that is open about it."""

    place: House | Building
    cause: causes.Cause
    figure: Figure
    topic: Matter | None

    @property
    def where(self) -> str:
        """The place as people say it."""
        return self.place.spelt if isinstance(self.place, House) else f"{self.place.name}（整栋）"

    @property
    def params(self) -> dict[str, str]:
        """What the form of a joint matter sends."""
        return {
            key: str(value)
            for key, value in self.figure.params.items()
            if key in ("cause", "house", "building")
        }


def window(area: Any) -> str:
    """The last so many days, as a period of the filter language."""
    today = timezone.localdate()
    return f"{today - timedelta(days=number('governance.appeal_hot_days', area=area))}..{today}"


def at(user: Any, place: House | Building, cause: str, area: Any) -> Any:
    """The appeals of one cause at one place within the window, that this user may know of."""
    return sought(Matter.objects.visible_to(user), _params(place, cause, area), user=user)


def _params(place: House | Building, cause: str, area: Any) -> dict[str, str]:
    where = {"house" if isinstance(place, House) else "building": str(place.pk)}
    return {"kind": "governance.appeal", "opened": window(area), "merged": "no", "cause": cause, **where}


def found(user: Any, area: Any, params: dict[str, str]) -> list[Spot]:
    """Every place and cause that came often enough, the most frequent first. A building stands beside its houses only
    when it has more than any one of them.
    """
    rows = sought(
        Matter.objects.visible_to(user),
        {**params, "kind": "governance.appeal", "opened": window(area), "merged": "no", "causeless": "no"},
        user=user,
    ).order_by()
    least = number("governance.appeal_hot_times", area=area)
    houses = _often(rows.filter(house__isnull=False), "house", least)
    buildings = _often(rows.filter(building__isnull=False), "building", least)
    by_house = House.objects.select_related("building").in_bulk([pk for pk, _, _ in houses])
    by_building = Building.objects.in_bulk([pk for pk, _, _ in buildings])
    most = _most_of_a_house(houses, by_house)
    spots: list[tuple[House | Building, str, int]] = [(by_house[pk], cause, n) for pk, cause, n in houses]
    spots += [(by_building[pk], cause, n) for pk, cause, n in buildings if n > most.get((pk, cause), 0)]
    spots.sort(key=lambda spot: (-spot[2], spot[1], str(spot[0])))
    topics = _topics(user, spots[:MOST])
    return [
        Spot(
            place,
            causes.catalogue()[cause],
            Figure(n, _params(place, cause, area)),
            topics.get((place, cause)),
        )
        for place, cause, n in spots[:MOST]
    ]


def _often(rows: Any, place: str, least: int) -> list[tuple[int, str, int]]:
    groups = rows.values(f"{place}_id", "cause").annotate(n=Count("pk")).filter(n__gte=least)
    known = causes.catalogue()
    return [(group[f"{place}_id"], group["cause"], group["n"]) for group in groups if group["cause"] in known]


def _most_of_a_house(
    houses: list[tuple[int, str, int]], by_pk: dict[int, House]
) -> dict[tuple[int, str], int]:
    most: dict[tuple[int, str], int] = {}
    for pk, cause, n in houses:
        key = (by_pk[pk].building_id, cause)
        most[key] = max(most.get(key, 0), n)
    return most


def _topics(user: Any, spots: list[tuple[House | Building, str, int]]) -> dict[tuple[Any, str], Matter]:
    """The joint matters that are open about these places."""
    rows = (
        Matter.objects.visible_to(user)
        .open()
        .filter(kind="governance.topic", cause__in={cause for _, cause, _ in spots})
    )
    by_place = {(row.house_id, row.building_id, row.cause): row for row in rows}
    found = {}
    for place, cause, _ in spots:
        house = place.pk if isinstance(place, House) else None
        building = place.building_id if isinstance(place, House) else place.pk
        if topic := by_place.get((house, building, cause)):
            found[place, cause] = topic
    return found
