"""Drafts: begun, filled step by step, swept away when nobody comes back."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core import rules
from liren.core.areas.models import Area
from liren.core.documents.actions import dispose, receive_attachment
from liren.core.documents.cleaning import cleaned
from liren.core.documents.kinds import Clean
from liren.core.duty import Refused
from liren.core.places.models import Building

from ..accounts import token_hash
from ..offers import offer
from ..submissions import Draft, DraftPhoto

PURPOSE = "居民端提交的照片"
LOST = "这份草稿过期了，请从头再说一遍"


@transaction.atomic
def choose_kind(community: Area, *, token: str, chosen: str, anonymous: bool, by: Any = None) -> Draft:
    """The first step: what it is about. Begins the draft of this browser, or changes it. Refuses what is not offered."""
    found = offer(chosen, anonymous=anonymous)
    if found is None:
        raise Refused("请选一类，选不准就选最像的")
    draft, _ = Draft.objects.update_or_create(
        token_hash=token_hash(token),
        community=community,
        defaults={
            "kind": found.kind.key,
            "cause": found.cause,
            "anonymous": anonymous,
            "changed_at": timezone.now(),
        },
    )
    return draft


def _held(draft: Draft) -> Draft:
    held = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if held is None:
        raise Refused(LOST)
    held.changed_at = timezone.now()
    return held


@transaction.atomic
def tell_more(
    draft: Draft, *, words: str, at_home: bool, building: Building | None, place: str, by: Any = None
) -> Draft:
    """The second step: what happened and where. What is empty stays empty: it is asked for when it is handed in."""
    held = _held(draft)
    held.words, held.at_home, held.building, held.place = words.strip(), at_home, building, place.strip()[:80]
    held.save()
    return held


@transaction.atomic
def say_how_to_reach(draft: Draft, *, called: str, when: str, keeps_name: bool, by: Any = None) -> Draft:
    """The third step: how to call and when to come."""
    held = _held(draft)
    held.called, held.when, held.keeps_name = called.strip()[:20], when, keeps_name
    held.save()
    return held


def add_photos(draft: Draft, *, files: Sequence[tuple[str, bytes]], by: Any = None) -> int:
    """Keeps photos with a draft: what they say of where and with what they were taken is gone. Refuses more than the
    rule's number, and what is no photo, film or recording.
    """
    most = rules.number("portal.photos", area=draft.community)
    if draft.photos.count() + len(files) > most:
        raise Refused(f"一件事最多 {most} 张，先去掉几张再添")
    # Cleaning takes its time: not while others wait for the database.
    clean = [(name, cleaned(content, name=name, area=draft.community)) for name, content in files]
    with transaction.atomic():
        held = _held(draft)
        if held.photos.count() + len(clean) > most:
            raise Refused(f"一件事最多 {most} 张，先去掉几张再添")
        for name, content in renamed(clean, after=held.photos.count()) if held.anonymous else clean:
            document = receive_attachment(
                content, name=name, community=held.community, purpose=PURPOSE, by=None
            )
            DraftPhoto.objects.create(draft=held, document=document)
        held.save(update_fields=["changed_at"])
    return len(clean)


def renamed(files: Sequence[tuple[str, Clean]], *, after: int) -> list[tuple[str, Clean]]:
    """Files of somebody without a name: the name of a file can be that of a person or of a telephone."""
    return [
        (f"照片{number}{content.kind.suffix}", content)
        for number, (_, content) in enumerate(files, start=after + 1)
    ]


@transaction.atomic
def drop_photo(photo: DraftPhoto, *, by: Any = None) -> None:
    """Takes a photo out of a draft and destroys it."""
    dispose(photo.document, by=None)
    photo.delete()


@transaction.atomic
def sweep_drafts(*, by: Any = None) -> int:
    """Drafts that nobody came back to, with their photos."""
    old = timezone.now() - datetime.timedelta(days=rules.number("portal.draft_days"))
    for photo in DraftPhoto.objects.filter(draft__changed_at__lt=old).select_related("document"):
        drop_photo(photo, by=None)
    return Draft.objects.filter(changed_at__lt=old).delete()[0]
