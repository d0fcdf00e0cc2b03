"""What is kept with a matter: documents, parties, its place and name, and the archive."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.documents.models import Document
from liren.core.duty import Refused
from liren.core.places.models import Building, House

from ..filing import PURPOSE, Files, kept, put_to
from ..models import Attachment, Entry, Matter, Party, Todo
from ..writing import allowed, locked, saved, still_open, wrote
from .opening import PartyDraft, put_party
from .triaging import weigh


@transaction.atomic
def attach(
    matter: Matter,
    documents: Sequence[Document],
    *,
    role: str = "",
    caption: str = "",
    entry: Entry | None = None,
    public: bool = False,
    who: str = "",
    once: str = "",
    by: Any,
) -> list[Attachment]:
    """Puts documents to a matter, with an entry of their own unless they came with one."""
    matter = locked(matter)
    allowed(matter, "matters.work", by)
    if matter.archived_at is not None:
        raise Refused(f"{matter.number} 已归档，只能查看")
    if not documents:
        raise Refused("没有收到文件")
    if role not in dict(Attachment.ROLES):
        raise Refused("请选这是什么材料")
    if any(document.community_id != matter.community_id for document in documents):
        raise Refused("文件不属于本社区")
    if entry is None:
        entry = wrote(
            matter,
            "attach",
            by=by,
            who=who,
            note=caption,
            public=public,
            once=once,
            count=len(documents),
            role=role,
        )
    return put_to(entry, documents, role=role, caption=caption)


@transaction.atomic
def attach_files(
    matter: Matter,
    *,
    files: Files,
    role: str = "",
    caption: str = "",
    public: bool = False,
    purpose: str = PURPOSE,
    keep_time: bool = False,
    once: str = "",
    by: Any,
) -> list[Attachment]:
    """Keeps cleaned files and puts them to a matter; the same form sent twice does so once."""
    matter = locked(matter)
    if once and (known := Entry.objects.filter(matter=matter, once=once).first()):
        return list(Attachment.objects.filter(entry=known))
    allowed(matter, "matters.work", by)
    documents = kept(matter, files, purpose=purpose, keep_time=keep_time, by=by)
    return attach(matter, documents, role=role, caption=caption, public=public, once=once, by=by)


@transaction.atomic
def add_party(matter: Matter, draft: PartyDraft, *, by: Any) -> Party:
    """Adds somebody whom the matter concerns; it is weighed again."""
    matter = locked(matter)
    allowed(matter, "matters.work", by)
    still_open(matter)
    if draft.role not in dict(Party.ROLES):
        raise Refused("请选他在这件事里是谁")
    if draft.person is None and not draft.name.strip():
        raise Refused("请写上称呼")
    if draft.person and Party.objects.filter(matter=matter, person=draft.person, role=draft.role).exists():
        raise Refused(f"{draft.person}已经在里面了")
    party = put_party(matter, draft)
    wrote(matter, "party", by=by, role=draft.role, party=party.pk)
    weigh(matter)
    return party


@transaction.atomic
def correct_matter(
    matter: Matter,
    *,
    title: str | None = None,
    cause: str | None = None,
    danger: bool | None = None,
    house: House | None = None,
    building: Building | None = None,
    place: str | None = None,
    by: Any,
) -> Matter:
    """Corrects what was written down: name, cause, danger, place. What it was stays in the entries."""
    matter = locked(matter)
    allowed(matter, "matters.work", by)
    still_open(matter)
    if title is not None and title.strip() != matter.title:
        if not title.strip():
            raise Refused("事由不能空着")
        wrote(matter, "retitle", by=by, note=f"原来写的是：{matter.title}")
        matter.title = title.strip()[:80]
    if cause is not None and cause != matter.cause:
        if cause and cause not in dict(matter.of_kind.causes):
            raise Refused("原因里没有这一项")
        wrote(matter, "cause", by=by, note=f"原来是：{matter.cause_name or '未定'}", cause=cause)
        matter.cause = cause
    if danger is not None:
        matter.danger = danger
    if house is not None or building is not None or place is not None:
        _put_place(matter, house, building, place, by)
    saved(matter, "title", "cause", "danger", "house", "building", "place", "area")
    Todo.objects.filter(matter=matter, done_at=None).update(area=matter.area)
    weigh(matter)
    return matter


def _put_place(
    matter: Matter, house: House | None, building: Building | None, place: str | None, by: Any
) -> None:
    for known in (house, building):
        if known is not None and known.community_id != matter.community_id:
            raise Refused("这个地点不在本社区")
    wrote(matter, "place", by=by, note=f"原来写的是：{matter.where or '未写地点'}")
    if house is not None or building is not None:
        matter.house, matter.building = house, building or (house.building if house else None)
        matter.area = house.area if house else building.area if building else matter.area
    if place is not None:
        matter.place = place.strip()[:120]


@transaction.atomic
def archive(matter: Matter, *, by: Any) -> Matter:
    """Puts a closed matter into the archive: from now on it can only be read."""
    matter = locked(matter)
    allowed(matter, "matters.assign", by)
    if matter.closed_at is None:
        raise Refused("办结以后才能归档")
    if matter.archived_at is not None:
        return matter
    matter.archived_at = timezone.now()
    saved(matter, "archived_at")
    wrote(matter, "archive", by=by)
    return matter
