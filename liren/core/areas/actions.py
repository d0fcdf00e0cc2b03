"""Laying out areas."""

from typing import Any

from django.db import transaction

from liren.core.audit.actions import record
from liren.core.duty import Refused

from .models import Area

# How many digits of the official code belong to each level (GB/T 2260, GB/T 10114).
DIGITS = {Area.Level.DISTRICT: 6, Area.Level.STREET: 9, Area.Level.COMMUNITY: 12}


@transaction.atomic
def open_area(
    *,
    level: str,
    name: str,
    code: str,
    parent: Area | None = None,
    address_prefix: str = "",
    organisation: str = "",
    by: Any,
) -> Area:
    """Opens an area below its parent. Refuses codes of the wrong length or outside the parent's own."""
    level = Area.Level(level)
    digits = DIGITS.get(level)
    if digits and (len(code) != digits or not code.isdigit()):
        raise Refused(f"{level.label}代码要 {digits} 位数字")
    if parent and parent.level != Area.Level.COMMUNITY and not code.startswith(parent.code):
        raise Refused(f"代码要以{parent.name}的 {parent.code} 开头")
    if Area.objects.filter(level=level, code=code).exists():
        raise Refused(f"代码 {code} 已经有了")
    path = f"{parent.path if parent else ''}{_step(level, code, parent)}."
    area = Area.objects.create(
        level=level,
        name=name,
        code=code,
        path=path,
        parent=parent,
        address_prefix=address_prefix,
        organisation=organisation or (f"{name}居民委员会" if level == Area.Level.COMMUNITY else ""),
    )
    record("areas.open", target=area, community=area.community(), level=str(level), by=by)
    return area


def _step(level: str, code: str, parent: Area | None) -> str:
    if parent and code.startswith(parent.code):
        return code[len(parent.code) :]
    return code
