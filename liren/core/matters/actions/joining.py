"""Matters that belong together: merging, splitting, following up, linking. No entry is ever moved or lost."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core import duty
from liren.core.duty import Refused

from ..flow import MERGED
from ..models import Matter, MatterLink, Party
from ..stepping import finish_step
from ..writing import allowed, locked, saved, still_open, wrote
from .opening import PartyDraft, open_matter


@transaction.atomic
def merge(matter: Matter, *, into: Matter, note: str = "", by: Any) -> Matter:
    """Lets a matter go on in another of the same community. Its entries stay with it and show in the other's story."""
    first, second = sorted((matter, into), key=lambda each: each.pk)
    rows = {each.pk: each for each in (locked(first), locked(second))}
    if matter.pk == into.pk:
        raise Refused("不能并入自己")
    matter, into = rows[matter.pk], rows[into.pk]
    for each in (matter, into):
        allowed(each, "matters.work", by)
        still_open(each)
    if matter.community_id != into.community_id or matter.restricted != into.restricted:
        raise Refused("这两件不能并在一起")
    now, before = timezone.now(), matter.stage
    finish_step(matter, by=by, at=now)
    matter.merged_into, matter.stage, matter.outcome = into, MERGED.key, "merged"
    matter.closed_at, matter.moved_at, matter.version = now, now, matter.version + 1
    saved(matter, "merged_into", "stage", "outcome", "closed_at", "moved_at", "version")
    # Those merged into it before go along, so that one look shows the whole story.
    Matter.objects.filter(merged_into=matter).update(merged_into=into)
    # The one who asked reads that it goes on elsewhere, not what colleagues say to each other about it.
    wrote(matter, "merge", by=by, before=before, public=True, into=into.number)
    if note.strip():
        wrote(matter, "comment", by=by, note=note)
    wrote(into, "absorb", by=by, note=note, number=matter.number)
    _share_parties(matter, into)
    duty.tell("matter.merged", matter=matter, into=into)
    return into


def _share_parties(matter: Matter, into: Matter) -> None:
    """Those who asked in the one ask in the other from now on."""
    known = set(Party.objects.filter(matter=into).values_list("person_id", "phone_hash", "role"))
    for party in Party.objects.filter(matter=matter):
        if (party.person_id, party.phone_hash, party.role) in known and (party.person_id or party.phone_hash):
            continue
        party.pk = None
        party.matter = into
        party.save(force_insert=True)


@transaction.atomic
def split(matter: Matter, *, title: str, kind: str = "", body: str = "", once: str = "", by: Any) -> Matter:
    """Takes a part out as a matter of its own, at the same place and for the same people; the first goes on."""
    matter = locked(matter)
    allowed(matter, "matters.work", by)
    still_open(matter)
    return _begun_from(matter, "split", title=title, kind=kind, body=body, once=once, by=by)


@transaction.atomic
def follow_up(
    matter: Matter, *, title: str, kind: str = "", body: str = "", once: str = "", by: Any
) -> Matter:
    """Begins what comes after, from an open matter or a closed one."""
    matter = locked(matter)
    allowed(matter, "matters.work", by)
    return _begun_from(matter, "follow", title=title, kind=kind, body=body, once=once, by=by)


def _begun_from(matter: Matter, what: str, *, title: str, kind: str, body: str, once: str, by: Any) -> Matter:
    if once and (known := Matter.objects.filter(once=once).first()):
        return known
    if matter.restricted and kind and kind != matter.kind:
        raise Refused("限定知情的事项只能拆成同一类")
    drafts = [
        PartyDraft(
            role=party.role,
            person=party.person,
            name=party.name,
            phone=party.phone,
            keeps_name=party.keeps_name,
        )
        for party in Party.objects.filter(matter=matter).select_related("person")
    ]
    new = open_matter(
        kind or matter.kind, community=matter.community, area=matter.area, title=title, body=body,
        house=matter.house, building=matter.building, place=matter.place, source=matter.source,
        holder=matter.holder, parties=drafts, parent=matter, once=once, by=by,
    )  # fmt: skip
    wrote(matter, what, by=by, number=new.number, child=new.pk)
    return new


@transaction.atomic
def link(matter: Matter, other: Matter, *, why: str = "", by: Any) -> MatterLink:
    """Notes that two matters have to do with each other."""
    matter = locked(matter)
    allowed(matter, "matters.work", by)
    allowed(other, "matters.work", by)
    if matter.pk == other.pk:
        raise Refused("不能和自己关联")
    if matter.restricted != other.restricted:
        raise Refused("限定知情的事项不能和大家可见的关联")
    found, new = MatterLink.objects.get_or_create(matter=matter, other=other, defaults={"why": why[:60]})
    if new:
        wrote(matter, "link", by=by, note=why, number=other.number)
        wrote(other, "link", by=by, note=why, number=matter.number)
    return found
