"""Any other service for texts to phones that the library knows, by its address in LIREN_SMS."""

import contextlib
import logging
from collections.abc import Iterator

from apprise import Apprise, logger

from ..outcomes import Outcome


def send(service: str, *, phone: str, text: str) -> tuple[Outcome, str]:
    """The library says only yes or no: after a no the text may have arrived, so a person decides."""
    with _silent():
        sender = Apprise.instantiate(service.replace("{phone}", phone))
        if sender is None:
            return Outcome.REFUSED, "短信没有接通：LIREN_SMS 没有设好"
        sent = sender.notify(body=text)
    return (Outcome.SENT, "") if sent else (Outcome.UNKNOWN, "短信平台没有说收下，不知道到没到")


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """Its own lines tell addresses with their tokens."""
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


logging.getLogger("apprise").propagate = False
