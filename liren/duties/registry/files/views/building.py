"""Buildings (楼栋): the list, the chart, and opening new ones."""

from typing import Any

from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from liren.core.pages import found, show
from liren.core.pages.permits import needs
from liren.core.people.persons import HERE
from liren.core.places.actions import lay_out_houses, open_building, open_estate, open_house
from liren.core.places.models import Building, House

from ..chart import WAYS, Chart, chart_of
from ..forms.places import BuildingForm, EstateForm, HouseNewForm
from ..housefile import HouseFile, house_file
from .steps import allow, one_step, own_community, worker


@needs("people.see")
def buildings(request: HttpRequest) -> HttpResponse:
    """All buildings, by estate, with how many live in each; ``?go=`` leads to one of them."""
    if (chosen := request.GET.get("go", "")).isdecimal():
        return redirect("registry:building", pk=int(chosen[:18]))
    rows = Building.objects.visible_to(worker(request)).select_related("estate", "area", "community")
    doors = House.objects.filter(building=OuterRef("pk")).order_by().values("building").values(n=Count("pk"))
    rows = rows.annotate(doors=Coalesce(Subquery(doors), 0)).order_by(
        "community_id", "estate_id", "sort", "id"
    )
    living = _living(worker(request))
    groups: dict[tuple[str, str], list[tuple[Building, dict[str, int]]]] = {}
    for row in rows:
        key = (row.community.name, row.estate.name if row.estate else "没有归到小区的楼")
        groups.setdefault(key, []).append((row, living.get(row.pk, {"people": 0, "homes": 0})))
    several = len({community for community, _ in groups}) > 1
    context = {"groups": groups.items(), "several": several, "can_build": worker(request).can("places.edit")}
    return show(request, "registry/files/buildings.html", context)


def _living(user: Any) -> dict[int, dict[str, int]]:
    # From the houses to the people: both ways are indexed, the other way round every person is read.
    lived_in = House.objects.visible_to(user).filter(persons__present__in=HERE).order_by().values("building")
    counted = lived_in.annotate(people=Count("persons"), homes=Count("pk", distinct=True))
    return {row["building"]: {"people": row["people"], "homes": row["homes"]} for row in counted}


@needs("people.see")
def building(request: HttpRequest, pk: int) -> HttpResponse:
    """The chart of one building; ``?by=`` chooses what the colours say, ``?house=`` the home beside it."""
    user = worker(request)
    the_building = found(Building.objects.select_related("estate", "area", "community"), user, pk=pk)
    by = request.GET.get("by", "living")
    by = by if by in WAYS else "living"
    chart = chart_of(the_building, user, by=by, today=timezone.localdate())
    context = {
        "building": the_building,
        "chart": chart,
        "ways": WAYS.items(),
        "chosen": _chosen(request, chart),
        "others": Building.objects.visible_to(user)
        .filter(community=the_building.community)
        .order_by("sort", "id"),
        "can_build": user.can("places.edit", the_building.area),
        "can_reveal": user.can("people.reveal", the_building.area),
        "vacant": sum(kind == "none" for kind in (cell.kind for cell in chart.cells.values())),
    }
    return show(request, "registry/files/building.html", context, fragment="chart")


def _chosen(request: HttpRequest, chart: Chart) -> HouseFile | None:
    asked = request.GET.get("house", "")
    cell = chart.cells.get(int(asked)) if asked.isdecimal() and len(asked) < 18 else None
    return house_file(cell.house, worker(request), timezone.localdate()) if cell else None


@needs("places.edit")
def estate_new(request: HttpRequest) -> HttpResponse:
    """Opens an estate."""
    community = own_community(request)
    allow(worker(request), "places.edit", community)
    return one_step(
        request,
        EstateForm(request.POST or None),
        title="新建小区",
        verb="建好",
        back=reverse("registry:buildings"),
        act=lambda data: open_estate(community=community, by=worker(request), **data),
        done=lambda estate: f"已有{estate.name}，接着可以建楼",
    )


@needs("places.edit")
def building_new(request: HttpRequest) -> HttpResponse:
    """Opens a building and, when its shape is told, all its doors."""
    community = own_community(request)
    allow(worker(request), "places.edit", community)
    form = BuildingForm(request.POST or None, community=community)

    def act(data: dict[str, Any]) -> Building:
        with transaction.atomic():
            opened = open_building(area=data.pop("area") or community, by=worker(request), **data)
            if opened.units and opened.floors and opened.per_floor:
                lay_out_houses(opened, by=worker(request))
        return opened

    return one_step(
        request,
        form,
        title="新建楼栋",
        verb="建好",
        lead="填了单元、层数和每层户数，门牌会自动排好；里弄老房子就一户一户加。",
        back=reverse("registry:buildings"),
        act=act,
        done=lambda opened: f"{opened.name}建好了",
        onward=lambda opened: reverse("registry:building", args=[opened.pk]),
    )


@needs("places.edit")
def house_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens one more door of a building."""
    the_building = found(Building.objects.select_related("area", "community"), worker(request), pk=pk)
    allow(worker(request), "places.edit", the_building.area)
    return one_step(
        request,
        HouseNewForm(request.POST or None),
        title=f"{the_building.name}加一户",
        verb="加上",
        back=reverse("registry:building", args=[pk]),
        act=lambda data: open_house(the_building, by=worker(request), **data),
        done=lambda house: f"已加{house.spelt}",
        onward=lambda house: f"{reverse('registry:building', args=[pk])}?house={house.pk}",
    )
