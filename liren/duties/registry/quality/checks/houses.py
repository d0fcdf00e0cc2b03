"""Houses and buildings (房屋): what is said of a door and who lives behind it do not fit."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef

from liren.core.pages.words import full_day
from liren.core.people.models import Person, Residence
from liren.core.places.models import Building, House

from .asking import living_in
from .check import Check, Found, Severity
from .subjects import BUILDINGS, HOUSES


def nobody(user: Any, on: datetime.date) -> Found:
    """Said to be lived in, and nobody is known there."""
    houses = House.objects.visible_to(user).filter(use__in=(House.Use.OWN, House.Use.RENTED))
    found: Found = houses.exclude(living_in("house"))
    return found


def empty_lived_in(user: Any, on: datetime.date) -> Found:
    """Said to be empty, and somebody lives there."""
    homes = Residence.objects.open().filter(house=OuterRef("pk"), person__status=Person.Status.LIVING)
    found: Found = House.objects.visible_to(user).filter(Exists(homes), use=House.Use.EMPTY)
    return found


def lease_over(user: Any, on: datetime.date) -> Found:
    """Rented, by a lease that has run out."""
    found: Found = House.objects.visible_to(user).filter(use=House.Use.RENTED, lease_to__lt=on)
    return found


def no_houses(user: Any, on: datetime.date) -> Found:
    """Buildings without a single door."""
    found: Found = Building.objects.visible_to(user).exclude(
        Exists(House.objects.filter(building=OuterRef("pk")))
    )
    return found


def inhabitants(records: Iterable[Any]) -> Mapping[int, str]:
    """How many live there."""
    rows = Residence.objects.open().filter(
        house__in=[each.pk for each in records], person__status=Person.Status.LIVING
    )
    counts = rows.order_by().values("house").annotate(n=Count("pk")).values_list("house", "n")
    return {pk: f"住着 {n} 人" for pk, n in counts}


def leases(records: Iterable[Any]) -> Mapping[int, str]:
    """When the lease ran out."""
    return {record.pk: f"租约 {full_day(record.lease_to)}到期" for record in records}


CHECKS = (
    Check(
        key="house-nobody",
        name="登记有人住，名册里没有人",
        group="房屋",
        subject=HOUSES,
        severity=Severity.OPEN,
        why="不是漏了人，就是已经空着。",
        how="去看一看。有人住就登记，没人住就改成空关。",
        find=nobody,
        verb="改房屋",
        form="house_edit",
        ability="places.edit",
    ),
    Check(
        key="house-lived-in",
        name="登记空关，却住着人",
        group="房屋",
        subject=HOUSES,
        severity=Severity.WRONG,
        why="空关的房子应急时不会去敲门，里面的人就漏了。",
        how="有人住的改成自住或出租；人已搬走的，办迁出。",
        find=empty_lived_in,
        tell=inhabitants,
        verb="改房屋",
        form="house_edit",
        ability="places.edit",
    ),
    Check(
        key="lease-over",
        name="租约到期",
        group="时间久了",
        subject=HOUSES,
        severity=Severity.OPEN,
        why="租约到了，租客可能换了，也可能已经走了。",
        how="问房东：续租的改到期日，换人的办租客更换。",
        find=lease_over,
        tell=leases,
        verb="改租约",
        form="house_edit",
        ability="places.edit",
    ),
    Check(
        key="building-bare",
        name="楼里一户也没有",
        group="房屋",
        subject=BUILDINGS,
        severity=Severity.HINT,
        why="楼建了，门没有建，这幢楼的人登记不进来。",
        how="在楼栋页里建房屋。",
        find=no_houses,
        verb="建房屋",
        form="house_new",
        ability="places.edit",
    ),
)
