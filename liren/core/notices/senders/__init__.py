"""Senders (发送): how a message gets out of the house. Each says how it ended; none says an address or a secret."""

from django.conf import settings

from liren.core.privacy.cipher import Unsealable, unseal

from ..models import Channel, Message
from ..outcomes import Outcome
from . import phones, webhook

Answer = tuple[Outcome, str]
Kind = Channel.Kind


def knows_numbers(message: Message) -> bool:
    """Whether the other side recognises a repeat by its number, so that it may be sent again without asking."""
    if message.channel is None:
        return phones.knows_numbers()
    return message.channel.kind == Kind.WEBHOOK


def send(message: Message) -> Answer:
    """Sends one message that was taken for sending."""
    channel = message.channel
    try:
        if channel is None:
            return phones.send(message)
        if not channel.is_active:
            return Outcome.REFUSED, "通道停用了，没有再发"
        address = unseal(channel.address_sealed)
    except Unsealable:
        return Outcome.REFUSED, "地址解不开了：密钥换过，请重新开通道"
    if channel.kind == Kind.WEBHOOK:
        if webhook.place_of(address) not in settings.LIREN_GATEWAYS:
            return Outcome.REFUSED, "这个网关已不在允许的名单里"
        facts = {"kind": "group", "occasion": message.occasion, "text": message.text}
        return webhook.send(address, number=str(message.reference), facts=facts)
    # These bring along a library that takes a while to read: only where it is needed.
    if channel.kind == Kind.MAIL:
        from . import mail

        return mail.send(address, text=message.text)
    from . import robots

    return robots.send(channel.kind, address, text=message.text)
