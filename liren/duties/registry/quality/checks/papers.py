"""Papers (证件): numbers that say something else than the register."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import F, Q

from liren.core.pages.words import partial_day
from liren.core.people.codes import name as code_name

from ..models import PaperDoubt
from .asking import people
from .check import Check, Found, Severity
from .subjects import PEOPLE

BIRTH, SEX = "paper__person__birth", "paper__person__sex"
# Still so: whoever corrected the register since has answered the doubt.
STILL = Q(**{f"{SEX}__in": ("1", "2")}) & ~Q(sex=F(SEX)) | ~Q(**{BIRTH: ""}) & ~Q(birth__startswith=F(BIRTH))


def misfits(user: Any, on: datetime.date) -> Found:
    """People whose number was found to contradict birth or sex, and still does."""
    doubts = PaperDoubt.objects.visible_to(user).filter(STILL, paper__ended_on=None)
    found: Found = people(user).filter(pk__in=doubts.values("paper__person"))
    return found


def told(records: Iterable[Any]) -> Mapping[int, str]:
    """What the paper says and what the register says."""
    people_of = {record.pk: record for record in records}
    rows = PaperDoubt.objects.filter(paper__person__in=people_of, paper__ended_on=None)
    found = {}
    for pk, birth, sex in rows.values_list("paper__person", "birth", "sex"):
        person, parts = people_of[pk], []
        if person.sex in ("1", "2") and person.sex != sex:
            parts.append(f"证件号是{code_name('sex', sex)}，登记的是{person.coded('sex')}")
        if person.birth and not birth.startswith(person.birth):
            parts.append(f"证件号是 {partial_day(birth)}生，登记的是 {partial_day(person.birth)}生")
        found[pk] = "；".join(parts)
    return found


CHECKS = (
    Check(
        key="paper-misfit",
        name="证件号和生日、性别对不上",
        group="前后矛盾",
        subject=PEOPLE,
        severity=Severity.WRONG,
        why="总有一样是错的：年龄算错，津贴和体检就会漏人。",
        how="对照证件看一看，错的是档案就改资料，错的是号码就换证件号。每次通查后更新。",
        find=misfits,
        tell=told,
        verb="改资料",
        form="person_edit",
    ),
)
