"""Texts to phones (短信): by a gateway named in the settings, or onto the console of the server for a demo."""

import structlog
from django.conf import settings

from liren.core.privacy.cipher import unseal

from ..models import Message
from ..outcomes import Outcome
from . import webhook

log = structlog.get_logger("liren.notices.console")
CONSOLE, WEBHOOK = "console", "webhook:"


def knows_numbers() -> bool:
    """A gateway does; and on the console a repeat harms nobody."""
    return settings.LIREN_SMS == CONSOLE or settings.LIREN_SMS.startswith(WEBHOOK)


def send(message: Message) -> tuple[Outcome, str]:
    """Sends the sealed text to the sealed phone."""
    if message.text_sealed is None or message.phone_sealed is None:
        return Outcome.REFUSED, "短信正文已经抹掉了"
    phone, text = unseal(message.phone_sealed), unseal(message.text_sealed)
    by = settings.LIREN_SMS
    if by == CONSOLE:
        print(f"[短信 {message.phone_hint}] {text}", flush=True)
        log.info("sms", to=message.phone_hint, text=text)
        return Outcome.SENT, ""
    if by.startswith(WEBHOOK):
        facts = {"kind": "sms", "phone": phone, "text": text}
        return webhook.send(by.removeprefix(WEBHOOK), number=str(message.reference), facts=facts)
    if "://" in by:
        from . import others

        return others.send(by, phone=phone, text=text)
    return Outcome.UNREACHABLE, "短信没有接通：LIREN_SMS 没有设好"
