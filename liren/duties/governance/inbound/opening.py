"""What is kept beside a task from above when it is opened, by whatever way it came."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from liren.core.accounts.roles import LINES
from liren.core.duty import Refused
from liren.core.matters.models import Matter
from liren.core.rules import number

from .models import CHANNELS, OFTEN, DutyItem, InboundTask
from .words import fingerprint


def keep_details(
    matter: Matter,
    *,
    sender_unit: str = "",
    sender_person: str = "",
    sent_by: Any = None,
    channel: str = "chat",
    received_text: str = "",
    about_line: str = "",
    basis: str = "",
    period: str = "",
    due_at: datetime | None = None,
    reply_wanted: bool = False,
    item: DutyItem | None = None,
    forms: int | None = 0,
    forms_often: str = "",
    form_fields: str = "",
    like: Matter | None = None,
    by: Any,
) -> None:
    """Writes the row beside the matter. `like` is the task of the turn before: what it was held against still holds.

    Refuses an item of another community and words outside the lists.
    """
    if item is None and like is not None:
        item = _item_of(like)
    if (
        channel not in dict(CHANNELS)
        or forms_often not in {"", *dict(OFTEN)}
        or about_line not in {"", *LINES}
    ):
        raise Refused("来件方式、条线、多久填一次，请从列出来的里面选")
    if item is not None and item.community_id != matter.community_id:
        raise Refused("这一条不在本社区的清单里")
    InboundTask.objects.create(
        matter=matter, community=matter.community, sender_unit=sender_unit.strip()[:60],
        sender_person=sender_person.strip()[:30], sent_by=sent_by, channel=channel,
        received_text=received_text, fingerprint=fingerprint(received_text), about_line=about_line,
        basis=basis.strip()[:300], period=period.strip()[:40], due_at=due_at, reply_wanted=reply_wanted,
        item=item, forms=min(forms or 0, 999), forms_often=forms_often, form_fields=form_fields.strip()[:300],
    )  # fmt: skip


def _item_of(before: Matter) -> DutyItem | None:
    """What the turn before was held against, while it is in force."""
    task = InboundTask.objects.filter(matter=before).select_related("item").first()
    item = task.item if task else None
    return item if item is not None and item.to_on is None else None


def same_text(community: Any, mark: str) -> InboundTask | None:
    """The task that the same message has become already, within the days that the rule says."""
    if not mark:
        return None
    since = timezone.now() - timedelta(days=number("governance.inbound_same_days", area=community))
    found: InboundTask | None = (
        InboundTask.objects.filter(community=community, fingerprint=mark, matter__opened_at__gte=since)
        .select_related("matter")
        .order_by("-matter_id")
        .first()
    )
    return found


def known_units(community: Any) -> dict[str, str]:
    """Which office a person wrote for last: 王科长 is of the office that was named with him before."""
    rows = InboundTask.objects.filter(community=community).exclude(sender_unit="").exclude(sender_person="")
    pairs = rows.order_by("matter_id").values_list("sender_person", "sender_unit")
    return dict(pairs[:2000])
