"""Photos of a hazard: how it was when it was found, and how it is now."""

from typing import Any

from django.db.models import Q

from liren.core.matters.models import Attachment, Entry, Matter

# What sends it back to the beginning of the work: a photo from before that shows nothing of now.
ANEW = ("reopen", "fail", "notice")


def photos_before(matter: Matter) -> Any:
    """Photos of the hazard itself: named so, or taken while it was found and named nothing."""
    found = Q(role="before") | Q(role="", entry__stage="found")
    return _photos(matter).filter(found)


def photos_after(matter: Matter) -> Any:
    """Photos of how it is now: named so, and taken since it was last found wanting."""
    rows = _photos(matter).filter(role="after")
    since = (
        Entry.objects.filter(matter=matter, what__in=ANEW)
        .order_by("-id")
        .values_list("id", flat=True)
        .first()
    )
    return rows.filter(entry_id__gt=since) if since else rows


def _photos(matter: Matter) -> Any:
    rows = Attachment.objects.filter(
        Q(matter=matter) | Q(matter__merged_into=matter), document__family="photo"
    )
    return rows.select_related("document", "entry__by").order_by("id")
