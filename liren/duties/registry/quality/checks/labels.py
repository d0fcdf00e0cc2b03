"""Labels (标签): to be looked at again, or at odds with the register. Restricted labels (T3) stand on no list."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q

from liren.core import rules
from liren.core.pages.words import full_day
from liren.core.people.facts.ages import has_turned
from liren.core.people.models import Label, Person, Residence
from liren.core.privacy.tiers import Tier

from .check import Bulk, Check, Found, Severity
from .households import CHILD_LABELS
from .subjects import LABELS

OWNERS = (Residence.Tenure.OWNER, Residence.Tenure.PUBLIC_TENANT)


def _labels(user: Any) -> Found:
    """Open labels that this user may know of and lists may be made of."""
    labels: Found = Label.objects.visible_to(user).open()
    return labels.filter(tier__lt=Tier.T3, person__merged_into=None)


def review_due(user: Any, on: datetime.date) -> Found:
    """Labels whose evidence has to be looked at again."""
    return _labels(user).filter(review_on__lt=on, person__present=True)


def at_odds(user: Any, on: datetime.date) -> Found:
    """Labels that the register itself contradicts."""
    owner = Residence.objects.open().filter(person=OuterRef("person"), tenure__in=OWNERS)
    adult = rules.number("people.adult_age", on=on)
    return _labels(user).filter(
        Q(person__status=Person.Status.DECEASED)
        | Q(code="tenant") & Q(Exists(owner))
        | Q(code="expectant", person__sex="1")
        | Q(code__in=CHILD_LABELS) & has_turned(adult, on, "person__")
    )


def due_days(records: Iterable[Any]) -> Mapping[int, str]:
    """When somebody should have looked."""
    return {record.pk: f"应在 {full_day(record.review_on)}前复核" for record in records}


def oddities(records: Iterable[Any]) -> Mapping[int, str]:
    """What speaks against each label."""
    return {record.pk: _oddity(record) for record in records}


def _oddity(label: Any) -> str:
    if label.person.status == Person.Status.DECEASED:
        return "人已去世"
    if label.code == "tenant":
        return "居住方式登记的是自有或公房承租"
    return "登记为男" if label.code == "expectant" else "已经成年"


CHECKS = (
    Check(
        key="label-review",
        name="标签到了复核的日子",
        group="时间久了",
        subject=LABELS,
        severity=Severity.OPEN,
        why="标签凭的是当时的证明。过期不看，该帮的会漏，不该帮的还在帮。",
        how="看看证明还在不在有效期。还成立的，勾上记「都看过，还成立」；不成立的，取下。",
        find=review_due,
        tell=due_days,
        verb="取下",
        form="label_end",
        bulk=Bulk("都看过，还成立", "review_all"),
    ),
    Check(
        key="label-odd",
        name="标签和档案矛盾",
        group="前后矛盾",
        subject=LABELS,
        severity=Severity.WRONG,
        why="标签说一套，档案说一套，名单就不准。",
        how="标签错了就取下；档案错了，打开档案改。",
        find=at_odds,
        tell=oddities,
        verb="取下标签",
        form="label_end",
    ),
)
