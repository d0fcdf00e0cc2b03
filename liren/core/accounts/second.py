"""Second factor (两步登录): which device an account has, its secret as a picture, and how codes are kept."""

from base64 import b32encode

import segno
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from liren.core.audit.chain import seal

from .models import User


def device_of(user: User) -> TOTPDevice | None:
    """The phone that was confirmed, if the second factor is on."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def recovery_device_of(user: User) -> StaticDevice:
    """What holds the recovery codes; made when missing."""
    device, _ = StaticDevice.objects.get_or_create(user=user, defaults={"name": "恢复码"})
    return device


def code_hash(user: User, code: str) -> str:
    """Recovery codes are kept as keyed hashes: a copy of the database opens no door. 16 digits is what fits."""
    return seal("recovery", user.pk, code)[:16]


def picture(device: TOTPDevice) -> str:
    """The secret as a QR code, an address of the kind ``data:image/svg+xml``."""
    return segno.make(device.config_url, error="m").svg_data_uri(
        scale=5, border=2, dark="#1d2b28", light="#fff"
    )


def typed(device: TOTPDevice) -> str:
    """The secret for those who cannot scan: base32 in groups of four."""
    text = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(text[n : n + 4] for n in range(0, len(text), 4))
