"""Setting, ending and taking back numbers; entering and removing official days."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.duty import Refused

from . import shipped
from .bulletin import Said
from .limits import UNITS
from .models import OfficialDay, Rule

MOST = 99_999_999
# A day in seconds, ten days in minutes, ten years in all else: a longer time is a slip of the finger, and no calendar
# counts to its end.
LONGEST = {"秒": 86_400, "分钟": 14_400, "小时": 87_600, "日": 3_650, "天": 3_650, "工作日": 2_500}
YEARS = range(2004, 2100)
ONE = datetime.timedelta(days=1)


@transaction.atomic
def set_number(
    key: str,
    *,
    value: Decimal,
    from_on: datetime.date,
    basis: str,
    area: Area | None = None,
    confirmed: bool = True,
    by: Any,
) -> Rule:
    """Sets a number from a day on, in an area or everywhere; the one that held before ends the day before."""
    _check(key, value, basis)
    if by is not None and (area is None or not by.can("rules.edit", area)):
        raise Refused("这里的数字要由那一级的管理员来定")
    own = Rule.objects.filter(key=key, area=area)
    if own.filter(from_on=from_on).exists():
        raise Refused("这一天起已经定过一次，请换一个日子")
    reaching = models.Q(to_on=None) | models.Q(to_on__gte=from_on)
    own.filter(reaching, from_on__lt=from_on).update(to_on=from_on - ONE)
    later = own.filter(from_on__gt=from_on).order_by("from_on").first()
    rule = Rule.objects.create(
        key=key,
        value=value,
        from_on=from_on,
        to_on=later.from_on - ONE if later else None,
        basis=basis.strip(),
        area=area,
        confirmed=confirmed,
        set_by=by,
    )
    record(
        "rules.set",
        target=rule,
        community=_where(rule),
        key=key,
        value=str(value),
        from_on=str(from_on),
        by=by,
    )
    return rule


def _check(key: str, value: Decimal, basis: str) -> None:
    if key not in shipped():
        raise Refused("没有这一条规定")
    if not basis.strip():
        raise Refused("请写明依据：哪份文件、第几条")
    if value < 0:
        raise Refused("数字不能是负的")
    if value > MOST:
        raise Refused("这个数字太大了，看看是不是多打了几位")
    unit = shipped()[key].unit
    if value > LONGEST.get(unit, MOST):
        raise Refused(f"最长 {LONGEST[unit]} {unit}，看看是不是多打了几位")
    if unit in UNITS and value != int(value):
        raise Refused(f"期限按整{unit}算，请写整数")


@transaction.atomic
def end_number(rule: Rule, *, to_on: datetime.date, by: Any) -> None:
    """Lets a number end on a day; from the next day on holds what stands above it, or what Liren ships."""
    _allow(rule, by)
    if to_on < rule.from_on:
        raise Refused("不能早于起算的那天；还没起算的请撤回")
    if to_on < timezone.localdate() - ONE:
        raise Refused("最早到昨天为止：从前按它算过的不能改")
    if rule.to_on is not None and to_on > rule.to_on:
        raise Refused("后面已经接着另一个数字，不能往后延")
    rule.to_on = to_on
    rule.save()
    record("rules.end", target=rule, community=_where(rule), key=rule.key, to_on=str(to_on), by=by)


@transaction.atomic
def withdraw_number(rule: Rule, *, by: Any) -> None:
    """Takes back a number that does not hold yet; the one before goes on until whatever comes next."""
    _allow(rule, by)
    if rule.from_on <= timezone.localdate():
        raise Refused("已经起算了，不能撤回；可以定到哪天为止")
    gone: dict[str, Any] = {"key": rule.key, "value": str(rule.value), "from_on": str(rule.from_on)}
    record("rules.withdraw", target=rule, community=_where(rule), by=by, **gone)
    before = Rule.objects.filter(key=rule.key, area=rule.area, to_on=rule.from_on - ONE)
    before.update(to_on=rule.to_on)
    rule.delete()


def _allow(rule: Rule, by: Any) -> None:
    if by is not None and (rule.area is None or not by.can("rules.edit", rule.area)):
        raise Refused("这里的数字要由那一级的管理员来定")


def _where(rule: Rule) -> Area | None:
    return rule.area.community() if rule.area else None


@transaction.atomic
def enter_days(days: Iterable[Said], *, basis: str, by: Any) -> int:
    """Enters what a notice says, over what stood there of the same days; the number of days."""
    _allow_days(by)
    said = list(days)
    if not said:
        raise Refused("没有读出哪天放假、哪天上班，请把通知全文贴进来")
    if not basis.strip():
        raise Refused("请写明依据：哪份通知")
    if any(one.day.year not in YEARS for one in said):
        raise Refused("年份不对，请看看日子")
    for one in said:
        facts = {"kind": one.kind, "name": one.name[:40], "basis": basis.strip()[:200], "entered_by": by}
        OfficialDay.objects.update_or_create(day=one.day, defaults=facts)
    span: dict[str, Any] = {
        "first": str(min(one.day for one in said)),
        "last": str(max(one.day for one in said)),
    }
    record("rules.days_entered", count=len(said), basis=basis.strip()[:200], by=by, **span)
    return len(said)


@transaction.atomic
def remove_days(days: Iterable[datetime.date], *, by: Any) -> int:
    """Takes entered days out again; from then on holds what is shipped for them. The number of days."""
    _allow_days(by)
    rows = OfficialDay.objects.filter(day__in=list(days))
    gone = sorted(str(day) for day in rows.values_list("day", flat=True))
    if not gone:
        raise Refused("这几天已经撤掉了")
    rows.delete()
    record("rules.days_removed", count=len(gone), first=gone[0], last=gone[-1], by=by)
    return len(gone)


def _allow_days(by: Any) -> None:
    """The calendar is one for everybody: whoever may set numbers anywhere may copy it from the notice."""
    if by is not None and not by.can("rules.edit"):
        raise Refused("放假和调休要由能改规定的人来录")
