"""Opening and closing accounts, and their passwords."""

import re
import secrets
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.duty import Refused

from ..models import Post, User
from .posts import end_post, give_post
from .sign_ins import end_other_sign_ins

# No letters or figures that look alike: an initial password is read aloud or copied from a slip.
CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")


def initial_password() -> str:
    """Something to say over the desk once: ``kx7m-p2ne-wq4t``."""
    return "-".join("".join(secrets.choice(CLEAR) for _ in range(4)) for _ in range(3))


@transaction.atomic
def open_account(
    *, username: str, name: str, password: str, phone: str = "", must_change: bool = True, by: Any
) -> User:
    """Opens an account without any post. Refuses a name that is taken and weak passwords."""
    if not USERNAME.fullmatch(username):
        raise Refused("账号用 3 到 40 个小写字母、数字，可以带点和横线")
    if not name.strip():
        raise Refused("请写上姓名")
    if User.objects.filter(username=username).exists():
        raise Refused(f"账号 {username} 已经有人用了")
    user = User(username=username, name=name.strip(), phone=phone, must_change_password=must_change)
    _check_password(password, user)
    user.set_password(password)
    user.save()
    record("accounts.open", target=user, community=getattr(by, "home", None), by=by)
    return user


@transaction.atomic
def hire(
    *,
    username: str,
    name: str,
    phone: str = "",
    role: str,
    area: Area,
    lines: tuple[str, ...] = (),
    password: str,
    by: Any,
) -> User:
    """Opens an account together with its first post; the password has to be changed at the first sign-in."""
    user = open_account(username=username, name=name, phone=phone, password=password, by=by)
    give_post(user, role=role, area=area, lines=lines, by=by)
    return user


@transaction.atomic
def set_password(user: User, *, password: str, must_change: bool = False, keep: str = "", by: Any) -> User:
    """Sets a new password and ends all sign-ins but the one of the session `keep`; refuses weak passwords."""
    _check_password(password, user)
    if user.has_usable_password() and user.check_password(password):
        raise Refused("新密码和现在的一样，请换一个")
    user.set_password(password)
    user.must_change_password = must_change
    user.save(update_fields=["password", "must_change_password"])
    end_other_sign_ins(user, keep=keep, by=by)
    record("accounts.set_password", target=user, community=user.home, by=by)
    return user


@transaction.atomic
def reset_password(user: User, *, password: str, by: Any) -> User:
    """A new initial password for a colleague who forgot theirs; refuses accounts beyond one's own reach."""
    _check_managed(user, by)
    return set_password(user, password=password, must_change=True, by=by)


@transaction.atomic
def close_account(user: User, *, by: Any) -> User:
    """Closes an account and all its posts; what it did stays in the trace."""
    if user == by:
        raise Refused("自己的账号请别的管理员来停用")
    _check_managed(user, by)
    community = user.home
    for post in Post.objects.current().filter(user=user):
        end_post(post, by=by)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_other_sign_ins(user, keep="", by=by)
    record("accounts.close", target=user, community=community, by=by)
    return user


def _check_managed(user: User, by: Any) -> None:
    """Only those whose every post lies inside one's own reach; the house itself (`by=None`) may always."""
    if by is not None and user != by and not user.is_managed_by(by):
        raise Refused(f"{user.name}还在别处任职，请上一级的管理员来办")


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise Refused("".join(weak.messages)) from weak
