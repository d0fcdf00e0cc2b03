"""Setting numbers."""

import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.duty import Refused

from . import shipped
from .models import Rule

MOST = 99_999_999


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
    if key not in shipped():
        raise Refused("没有这一条规定")
    if by is not None and (area is None or not by.can("rules.edit", area)):
        raise Refused("这里的数字要由那一级的管理员来定")
    if not basis.strip():
        raise Refused("请写明依据：哪份文件、第几条")
    if value < 0:
        raise Refused("数字不能是负的")
    if value > MOST:
        raise Refused("这个数字太大了，看看是不是多打了几位")
    before = Rule.objects.filter(key=key, area=area, to_on=None, from_on__lt=from_on)
    before.update(to_on=from_on - datetime.timedelta(days=1))
    if Rule.objects.filter(key=key, area=area, from_on=from_on).exists():
        raise Refused("这一天起已经定过一次，请换一个日子")
    rule = Rule.objects.create(
        key=key, value=value, from_on=from_on, basis=basis, area=area, confirmed=confirmed
    )
    record(
        "rules.set",
        target=rule,
        community=area and area.community(),
        key=key,
        value=str(value),
        from_on=str(from_on),
        by=by,
    )
    return rule
