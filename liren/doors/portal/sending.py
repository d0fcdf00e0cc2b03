"""Sending (发短信): the one place through which the portal speaks to a phone."""

import sys

from django.conf import settings

from liren.core.areas.models import Area
from liren.core.privacy.masks import mask_phone


def text_code(phone: str, *, figures: str, minutes: int, key: str, community: Area) -> None:
    """The code of a sign-in; in the demo it stands in the server's console."""
    if settings.DEMO or settings.DEVELOPMENT:
        sys.stderr.write(f"[短信] {mask_phone(phone)} 的验证码 {figures}，{minutes} 分钟内有效\n")
