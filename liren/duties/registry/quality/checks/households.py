"""Households (家庭户): two heads, none, nobody who answers for a child."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from liren.core import rules
from liren.core.people.facts.ages import has_turned, is_younger
from liren.core.people.labelling import CATALOGUE
from liren.core.people.models import Household, Label, Relation, Residence
from liren.core.privacy.tiers import Tier

from .asking import HEAD, living_in, people
from .check import Check, Found, Severity
from .subjects import HOUSEHOLDS, PEOPLE

GUARDIANS = (Relation.Kind.GUARDIAN, Relation.Kind.FATHER, Relation.Kind.MOTHER)
# Labels of the children's line that a list may be made of.
CHILD_LABELS = [kind.code for kind in CATALOGUE.values() if kind.line == "children" and kind.tier <= Tier.T1]


def _households(user: Any) -> Found:
    found: Found = Household.objects.visible_to(user).filter(closed_on=None, collective=False)
    return found


def two_heads(user: Any, on: datetime.date) -> Found:
    """Households in which several people are the head."""
    heads = Residence.objects.visible_to(user).open().filter(relation=HEAD, household__isnull=False)
    several = heads.order_by().values("household").annotate(n=Count("pk")).filter(n__gt=1)
    return _households(user).filter(pk__in=several.values("household"))


def no_head(user: Any, on: datetime.date) -> Found:
    """Households in which people live and nobody is the head; a list of one may call the head 本人."""
    heads = Residence.objects.open().filter(household=OuterRef("pk"), relation__in=(HEAD, "01"))
    return _households(user).filter(living_in("household"), ~Exists(heads))


def no_guardian(user: Any, on: datetime.date) -> Found:
    """Children whom a label says to look after, or with whom no grown-up lives, and no guardian is noted."""
    adult, guarded = rules.number("people.adult_age", on=on), rules.number("people.guarded_age", on=on)
    guardian = Relation.objects.open().filter(person=OuterRef("pk"), kind__in=GUARDIANS)
    labelled = Label.objects.visible_to(user).open().filter(code__in=CHILD_LABELS)
    grown = Residence.objects.open().filter(
        has_turned(adult, on, "person__"), household=OuterRef("household")
    )
    home = Residence.objects.open().filter(person=OuterRef("pk"), household__isnull=False)
    children = people(user).filter(is_younger(adult, on)).exclude(Exists(guardian))
    found: Found = children.filter(
        Q(pk__in=labelled.values("person")) | is_younger(guarded, on) & Q(Exists(home.exclude(Exists(grown))))
    )
    return found


def members(records: Iterable[Any]) -> Mapping[int, str]:
    """Who lives in the households of a page."""
    rows = Residence.objects.open().filter(household__in=[record.pk for record in records])
    names: dict[int, list[str]] = defaultdict(list)
    heads: dict[int, list[str]] = defaultdict(list)
    told = rows.order_by("pk").values_list("household_id", "person__name", "relation")
    for household, name, relation in told:
        (heads if relation == HEAD else names)[household].append(name)
    keys = names.keys() | heads.keys()
    return {key: _said(heads[key], names[key]) for key in keys}


def _said(heads: list[str], others: list[str]) -> str:
    parts = [f"户主 {'、'.join(heads)}"] if heads else []
    shown = "、".join(others[:6]) + (f" 等 {len(others)} 人" if len(others) > 6 else "")
    return "；".join([*parts, f"同户 {shown}"] if others else parts)


CHECKS = (
    Check(
        key="two-heads",
        name="一户有几个户主",
        group="前后矛盾",
        subject=HOUSEHOLDS,
        severity=Severity.WRONG,
        why="户主重了，家里人的关系就说不清，按户统计也会多算。",
        how="问清谁是户主，定一个；真是两家的，办分户。",
        find=two_heads,
        tell=members,
        verb="定户主",
        form="name_head",
    ),
    Check(
        key="no-head",
        name="一户没有户主",
        group="前后矛盾",
        subject=HOUSEHOLDS,
        severity=Severity.OPEN,
        why="没有户主，同户的人谁是谁的什么人推不出来。",
        how="在同户的人里定一位户主。",
        find=no_head,
        tell=members,
        verb="定户主",
        form="name_head",
    ),
    Check(
        key="no-guardian",
        name="孩子没有登记监护人",
        group="缺漏",
        subject=PEOPLE,
        severity=Severity.WRONG,
        why="需要照看的孩子，或者家里没有大人的孩子，有事要找得到监护人。",
        how="记下监护人的姓名和电话；父母在外地的，记父母和照看的人。",
        find=no_guardian,
        verb="记监护人",
        form="contact_new",
    ),
)
