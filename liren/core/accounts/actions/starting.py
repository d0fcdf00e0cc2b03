"""The first start of a house without a demo: a code printed once, and the first areas and accounts made with it."""

import hmac
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.areas.actions import open_area
from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.audit.chain import seal
from liren.core.duty import Refused

from ..models import SetupCode, User
from .accounts import CLEAR, open_account
from .posts import give_post

# So many wrong codes make the right one void: a guess has no second chance.
TRIES = 10
WRONG = "初始设置码不对。请看启动时打印的那一行，或运行 bin/manage setup_code 再印一个"


@transaction.atomic
def make_setup_code(*, by: Any) -> str:
    """A new code of twelve letters; earlier ones are void. Refuses once anybody has an account."""
    if User.objects.exists():
        raise Refused("已经有账号了，不用再做初始设置")
    SetupCode.objects.filter(used_at=None).update(used_at=timezone.now())
    code = "".join(secrets.choice(CLEAR) for _ in range(12))
    SetupCode.objects.create(code_hash=_hash(code))
    record("accounts.setup_code", by=by)
    return "-".join((code[:4], code[4:8], code[8:]))


def _check_setup_code(code: str) -> SetupCode:
    """The open code. Refuses a wrong one, and counts it outside of whatever it would have begun."""
    with transaction.atomic():
        open_code = SetupCode.objects.select_for_update().filter(used_at=None, tries__lt=TRIES).first()
        if open_code is None:
            raise Refused("没有可用的初始设置码。请运行 bin/manage setup_code 印一个")
        if hmac.compare_digest(open_code.code_hash, _hash(code)):
            return open_code
        open_code.tries += 1
        open_code.save(update_fields=["tries"])
    raise Refused(WRONG)


def start_house(
    *, code: str, areas: Sequence[Mapping[str, str]], grids: int, secretary: Mapping[str, Any],
    admin: Mapping[str, Any] | None = None, by: Any,
) -> User:  # fmt: skip
    """Lays out district, street, community and grids, and opens the first accounts; returns the secretary.

    `areas` are the facts of the three levels, from the top. Refuses wrong codes and a house that has begun.
    """
    _check_setup_code(code)
    with transaction.atomic():
        # Looked at again under the lock: two people with one slip of paper make one house.
        open_code = SetupCode.objects.select_for_update().filter(used_at=None, code_hash=_hash(code)).first()
        if open_code is None or User.objects.exists():
            raise Refused("已经有人做完初始设置了，请直接登录")
        community = _lay_out(areas, grids, by)
        user = open_account(**secretary, must_change=False, by=by)
        give_post(user, role="secretary", area=community, by=by)
        if admin:
            give_post(open_account(**admin, by=by), role="system_admin", area=community, by=by)
        open_code.used_at = timezone.now()
        open_code.save(update_fields=["used_at"])
        record("accounts.start_house", target=user, community=community, grids=grids, by=by)
    return user


def _lay_out(areas: Sequence[Mapping[str, str]], grids: int, by: Any) -> Area:
    area: Area | None = None
    for facts in areas:
        # A district or street may be there already: a second community of the same house.
        known = Area.objects.filter(level=facts["level"], code=facts["code"]).first()
        area = known or open_area(**facts, parent=area, by=by)
    if area is None:
        raise Refused("至少要有一个社区")
    for number in range(1, grids + 1):
        open_area(
            level=Area.Level.GRID, name=f"第{number}网格", code=f"{area.code}{number:02d}", parent=area, by=by
        )
    return area


def _hash(code: str) -> str:
    return seal("setup", "".join(code.split()).replace("-", "").lower())
