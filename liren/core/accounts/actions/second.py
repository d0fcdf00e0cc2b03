"""The second factor: a code of six figures from a phone, or one of ten recovery codes, each good for once."""

import secrets
from typing import Any

from django.db import transaction
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from liren.core.audit.actions import record
from liren.core.duty import Refused

from ..models import User
from ..second import code_hash, device_of, recovery_device_of
from .accounts import CLEAR

RECOVERY_CODES = 10


@transaction.atomic
def begin_second(user: User, *, by: Any) -> TOTPDevice:
    """A fresh secret to be scanned; it counts for nothing until a first code confirms it."""
    if device_of(user):
        raise Refused("两步登录已经开着了")
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    return TOTPDevice.objects.create(user=user, name="手机", confirmed=False)


@transaction.atomic
def confirm_second(user: User, *, code: str, by: Any) -> list[str]:
    """Switches the second factor on with the first code; returns the recovery codes, shown once and never again."""
    device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
    if device is None:
        raise Refused("请重新扫一次二维码")
    if not device.verify_token(code.strip()):
        raise Refused("这六位数字不对。看看手机时间准不准，等下一组数字再填")
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    record("accounts.second_on", target=user, community=user.home, by=by)
    return _fresh_codes(user)


@transaction.atomic
def new_recovery_codes(user: User, *, by: Any) -> list[str]:
    """Ten new recovery codes; the old ones are void."""
    if not device_of(user):
        raise Refused("两步登录还没有开")
    record("accounts.recovery_codes", target=user, community=user.home, by=by)
    return _fresh_codes(user)


@transaction.atomic
def end_second(user: User, *, by: Any) -> None:
    """Switches the second factor off; a manager may do it for somebody who lost the phone."""
    if by is not None and by != user and not user.is_managed_by(by):
        raise Refused(f"{user.name}还在别处任职，请上一级的管理员来办")
    if not device_of(user):
        raise Refused("两步登录没有开着")
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    record("accounts.second_off", target=user, community=user.home, by=by)


def use_second(user: User, *, code: str, by: Any) -> TOTPDevice | StaticDevice:
    """The device that this code opens. Refuses wrong codes, and makes one wait after each wrong one.

    Not one transaction around the refusal: what was tried has to stay counted.
    """
    said = "".join(code.split()).replace("-", "").lower()
    with transaction.atomic():
        device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
        if device is not None and said.isdecimal() and device.verify_token(said):
            return device
        recovery = StaticDevice.objects.select_for_update().filter(user=user, confirmed=True).first()
        if recovery is not None and not said.isdecimal() and recovery.verify_token(code_hash(user, said)):
            record("accounts.recovery_used", target=user, community=user.home, by=by)
            return recovery
    raise Refused("这个码不对，或者用过了。等手机上换一组数字再填")


def _fresh_codes(user: User) -> list[str]:
    device = recovery_device_of(user)
    device.token_set.all().delete()
    codes = ["".join(secrets.choice(CLEAR) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    for code in codes:
        device.token_set.create(token=code_hash(user, code))
    return [f"{code[:5]}-{code[5:]}" for code in codes]
