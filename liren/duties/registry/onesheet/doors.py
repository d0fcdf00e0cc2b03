"""Doors (房屋名册): lists with a line for each house — let, empty, or all of them."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from liren.core.people.facts.answer import NOTHING, Answer
from liren.core.people.facts.dwelling import held
from liren.core.people.facts.ofhouses import HOUSE_WAYS, house_value, owner_of
from liren.core.people.models import Residence
from liren.core.sheets.forms.plan import TablePlan

if TYPE_CHECKING:
    from .filling import Work

HOUSES = re.compile(
    r"出租(?:房|屋|户|住房)|空置房|空关房|房屋(?:信息|登记|台账|情况|底数|清单|租赁)|住房(?:台账|登记|信息|底数)|门牌"
)
# 出租屋租客, 出租房屋流动人口: a line for each of those who live there.
DWELLERS = re.compile(r"租客|承租人|(?<!出)租户|租住人|居住人|流动人口|来沪|人员|居民|人口")
JOINED = re.compile(r"和|及|与|、|以及|(?<=屋)信息|情况")
RENTED = re.compile(r"出租|租赁")
EMPTY = re.compile(r"空置|空关")
OF_HOUSES = {"area", "ownership", "house_use", "landlord.name", "landlord.phone", "lease_start", "lease_end"}


def is_about_houses(titles: Sequence[str], table: TablePlan) -> bool:
    """A line for each house: the title says so and the columns ask for what houses have."""
    named = any(HOUSES.search(title) and not _of_dwellers(title) for title in titles)
    keys = set(table.keys)
    return named and bool(keys & OF_HOUSES) and not {"name", "id_number"} <= keys


def _of_dwellers(title: str) -> bool:
    house = HOUSES.search(title)
    people = DWELLERS.search(title, house.end()) if house else None
    return bool(house and people and not JOINED.search(title[house.end() : people.start()]))


def houses_asked_for(work: "Work", titles: Sequence[str]) -> tuple[list[Any], str]:
    """The houses a title means, and the sentence about them."""
    title = "；".join(titles)
    houses = work.setting.houses().select_related("building__estate", "area", "community")
    said = "全部房屋"
    if RENTED.search(title):
        houses, said = houses.filter(use="rented"), "出租的房屋"
    elif EMPTY.search(title):
        houses, said = houses.filter(use="empty"), "空关的房屋"
    if grids := work.setting.places().grids_in(title):
        houses, said = houses.filter(area__name__in=grids), f"{'、'.join(grids)}{said}"
    rows = list(houses.order_by("building__sort", "unit", "floor", "room", "pk"))
    stays = Residence.objects.filter(held(work.on), house__in=houses).order_by("id")
    for house, person in stays.values_list("house_id", "person_id"):
        work.behind.setdefault(house, []).append(person)
    work.answers.dossiers.load([pk for people in work.behind.values() for pk in people], homes=True)
    return rows, said


def house_answer(work: "Work", house: Any, asked: str) -> Answer:
    """One thing about one house, or about who lives in it."""
    role, _, key = asked.rpartition(".")
    if role == "landlord":
        return owner_of(house, key)
    if role in ("tenant", "head", "") and key not in HOUSE_WAYS:
        return _of_resident(work, house, key, role)
    if role:
        return NOTHING
    value = house_value(house, key)
    code = ""
    if isinstance(value, tuple):
        value, code = value
    return Answer(value, code, "房屋登记", house.verified_on) if value not in (None, "") else NOTHING


def _of_resident(work: "Work", house: Any, key: str, role: str) -> Answer:
    seen = [pk for pk in work.behind.get(house.pk, []) if work.answers.dossiers.get(pk)]
    if key == "household_size":
        return Answer(len(seen), "", "房屋登记") if seen else NOTHING
    if not seen:
        return NOTHING
    first = work.answers.dossiers.head(work.answers.dossiers[seen[0]])
    about = first.person.pk if first else seen[0]
    return work.answers.ask(about, key)
