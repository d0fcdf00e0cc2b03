"""Missing (缺漏): what ought to be known of everybody and is not."""

import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from liren.core import rules
from liren.core.people.facts.ages import has_turned
from liren.core.people.models import IdentityPaper, Person, Phone

from .asking import people
from .check import Check, Found, Severity
from .subjects import PEOPLE


def no_house(user: Any, on: datetime.date) -> Found:
    """Living here, and nobody knows behind which door."""
    found: Found = people(user).filter(status=Person.Status.LIVING, house=None)
    return found


def no_paper(user: Any, on: datetime.date) -> Found:
    """Without any number."""
    found: Found = people(user).exclude(
        Exists(IdentityPaper.objects.filter(person=OuterRef("pk"), ended_on=None))
    )
    return found


def no_phone(user: Any, on: datetime.date) -> Found:
    """Grown-ups without a telephone."""
    grown = people(user).filter(has_turned(rules.number("people.adult_age", on=on), on))
    found: Found = grown.exclude(Exists(Phone.objects.filter(person=OuterRef("pk"), ended_on=None)))
    return found


def no_birth(user: Any, on: datetime.date) -> Found:
    """Of whom not even the year of birth is known."""
    found: Found = people(user).filter(birth="")
    return found


def no_sex(user: Any, on: datetime.date) -> Found:
    """Neither man nor woman by the register."""
    found: Found = people(user).exclude(sex__in=("1", "2"))
    return found


CHECKS = (
    Check(
        key="no-house",
        name="住在这里，却没有住处",
        group="缺漏",
        subject=PEOPLE,
        severity=Severity.WRONG,
        why="不知道住哪一间，走访、送通知、应急转移都找不到人。",
        how="问清住处，办迁入；已经搬走的，办迁出。",
        find=no_house,
        verb="登记住处",
        form="move_in",
    ),
    Check(
        key="no-birth",
        name="没有出生日期",
        group="缺漏",
        subject=PEOPLE,
        severity=Severity.OPEN,
        why="不知道多大年纪，老人、孩子的服务都轮不到。",
        how="知道多少记多少：只知道年份就填年份。",
        find=no_birth,
        verb="补生日",
        form="person_edit",
    ),
    Check(
        key="no-sex",
        name="没有性别",
        group="缺漏",
        subject=PEOPLE,
        severity=Severity.HINT,
        why="有的服务分男女，例如妇科检查。",
        how="登记身份证号会自动补上。",
        find=no_sex,
        verb="改资料",
        form="person_edit",
    ),
    Check(
        key="no-paper",
        name="没有证件号",
        group="缺漏",
        subject=PEOPLE,
        severity=Severity.OPEN,
        why="没有号码，同名的人分不清，办事还要再问一次。",
        how="下次见面时看一眼证件补上。没有证件的，写在备注里。",
        find=no_paper,
        verb="补证件",
        form="person_paper",
    ),
    Check(
        key="no-phone",
        name="成年人没有电话",
        group="缺漏",
        subject=PEOPLE,
        severity=Severity.HINT,
        why="有事联系不上本人。",
        how="问本人要一个；老人没有电话的，记家里人的联系方式。",
        find=no_phone,
        verb="补电话",
        form="person_phones",
    ),
)
