"""Opening, changing, testing and closing channels."""

import uuid
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.duty import Refused
from liren.core.privacy.cipher import seal

from ..addresses import understood
from ..models import Channel, Message
from ..wording import occasions
from .outbox import put_into_outbox

TAKEN = "这个社区已经有同名的通道，换个名字"


@transaction.atomic
def open_channel(
    community: Area,
    *,
    name: str,
    kind: str,
    address: str,
    secret: str = "",
    occasions: Sequence[str],
    by: User,
) -> Channel:
    """Opens a channel of a community. The address is sealed at once and never shown again."""
    if community.level != Area.Level.COMMUNITY or not by.can("notices.manage", community):
        raise Refused("您的岗位不能开对外通道，请找书记或系统管理员")
    known = understood(kind, address, secret)
    channel = Channel(
        community=community,
        name=_named(name),
        kind=kind,
        address_sealed=seal(known.whole),
        hint=known.hint,
        occasions=_known(occasions),
        opened_by=by,
    )
    _keep(channel)
    record("notices.open_channel", target=channel, kind=kind, occasions=channel.occasions, by=by)
    return channel


@transaction.atomic
def change_channel(channel: Channel, *, name: str, occasions: Sequence[str], by: User) -> Channel:
    """Another name, other occasions. A new address is a new channel."""
    if not channel.is_active:
        raise Refused("这个通道已经停用了")
    channel.name, channel.occasions = _named(name), _known(occasions)
    _keep(channel)
    record("notices.change_channel", target=channel, occasions=channel.occasions, by=by)
    return channel


@transaction.atomic
def close_channel(channel: Channel, *, by: User) -> Channel:
    """Switches a channel off; what was still waiting for it is not sent any more."""
    if not channel.is_active:
        raise Refused("这个通道已经停用了")
    channel.is_active, channel.closed_at = False, timezone.now()
    channel.save(update_fields=["is_active", "closed_at"])
    waiting = channel.messages.filter(state=Message.State.WAITING)
    left = waiting.update(state=Message.State.GIVEN_UP, last_error="通道停用了，没有再发")
    record("notices.close_channel", target=channel, left=left, by=by)
    return channel


@transaction.atomic
def test_channel(channel: Channel, *, by: User) -> Message:
    """Sends one line there, so that one sees in the group whether it works."""
    if not channel.is_active:
        raise Refused("这个通道已经停用了")
    if channel.messages.open().filter(template="notices.test").exists():
        raise Refused("刚才的试发还在路上，等它有了结果再试")
    facts = {"community": channel.community.name}
    message = put_into_outbox(
        channel, occasion="", template="notices.test", facts=facts, key=f"test:{uuid.uuid4()}", by=by
    )
    record("notices.test_channel", target=channel, by=by)
    return message


def _named(name: str) -> str:
    if not (said := name.strip()):
        raise Refused("给通道起个名字，比如「社工群」")
    return said[:40]


def _known(wanted: Sequence[str]) -> list[str]:
    if not wanted:
        raise Refused("至少选一种要发的事")
    if unknown := set(wanted) - occasions().keys():
        raise Refused(f"没有这种事：{'、'.join(sorted(unknown))}")
    return [key for key in occasions() if key in wanted]


def _keep(channel: Channel) -> None:
    try:
        with transaction.atomic():
            channel.save()
    except IntegrityError:
        raise Refused(TAKEN) from None


# It is named as people say it; pytest is not to take it for a test.
test_channel.__test__ = False  # type: ignore[attr-defined]
