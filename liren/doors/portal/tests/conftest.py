"""Residents on their phones: ``neighbour = signed_in("16012345678")``."""

import datetime
import io
import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from PIL import Image

from liren.core.notices.models import Message
from liren.core.privacy.cipher import unseal
from liren.doors.portal.actions import send_code, use_code
from liren.doors.portal.entrance import COOKIE

WINDOW, ENOUGH = 600, 120
PHONE, OTHER_PHONE = "16012345678", "16112345678"


def last_code() -> str:
    """The six figures of the text that was sent last."""
    text = unseal(Message.objects.filter(template="portal.code").latest("pk").text_sealed)
    return re.search(r"\d{6}", text).group()


def photo(colour: str = "red") -> bytes:
    """A small photo with a place in its particulars."""
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (31.0, 13.0, 0.0)}
    kept = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(kept, "JPEG", exif=exif)
    return kept.getvalue()


@pytest.fixture(autouse=True)
def no_window_ends_meanwhile() -> Iterator[None]:
    """Floods are counted within windows of ten minutes and more: no test begins at the very end of one."""
    left = WINDOW - time.time() % WINDOW
    if left > ENOUGH:
        yield
        return
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=left + 1)):
        yield


@pytest.fixture(autouse=True)
def texts_go_out(settings: Any) -> None:
    """A gateway, so that texts are written; nothing is sent by a test."""
    settings.LIREN_SMS = "console"


@pytest.fixture
def portal(village: Any) -> str:
    """Where the portal of our own community begins."""
    return f"/p/{village.community.code}/"


@pytest.fixture
def signed_in(village: Any, portal: str) -> Any:
    """A browser in which a resident has signed in; ``client.account`` is whose it is."""

    def let_in(phone: str = PHONE, community: Any = None) -> Client:
        place = community or village.community
        send_code(phone, community=place, by=None)
        account, token = use_code(
            phone, community=place, figures=last_code(), agreed_to="2026-11-23", device="手机", by=None
        )
        client = Client()
        client.cookies[COOKIE] = token
        client.account = account
        return client

    return let_in


def said(answer: Any) -> str:
    """What a page says."""
    return answer.content.decode()
