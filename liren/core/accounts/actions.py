"""Opening accounts, giving and ending posts."""

import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.duty import Refused

from .models import Post, User
from .roles import LINES, ROLES, SYSTEM_ROLES


@transaction.atomic
def open_account(*, username: str, name: str, password: str, phone: str = "", must_change: bool = True, by: Any) -> User:
    """Opens an account without any post. Refuses a name that is taken and weak passwords."""
    if User.objects.filter(username=username).exists():
        raise Refused(f"账号 {username} 已经有人用了")
    user = User(username=username, name=name, phone=phone, must_change_password=must_change)
    _check_password(password, user)
    user.set_password(password)
    user.save()
    record("accounts.open", target=user, by=by)
    return user


@transaction.atomic
def give_post(
    user: User, *, role: str, area: Area, lines: tuple[str, ...] = (), from_on: datetime.date | None = None, by: Any
) -> Post:
    """Gives a post. Refuses a role that is not held at this level, and two roles of the system in one hand."""
    wanted = ROLES[role]
    if area.level not in wanted.levels:
        raise Refused(f"{wanted.name}不能设在{area.get_level_display()}一级")
    if unknown := set(lines) - set(LINES):
        raise Refused(f"没有这样的条线:{'、'.join(sorted(unknown))}")
    held = {post.role for post in Post.objects.current().filter(user=user)}
    if held & SYSTEM_ROLES and role not in held:
        raise Refused("系统、安全、审计三个岗位各由一人担任,也不兼别的岗位")
    if wanted.system and held - {role}:
        raise Refused("系统、安全、审计三个岗位各由一人担任,也不兼别的岗位")
    post = Post.objects.create(
        user=user, role=role, area=area, lines=sorted(lines), from_on=from_on or timezone.localdate()
    )
    record("accounts.give_post", target=user, community=area.community(), role=role, area=area.path, by=by)
    return post


@transaction.atomic
def end_post(post: Post, *, on: datetime.date | None = None, by: Any) -> Post:
    """Ends a post at the end of a day; yesterday by default, so that it holds no longer at once."""
    if post.to_on is not None:
        raise Refused("这个岗位已经结束了")
    day = on or timezone.localdate() - datetime.timedelta(days=1)
    post.to_on = max(day, post.from_on)
    if on is None and post.from_on > day:
        post.from_on = post.to_on = day
    post.save(update_fields=["from_on", "to_on"])
    record("accounts.end_post", target=post.user, community=post.area.community(), role=post.role, by=by)
    return post


@transaction.atomic
def set_password(user: User, *, password: str, must_change: bool = False, by: Any) -> User:
    """Sets a new password; refuses weak ones."""
    _check_password(password, user)
    user.set_password(password)
    user.must_change_password = must_change
    user.save(update_fields=["password", "must_change_password"])
    record("accounts.set_password", target=user, by=by)
    return user


@transaction.atomic
def close_account(user: User, *, by: Any) -> User:
    """Closes an account and all its posts; what it did stays in the trace."""
    for post in Post.objects.current().filter(user=user):
        end_post(post, by=by)
    user.is_active = False
    user.save(update_fields=["is_active"])
    record("accounts.close", target=user, by=by)
    return user


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise Refused("".join(weak.messages)) from weak
