"""Figures of the register (人口数字): who lives here, by age, sex, grid and building; groups and labels; movement.

A figure is asked for by facts of the catalogue, so that its number opens the register with the same conditions.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from liren.core.facts import Fact, fact, may_use
from liren.core.facts.reading import leaf
from liren.core.figures import Cut, Figure, Params, Source
from liren.core.figures.areas import community_cut, grid_cut
from liren.core.figures.counting import Ask, Tally
from liren.core.figures.freezing import frozen_keys
from liren.core.figures.periods import run_of
from liren.core.places.models import Building
from liren.core.privacy.tiers import Tier

from .facts.bands import BAND, band
from .facts.dwelling import span
from .facts.labels import LABELS, PREFIX
from .movement import EVENTS, happened
from .persons import HERE, Person
from .records import Label

UNKNOWN = "-"
HERE_ONLY = {"here": "yes"}
FEW = ("grid", "community")


def _rows(user: Any) -> Any:
    return _counted(Person.objects.visible_to(user))


def _counted(people: Any) -> Any:
    """Everybody ever known, once, with the band of their age and the building of their house."""
    return people.filter(merged_into=None).annotate(
        band=band(timezone.localdate()), building=F("house__building_id")
    )


def _fact_is(key: str, value: str, user: Any) -> Q:
    """A clear yes to a fact, or nothing known of it. What a user may not ask by is true of nobody for them."""
    asked = fact(key)
    if user is not None and not may_use(user, asked):
        return Q(pk__in=[])
    if value == UNKNOWN:
        return Q(band=None) if asked == BAND else Q(pk__in=[])
    where = user.community_ids() if user is not None else ()
    wanted, needs = leaf(key, "=", value).demand(timezone.localdate(), where)
    if needs:
        raise ValueError(f"{key} has no way of its own to be counted")
    return wanted


PLACES = {
    "area": lambda value, user: Q(community_id=int(value)),
    "grid": lambda value, user: Q(area_id=int(value)),
    "gridless": lambda value, user: Q(area_id=F("community_id")),
    "building": lambda value, user: Q(house__building_id=int(value)),
    "houseless": lambda value, user: Q(house=None),
    "here": lambda value, user: Q(present__in=HERE),
    "frozen": lambda value, user: Q(pk__in=frozen_keys("people", value, user)),
}


def condition(params: Params, user: Any) -> Q:
    """Parameters as one condition over `Source.rows`."""
    asked = Q()
    for name, value in params.items():
        if name in PLACES:
            asked &= PLACES[name](value, user)
        elif name in EVENTS:
            asked &= happened(name, run_of(value))
        else:
            asked &= _fact_is(name, value, user)
    return asked


def address(params: Params) -> str:
    """The register with these conditions."""
    pairs = [("area", params.get("area", "all"))]
    for name, value in params.items():
        if name in ("grid", "building", "frozen"):
            pairs.append((name, value))
        elif name in BLANK:
            pairs.append(("c", f"{BLANK[name]}|blank|"))
        elif name in EVENTS:
            pairs.append(("event", f"{name}:{value}"))
        elif "." in name:
            pairs.append(("c", f"{name}|blank|" if value == UNKNOWN else f"{name}|=|{value}"))
    return reverse("registry:register") + "?" + urlencode(pairs)


BLANK = {"gridless": "house.grid", "houseless": "house.building"}


def _band_names(keys: Iterable[str]) -> dict[str, str]:
    wanted = set(keys)
    names = {code: name for code, name in BAND.choices() if code in wanted}
    return names | ({UNKNOWN: "年龄不清楚"} if UNKNOWN in wanted else {})


def _sex_names(keys: Iterable[str]) -> dict[str, str]:
    wanted = set(keys)
    return {code: name for code, name in fact("person.sex").choices() if code in wanted}


def _building_names(keys: Iterable[str]) -> dict[str, str]:
    wanted = set(keys)
    rows = Building.objects.filter(pk__in=[int(key) for key in wanted - {UNKNOWN}])
    names = {str(row.pk): str(row.name) for row in rows.order_by("community", "sort", "pk")}
    return names | ({UNKNOWN: "没有落到楼栋"} if UNKNOWN in wanted else {})


def _or_unknown(values: tuple[str, ...]) -> str:
    return UNKNOWN if values[0] == "None" else values[0]


def _held(column: str) -> Any:
    return lambda key: {column: ("None" if key == UNKNOWN else key,)}


CUTS = {
    cut.key: cut
    for cut in (
        grid_cut("grid"),
        community_cut(),
        Cut("sex", "性别", ("sex",), _sex_names, lambda key: {"person.sex": key}),
        Cut("band", "年龄段", ("band",), _band_names, lambda key: {BAND.key: key}, _or_unknown, _held("band")),
        Cut(
            "building", "楼栋", ("building",), _building_names,
            lambda key: {"houseless": "yes"} if key == UNKNOWN else {"building": key},
            _or_unknown, _held("building"),
        ),
    )
}  # fmt: skip


def _labels_counted(figures: list[Figure], ask: Ask) -> Mapping[Figure, Tally]:
    """Labels from the labels to the people: few wear one. One query for all of them."""
    of = {each.key.removeprefix("people."): each for each in figures if each.key in BY_LABEL}
    if not of:
        return {}
    whole, grids = ask.user.scope()
    seen = Q(community_id__in=whole) | Q(person__area_id__in=grids)
    worn = Label.objects.filter(span(timezone.localdate()), seen, person__present__in=HERE)
    worn = worn.filter(code__in=[code.removeprefix(PREFIX) for code in of]).filter(_of_people(ask))
    columns = [f"person__{name}" for cut in ask.by for name in CUTS[cut].fields]
    found: dict[Figure, Tally] = {each: defaultdict(lambda: defaultdict(int)) for each in of.values()}
    for row in worn.values("code", *columns).annotate(_n=Count("person_id", distinct=True)).order_by():
        figure = of[PREFIX + row["code"]]
        key = tuple(
            CUTS[cut].keyed(tuple(str(row[f"person__{name}"]) for name in CUTS[cut].fields)) for cut in ask.by
        )
        for part in "nd":
            found[figure][key][f"{figure.key}:{part}"] += row["_n"]
    return found


def _of_people(ask: Ask) -> Q:
    """The scope of a question, said of labels."""
    asked = Q()
    for name, value in ask.within(PEOPLE).items():
        asked &= {
            "area": Q(person__community_id=value),
            "grid": Q(person__area_id=value),
        }[name]
    return asked


PEOPLE = Source(
    key="people",
    rows=_rows,
    papered=_rows,
    closable=lambda community: _counted(Person.objects.filter(community=community)),
    condition=condition,
    address=address,
    dates=dict.fromkeys(EVENTS, "status_on"),
    cuts=CUTS,
    quick=_labels_counted,
    steady=True,
)


def _standing(
    key: str, name: str, meaning: str, order: int, cuts: tuple[str, ...] = FEW, **more: Any
) -> Figure:
    params = {**HERE_ONLY, **more.pop("params", {})}
    return Figure(
        f"people.{key}", name, meaning, PEOPLE, params, unit="人", order=order, kept=True, cuts=cuts, **more
    )


def _of_fact(asked: Fact, order: int) -> Figure:
    meaning = f"在册的人里，档案算得出是「{asked.name}」的；不清楚的不算。"
    return _standing(asked.key, asked.name, meaning, order, params={asked.key: "1"})


def _of_label(asked: Fact, order: int) -> Figure:
    """Everybody counts what every colleague may know of; labels of a line stay with it, and off paper."""
    open_to_all = asked.tier <= Tier.T1
    return _standing(
        asked.key, asked.name, f"在册的人里，现在带「{asked.name}」标签的。"
        + ("" if open_to_all else "由专门条线掌握，别的岗位不计，也不写进简报和导出。"),
        order, params={asked.key: "1"}, papered=open_to_all,
        only=None if open_to_all else lambda user: may_use(user, asked),
    )  # fmt: skip


GROUPS = (
    "person.elder", "person.senior", "person.lives_alone", "person.empty_nest", "person.minor", "person.under_three",
    "residence.tenant",
)  # fmt: skip
POPULATION = _standing(
    "population", "在册人口", "名册上此刻在住的人，加上户口在、人在外的；迁出和去世的不算。", 200,
    (*FEW, "sex", "band", "building"),
)  # fmt: skip
REGISTERED = _standing(
    "registered",
    "户籍人口",
    "在册的人里，人口类别登记为户籍人口的。",
    201,
    params={"person.kind": "registered"},
)
MIGRANT = _standing(
    "migrant", "流动人口", "在册的人里，人口类别登记为流动人口的。", 202, params={"person.kind": "migrant"}
)
BY_GROUP = tuple(_of_fact(fact(key), 210 + place) for place, key in enumerate(GROUPS))
_LABELS = tuple(
    _of_label(asked, 230 + place)
    for place, asked in enumerate(sorted(LABELS.values(), key=lambda each: each.tier))
    if asked.tier < Tier.T3
)
BY_LABEL = {each.key: each for each in _LABELS}
MOVEMENT = tuple(
    Figure(
        f"people.{key}",
        event.name,
        event.meaning,
        PEOPLE,
        {},
        dated=key,
        unit="人",
        order=270 + place,
        cuts=FEW,
    )
    for place, (key, event) in enumerate(EVENTS.items())
)
FIGURES = (POPULATION, REGISTERED, MIGRANT, *BY_GROUP, *_LABELS, *MOVEMENT)
