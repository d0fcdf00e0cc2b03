"""Giving and ending posts."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.duty import Refused

from ..models import Post, User
from ..roles import LINES, ROLES, SYSTEM_ROLES


@transaction.atomic
def give_post(
    user: User,
    *,
    role: str,
    area: Area,
    lines: tuple[str, ...] = (),
    from_on: datetime.date | None = None,
    to_on: datetime.date | None = None,
    by: Any,
) -> Post:
    """Gives a post. Refuses a role that is not held at this level, and two roles of the system in one hand."""
    if role not in ROLES:
        raise Refused("没有这样的岗位")
    wanted = ROLES[role]
    if area.level not in wanted.levels:
        raise Refused(f"{wanted.name}不能设在{area.get_level_display()}一级")
    if unknown := set(lines) - set(LINES):
        raise Refused(f"没有这样的条线：{'、'.join(sorted(unknown))}")
    _check_giver(user, area, by)
    # Lock the account, so that two posts given at once cannot pass each other by.
    User.objects.select_for_update().get(pk=user.pk)
    start = from_on or timezone.localdate()
    if to_on is not None and to_on < start:
        raise Refused("结束的日子不能早于开始的日子")
    _check_apart(user, role, start, to_on)
    if Post.objects.during(start, to_on).filter(user=user, role=role, area=area).exists():
        raise Refused(f"{user.name}在{area.name}已经是{wanted.name}了")
    post = Post.objects.create(
        user=user, role=role, area=area, lines=sorted(lines), from_on=start, to_on=to_on
    )
    user.forget_posts()
    record("accounts.give_post", target=user, community=area.community(), role=role, area=area.path, by=by)
    return post


def _check_giver(user: User, area: Area, by: Any) -> None:
    if by is None:
        return
    if by == user:
        raise Refused("不能给自己加岗位，请别的管理员来办")
    if not by.can("accounts.manage", area):
        raise Refused(f"{area.name}的岗位要由那里的管理员来定")


def _check_apart(user: User, role: str, start: datetime.date, end: datetime.date | None) -> None:
    """The three roles of the system are never held by one person at one time, nor together with any other."""
    held = {post.role for post in Post.objects.during(start, end).filter(user=user)}
    if (held & SYSTEM_ROLES and role not in held) or (role in SYSTEM_ROLES and held - {role}):
        raise Refused("系统、安全、审计三个岗位各由一人担任，也不兼别的岗位")


@transaction.atomic
def end_post(post: Post, *, on: datetime.date | None = None, by: Any) -> Post:
    """Ends a post with a day; with yesterday unless told, so that it holds no longer at once."""
    if post.to_on is not None and post.to_on < timezone.localdate():
        raise Refused("这个岗位已经结束了")
    if by is not None and not by.can("accounts.manage", post.area):
        raise Refused(f"{post.area.name}的岗位要由那里的管理员来定")
    if by is not None and by == post.user:
        raise Refused("自己的岗位请别的管理员来结束")
    day = on or timezone.localdate() - datetime.timedelta(days=1)
    if on is None and post.from_on > day:
        # Begun today or later and taken back: it never held for a whole day.
        post.from_on = day
    elif day < post.from_on:
        raise Refused("结束的日子不能早于开始的日子")
    post.to_on = day
    post.save(update_fields=["from_on", "to_on"])
    post.user.forget_posts()
    record(
        "accounts.end_post",
        target=post.user,
        community=post.area.community(),
        role=post.role,
        on=str(day),
        by=by,
    )
    return post
