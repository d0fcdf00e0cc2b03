"""Finding houses (找房): by what people type — ``3-2-501``, ``8-302``, ``3号楼``, ``12弄7号二楼前楼`` — even half typed."""

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from . import addresstext as texts
from .models import Building, House
from .rooms import spell_floor_words

# Beyond so many communities a bare room number says too little to look for.
FEW = 3


@dataclass(frozen=True)
class Place:
    """What was typed: a building by lane and number, a unit, the beginning of a room; rooms are whole where `exact`."""

    lane: str = ""
    number: str = ""
    unit: str = ""
    room: str = ""
    exact: bool = False


def read_place(text: str) -> Place | None:
    """The place a word means, or None when it does not look like one."""
    plain = texts.tidy(text)
    if not re.search(r"\d", plain) or re.fullmatch(r"\d+|[A-Z]+\d+", plain):
        return None
    head, lane, rest = texts.split_lane(plain)
    if lane:
        return None if head and not rest else _in_lane(lane, rest)
    number, rest = texts.split_number(texts.strip_areas(plain))
    if number:
        unit, room = texts.split_unit(rest, dashed="-" in rest)
        return Place(number=number, unit=unit, room=_room(room), exact=_whole(room))
    numbers, rest = texts.split_dashes(plain if plain.count("-") else f"{plain}-")
    if numbers and len(numbers) <= 2:
        return Place(
            number=numbers[0],
            unit=numbers[1] if len(numbers) == 2 else "",
            room=_room(rest),
            exact=_whole(rest),
        )
    if found := re.fullmatch(r"(\d{1,3})-", plain + ("" if plain.endswith("-") else "-")):
        return Place(number=found[1].lstrip("0"))
    return None


def _in_lane(lane: str, rest: str) -> Place:
    number, room = texts.split_number(rest)
    if not number and (bare := re.match(r"(\d{1,3})-?", rest)):
        number, room = bare[1].lstrip("0"), rest[bare.end() :]
    return Place(lane=lane, number=number, room=_room(room), exact=_whole(room))


def _whole(room: str) -> bool:
    return bool(re.search(r"(室|号房|房)$", room))


def _room(room: str) -> str:
    return spell_floor_words(re.sub(r"(室|号房|房间|房|户)$", "", room.strip("-")).lstrip("0"))


def houses_at(user: Any, place: Place) -> QuerySet[House]:
    """The houses that such a place may mean, in the buildings that this user sees."""
    buildings = list(buildings_at(user, place).values_list("pk", flat=True))
    seen = House.objects.filter(building__in=buildings)
    rooms = Q(room=place.room) if place.exact else Q(room__startswith=place.room)
    if place.unit:
        # 12-7前楼 may be lane 12, number 7: both are looked for.
        return seen.filter(rooms, unit=place.unit)
    if place.room.isdigit() and len(place.room) <= 2 and not place.exact and not place.lane:
        # 3-2: building 3, unit 2 — or the beginning of a room.
        rooms |= Q(unit=place.room)
    return seen.filter(rooms)


def buildings_at(user: Any, place: Place) -> QuerySet[Building]:
    """The buildings that such a place may mean."""
    seen = Building.objects.visible_to(user)
    if place.lane:
        seen = seen.filter(
            Q(lane=place.lane) | Q(lane=f"{place.lane}弄") | Q(name__contains=f"{place.lane}弄")
        )
    return seen.filter(number=place.number) if place.number else seen


def called(user: Any, text: str) -> list[int]:
    """Ids of the buildings, by themselves or by their estate, that are called so: 综合楼, 梧桐苑."""
    named = Q(name__startswith=text) | Q(estate__name__startswith=text)
    return list(Building.objects.visible_to(user).filter(named).values_list("pk", flat=True))


def houses_numbered(user: Any, room: str) -> QuerySet[House]:
    """Houses with this very room number; of no use to somebody who works in many communities."""
    communities = user.community_ids()
    if len(communities) > FEW:
        return House.objects.none()
    return House.objects.visible_to(user).filter(community_id__in=communities, room=room)


def find_houses(user: Any, text: str, limit: int = 8) -> list[House]:
    """The houses that a text means, for the palette."""
    words = "".join(text.split())
    place = read_place(words)
    if place is None:
        buildings = called(user, words) if len(words) > 1 and not words.isascii() else []
        found: Any = House.objects.filter(building__in=buildings)
    else:
        found = houses_at(user, place)
    mine = found.filter(pk__in=found.visible_to(user).order_by().values("pk"))
    return list(mine.select_related("building").order_by("building__sort", "unit", "room")[:limit])


def find_buildings(user: Any, text: str, limit: int = 4) -> list[Building]:
    """The buildings that a text means as a whole: 3号楼, 12弄, 综合楼."""
    words = "".join(text.split())
    place = read_place(words)
    seen = Building.objects.visible_to(user).filter(community_id__in=user.community_ids())
    if place is not None:
        if place.room or place.unit:
            return []
        return list(seen.filter(pk__in=buildings_at(user, place).values("pk")).order_by("sort")[:limit])
    if len(words) < 2 or words.isascii():
        return []
    return list(
        seen.filter(Q(name__startswith=words) | Q(estate__name__startswith=words)).order_by("sort")[:limit]
    )
