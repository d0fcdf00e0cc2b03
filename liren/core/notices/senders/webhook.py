"""Gateways (自建网关) of one's own: JSON with a number by which a repeat is known."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from ..outcomes import Outcome
from .posting import post


def place_of(url: str) -> str:
    """Host and port of an address."""
    return urlsplit(url).netloc


def send(url: str, *, number: str, facts: Mapping[str, str]) -> tuple[Outcome, str]:
    """Any 2xx means taken. The number goes as `id` and as `Idempotency-Key`; a gateway drops what it already has."""
    answered = post(url, {"id": number, **facts}, headers={"Idempotency-Key": number})
    return answered.outcome, answered.words
