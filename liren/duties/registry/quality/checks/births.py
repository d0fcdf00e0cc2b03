"""Births and ages (生卒): days that cannot be."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from liren.core import rules
from liren.core.pages.words import full_day, partial_day
from liren.core.people.facts.ages import has_turned, is_younger
from liren.core.people.models import IdentityPaper, Person, Residence

from .asking import HEAD, people, year_of
from .check import Check, Found, Severity
from .subjects import PEOPLE

# Relations to the head by blood; sons- and daughters-in-law and stepchildren may be of any age.
CHILDREN = ("20", "21", "22", "23", "24", "25", "26", "30", "31", "32", "33", "34", "35", "36")
PARENTS = ("50", "51", "52")
MARRIED = ("20", "21", "22", "23", "30", "40")


def impossible_birth(user: Any, on: datetime.date) -> Found:
    """Born on a day to come, or older than anybody."""
    oldest = rules.number("quality.oldest_age", on=on)
    found: Found = people(user).filter(Q(birth__gt=on.isoformat()) | has_turned(oldest + 1, on))
    return found


def married_minor(user: Any, on: datetime.date) -> Found:
    """Under age, and married, widowed or divorced by the register."""
    found: Found = people(user).filter(
        is_younger(rules.number("people.adult_age", on=on), on), marital__in=MARRIED
    )
    return found


def parent_too_young(user: Any, on: datetime.date) -> Found:
    """Children of the head, or parents, where too few years lie between the two."""
    gap = rules.number("quality.parent_age_gap", on=on)
    homes = Residence.objects.open().filter(household__isnull=False).exclude(person__birth="")
    born = homes.filter(community_id__in=user.community_ids()).annotate(born=year_of("person__birth"))
    heads = homes.filter(household=OuterRef("household"), relation=HEAD).annotate(
        year=year_of("person__birth")
    )
    heads = heads.exclude(person=OuterRef("person"))
    too_old = born.filter(relation__in=CHILDREN).annotate(limit=F("born") - gap)
    too_young = born.filter(relation__in=PARENTS).annotate(limit=F("born") + gap)
    found: Found = people(user).filter(
        Q(pk__in=too_old.filter(Exists(heads.filter(year__gt=OuterRef("limit")))).values("person"))
        | Q(pk__in=too_young.filter(Exists(heads.filter(year__lt=OuterRef("limit")))).values("person"))
    )
    return found


def moved_in_unborn(user: Any, on: datetime.date) -> Found:
    """Moved in before they were born."""
    homes = Residence.objects.open().filter(community_id__in=user.community_ids())
    before = Q(from_on__lt=F("person__birth_on")) | Q(said__lt=year_of("person__birth"))
    unborn = homes.annotate(said=year_of("from_said")).filter(before)
    found: Found = people(user).filter(pk__in=unborn.values("person"))
    return found


def died_unborn(user: Any, on: datetime.date) -> Found:
    """Died before they were born, or on a day to come."""
    dead = Person.objects.visible_to(user).unmerged().filter(status=Person.Status.DECEASED)
    found: Found = dead.filter(Q(status_on__lt=F("birth_on")) | Q(status_on__gt=on))
    return found


def partial_birth(user: Any, on: datetime.date) -> Found:
    """Grown-ups with an identity number, of whom only the month or the year of birth stands on the register."""
    partial = ~Q(birth="") & Q(birth_on=None) & has_turned(rules.number("people.adult_age", on=on), on)
    papers = IdentityPaper.objects.filter(person=OuterRef("pk"), kind="resident_id", ended_on=None)
    found: Found = people(user).filter(partial, Exists(papers))
    return found


def births(records: Iterable[Any]) -> Mapping[int, str]:
    """The birth as the register has it."""
    return {record.pk: f"登记为 {partial_day(record.birth)}生" for record in records}


def marriages(records: Iterable[Any]) -> Mapping[int, str]:
    """What the register says of their marriage."""
    return {record.pk: f"登记为{record.coded('marital')}" for record in records}


def relations(records: Iterable[Any]) -> Mapping[int, str]:
    """The head and both births."""
    people_of = {record.pk: record for record in records}
    mine = dict(
        Residence.objects.open().filter(person__in=people_of).values_list("person_id", "household_id")
    )
    heads = Residence.objects.open().filter(household__in=mine.values(), relation=HEAD)
    head_of = {row.household_id: row.person for row in heads.select_related("person").order_by("-pk")}
    return {
        pk: f"户主{head.name} {partial_day(head.birth)}生，本人 {partial_day(people_of[pk].birth)}生"
        for pk, household in mine.items()
        if (head := head_of.get(household))
    }


def arrivals(records: Iterable[Any]) -> Mapping[int, str]:
    """When they moved in and were born."""
    people_of = {record.pk: record for record in records}
    rows = Residence.objects.open().filter(person__in=people_of)
    return {
        pk: f"{full_day(day) if day else partial_day(said)}住进来，{partial_day(people_of[pk].birth)}才出生"
        for pk, day, said in rows.values_list("person_id", "from_on", "from_said")
    }


def deaths(records: Iterable[Any]) -> Mapping[int, str]:
    """When they were born and died."""
    return {
        record.pk: f"{partial_day(record.birth) or '生日未登记'}生，{full_day(record.status_on)}去世"
        for record in records
    }


CHECKS = (
    Check(
        key="impossible-birth",
        name="出生日期不可能",
        group="不可能的日子",
        subject=PEOPLE,
        severity=Severity.WRONG,
        why="生日在以后，或者岁数大得不像，多半是录的时候错了一位。",
        how="对照证件改出生日期。真有这么大岁数的，核实后记在备注里。",
        find=impossible_birth,
        tell=births,
        verb="改资料",
        form="person_edit",
    ),
    Check(
        key="parent-age",
        name="父母和子女的岁数不像",
        group="不可能的日子",
        subject=PEOPLE,
        severity=Severity.WRONG,
        why="子女比父母大，或者只小几岁，不是生日错了就是关系错了。",
        how="先看生日，再看与户主的关系：继子女、养子女、女婿儿媳各有各的写法。",
        find=parent_too_young,
        tell=relations,
        verb="改资料",
        form="person_edit",
    ),
    Check(
        key="married-minor",
        name="未成年却登记了婚姻",
        group="不可能的日子",
        subject=PEOPLE,
        severity=Severity.WRONG,
        why="不是生日错了，就是婚姻状况错了；真有其事，要告诉未保的同事。",
        how="核对后改资料。",
        find=married_minor,
        tell=marriages,
        verb="改资料",
        form="person_edit",
    ),
    Check(
        key="moved-in-unborn",
        name="没出生就住进来了",
        group="不可能的日子",
        subject=PEOPLE,
        severity=Severity.WRONG,
        why="住进日期早于生日，两个日子总有一个错了，或者填的是父母住进来的日子。",
        how="先看生日对不对；生日对的，办一次迁入，把住进来的日子写对。",
        find=moved_in_unborn,
        tell=arrivals,
        verb="去核对",
        form="person",
    ),
    Check(
        key="died-unborn",
        name="去世的日子不可能",
        group="不可能的日子",
        subject=PEOPLE,
        severity=Severity.WRONG,
        why="去世早于出生，或者日子还没到。",
        how="对照死亡证明改正生日，或者请社区书记更正去世日期。",
        find=died_unborn,
        tell=deaths,
        verb="去核对",
        form="person",
    ),
    Check(
        key="partial-birth",
        name="有身份证，生日却只知道年月",
        group="缺漏",
        subject=PEOPLE,
        severity=Severity.OPEN,
        why="身份证上有生日。差几天，老人津贴就会早发或晚发。",
        how="看一眼证件，把生日补到日。",
        find=partial_birth,
        tell=births,
        verb="补生日",
        form="person_edit",
    ),
)
