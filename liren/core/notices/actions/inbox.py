"""The inbox of the staff. What is told there follows from deeds that leave their own traces."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area

from ..models import Notice

LONGEST = 300


@transaction.atomic
def tell_user(
    user: User,
    *,
    text: str,
    url: str = "",
    icon: str = "bell",
    key: str,
    community: Area | None = None,
    by: Any,
) -> Notice | None:
    """Puts a line into the inbox of a colleague, once for each `key`. Who left is told nothing."""
    told = tell_users([user], text=text, url=url, icon=icon, key=key, community=community, by=by)
    return told[0] if told else None


@transaction.atomic
def tell_users(
    users: Iterable[User],
    *,
    text: str,
    url: str = "",
    icon: str = "bell",
    key: str,
    community: Area | None = None,
    by: Any,
) -> list[Notice]:
    """The same line to several colleagues; gives back one notice for each that has it now, new or from before."""
    if url and (not url.startswith("/") or url.startswith(("//", "/\\"))):
        raise ValueError("a notice leads to a page of this house")
    to = {user.pk: user for user in users if user.is_active}
    said = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    facts = {"text": said, "url": url, "icon": icon, "key": key[:160], "community": community}
    Notice.objects.bulk_create([Notice(user=user, **facts) for user in to.values()], ignore_conflicts=True)
    return list(Notice.objects.filter(user__in=to, key=key[:160]).order_by("user_id"))


@transaction.atomic
def mark_read(notice: Notice, *, by: User) -> Notice:
    """Opens a notice of one's own; a second time changes nothing."""
    if notice.read_at is None:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
    return notice


@transaction.atomic
def mark_all_read(user: User, *, by: User) -> int:
    """Opens everything in one's own inbox; gives back how many there were."""
    return user.notices.filter(read_at=None).update(read_at=timezone.now())
