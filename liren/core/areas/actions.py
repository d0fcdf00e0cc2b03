"""Laying out areas."""

from typing import Any

from django.db import transaction

from liren.core.audit.actions import record
from liren.core.duty import Refused

from .models import Area

# How many digits of the official code belong to each level (GB/T 2260, GB/T 10114).
DIGITS = {Area.Level.DISTRICT: 6, Area.Level.STREET: 9, Area.Level.COMMUNITY: 12}

LEVELS = list(Area.Level)


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
    if by is not None and (parent is None or not by.can("areas.manage", parent)):
        raise Refused("这里的区域要由上一级的管理员来设")
    level = Area.Level(level)
    if parent and LEVELS.index(level) != LEVELS.index(Area.Level(parent.level)) + 1:
        raise Refused(f"{parent.name}下面不能直接设{level.label}")
    digits = DIGITS.get(level)
    if digits and (len(code) != digits or not code.isdigit()):
        raise Refused(f"{level.label}代码要 {digits} 位数字")
    if not name.strip():
        raise Refused("请写上名称")
    if parent and not code.startswith(parent.code):
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


@transaction.atomic
def describe_area(
    area: Area, *, name: str, organisation: str = "", address_prefix: str = "", by: Any
) -> Area:
    """Another name for an area, its committee or the beginning of its addresses; the code stays for ever."""
    if by is not None and not by.can("areas.manage", area):
        raise Refused("这里的区域要由上一级的管理员来设")
    if not name.strip():
        raise Refused("请写上名称")
    area.name, area.organisation, area.address_prefix = name.strip(), organisation, address_prefix
    area.save(update_fields=["name", "organisation", "address_prefix"])
    record("areas.describe", target=area, community=area.community(), by=by)
    return area


def next_grid_code(community: Area) -> str:
    """The code of the next grid: the community's own and two figures."""
    taken = set(community.children.values_list("code", flat=True))
    return next(code for n in range(1, 100) if (code := f"{community.code}{n:02d}") not in taken)


def _step(level: str, code: str, parent: Area | None) -> str:
    if parent and code.startswith(parent.code):
        return code[len(parent.code) :]
    return code
