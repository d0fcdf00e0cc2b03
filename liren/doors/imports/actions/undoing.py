"""Taking a whole batch back, as exactly as later work allows; what later work prevents stays, and is listed."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from liren.core.audit.actions import record
from liren.core.people.actions import correct_many, open_source
from liren.core.people.models import (
    Change,
    Household,
    Hukou,
    IdentityPaper,
    Label,
    Merge,
    Person,
    Phone,
    Relation,
    Residence,
    Source,
)
from liren.core.people.wordindex import forgotten_at_once
from liren.core.places.models import House

from .. import progress
from ..models import ImportBatch

# Rows that a batch may have opened or closed, with the column that says when a row ended.
ROWS: tuple[tuple[type[models.Model], str], ...] = (
    (IdentityPaper, "ended_on"),
    (Phone, "ended_on"),
    (Residence, "to_on"),
    (Hukou, "to_on"),
    (Label, "to_on"),
    (Relation, "to_on"),
)
BITE = 500
SHOWN = 200


@dataclass
class Prevented:
    """What cannot be taken back: people whose record was worked on since, facts corrected since."""

    people: list[tuple[int, str, str]] = field(default_factory=list)
    facts: list[tuple[int, str, str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.people or self.facts)


def _standing_changes(source: Source) -> Any:
    """Changes from other sources, without those that were themselves taken back."""
    others = Change.objects.exclude(source=source)
    return others.filter(source__undone_at=None).exclude(source__kind=Source.Kind.UNDO)


def worked_on_since(source: Source) -> Any:
    """The people this source entered whose record was worked on since from another source."""
    later = Q(pk__in=Merge.objects.filter(undone_at=None).values("kept")) | Q(merged_into__isnull=False)
    later |= Q(Exists(_standing_changes(source).filter(person=OuterRef("pk"))))
    for model, _ in ROWS:
        rows = model._default_manager.filter(person=OuterRef("pk"))
        later |= Q(Exists(rows.exclude(source=source)))
        later |= Q(Exists(rows.filter(source=source, end_source__isnull=False).exclude(end_source=source)))
    later |= Q(Exists(Relation.objects.filter(other=OuterRef("pk")).exclude(source=source)))
    return Person.objects.filter(source=source).filter(later)


def corrected_since(source: Source) -> Any:
    """Facts this source changed that somebody changed again."""
    again = _standing_changes(source).filter(
        person=OuterRef("person"), fact=OuterRef("fact"), id__gt=OuterRef("id")
    )
    return Change.objects.filter(source=source).exclude(person__source=source).filter(Exists(again))


def what_prevents(batch: ImportBatch) -> Prevented:
    """The list shown before an undo, and again after it."""
    if batch.source is None:
        return Prevented()
    people = worked_on_since(batch.source).select_related("house__building")[:SHOWN]
    facts = corrected_since(batch.source).select_related("person")[:SHOWN]
    return Prevented(
        [(p.pk, p.name, "写入后又办过别的事，档案留着") for p in people],
        [(c.person_id, c.person.name, f"「{c.fact}」写入后又改过，留着后来的") for c in facts],
    )


def run_undoing(batch: ImportBatch) -> ImportBatch:
    """Takes back, or leaves everything as it was and says so."""
    try:
        return undo_batch(batch, by=batch.applied_by)
    except Exception:
        progress.forget(batch.pk)
        ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.UNDOING).update(
            state=ImportBatch.State.APPLIED, message="撤销时出了意外，登记册还是写入后的样子。可以再撤一次"
        )
        raise


@transaction.atomic
def undo_batch(batch: ImportBatch, *, by: Any) -> ImportBatch:
    """Takes back everything the batch wrote that nobody has worked on since. Does nothing the second time."""
    batch = ImportBatch.objects.select_for_update().select_related("community", "source").get(pk=batch.pk)
    if batch.state != ImportBatch.State.UNDOING or batch.source is None:
        return batch
    source = batch.source
    progress.say(batch.pk, "正在撤销")
    undo = open_source(
        community=batch.community, kind=Source.Kind.UNDO, title=f"撤销 {batch.title}", batch=batch.key, by=by
    )
    kept = list(worked_on_since(source).values_list("pk", flat=True))
    facts = corrected_since(source).count()
    _restore_facts(source, undo)
    _reopen_and_remove(source, kept)
    _restore_places(source)
    gone = _remove_people(batch, source, kept)
    _remove_places(batch, source)
    source.undone_at = timezone.now()
    source.save(update_fields=["undone_at"])
    batch.state, batch.undone_at, batch.message = ImportBatch.State.UNDONE, timezone.now(), ""
    batch.counts = batch.counts | {"undone": gone, "kept_people": len(kept), "kept_facts": facts}
    batch.save(update_fields=["state", "undone_at", "message", "counts"])
    record("imports.undo", target=batch, removed=gone, kept=len(kept), by=by)
    transaction.on_commit(lambda: progress.forget(batch.pk))
    return batch


def _restore_facts(source: Source, undo: Source) -> None:
    """Plain facts go back to what they were, as a change of their own: the history shows both."""
    changes = (
        Change.objects.filter(source=source)
        .exclude(person__source=source)
        .exclude(pk__in=corrected_since(source).values("pk"))
    )
    plain = {f.name for f in Person._meta.concrete_fields}
    rows = [
        (change.person, {change.fact: change.before}, "")
        for change in changes.select_related("person").order_by("-id")
        if change.fact in plain
    ]
    correct_many(rows, source=undo)


def _reopen_and_remove(source: Source, kept: list[int]) -> None:
    """Rows the batch opened for people known before are removed; rows it closed are open again."""
    for model, ended in ROWS:
        rows = model._default_manager.filter(source=source).exclude(person__source=source)
        if ended == "to_on" or ended == "ended_on":
            rows = rows.filter(Q(end_source=None) | Q(end_source=source))
        if model is Label:
            Label.circle.through.objects.filter(label__in=rows).delete()
        rows.delete()
        again: dict[str, Any] = {ended: None, "end_source": None}
        if model is Residence:
            again["end_reason"] = ""
        closed = model._default_manager.filter(end_source=source).exclude(source=source)
        closed.exclude(person_id__in=kept).update(**again)
    Household.objects.filter(close_source=source).update(closed_on=None, close_source=None)


def _restore_places(source: Source) -> None:
    """Where people live and how they stand follows from their rows; what the batch moved goes back."""
    moved = Change.objects.filter(source=source, fact__in=("house", "status")).exclude(person__source=source)
    for change in moved.select_related("person").order_by("-id"):
        person = change.person
        stay = person.residences.filter(to_on=None).select_related("house").first()
        person.house = stay.house if stay else None
        person.area_id = stay.house.area_id if stay and stay.house else person.community_id
        if change.fact == "status":
            status, _, day = change.before.partition(" ")
            person.status = status
            person.status_on = day or None
        person.save(update_fields=["house", "area", "status", "status_on"])


def _remove_people(batch: ImportBatch, source: Source, kept: list[int]) -> int:
    new = Person.objects.filter(source=source).exclude(pk__in=kept)
    ids = list(new.values_list("pk", flat=True))
    for start in range(0, len(ids), BITE):
        progress.say(batch.pk, "正在撤销新增的人", start, len(ids))
        bite = ids[start : start + BITE]
        batch.rows.filter(person_id__in=bite).update(person=None)
        with forgotten_at_once(bite):
            Person.objects.filter(pk__in=bite).delete()
    return len(ids)


def _remove_places(batch: ImportBatch, source: Source) -> None:
    """Households and doors that only this batch had named, once nobody is left in them."""
    Household.objects.filter(source=source).exclude(pk__in=Residence.objects.values("household")).delete()
    empty = House.objects.filter(origin=batch.key)
    empty = empty.exclude(pk__in=Residence.objects.exclude(house=None).values("house"))
    empty.exclude(pk__in=Household.objects.exclude(house=None).values("house")).delete()
