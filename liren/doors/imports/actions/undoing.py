"""Taking a whole batch back, as exactly as later work allows; what later work prevents stays, and is listed."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from liren.core.audit.actions import record
from liren.core.duty import progress
from liren.core.people.actions import open_source
from liren.core.people.models import Change, Household, Merge, Person, Relation, Residence, Source
from liren.core.people.wordindex import forgotten_at_once
from liren.core.places.models import House

from ..comparing import NAMES
from ..models import ImportBatch
from .restoring import ROWS, reopen_rows, restore_facts, restore_places

BITE = 500
SHOWN = 200
# Belongs to the register itself, or is worked out from it: it goes with the person. All else keeps them.
GOES_ALONG = {"people", "imports", "registry"}
# A door as an import makes it. Whatever else is known of it was found out by somebody since.
UNTOUCHED: dict[str, Any] = {
    "use": House.Use.UNKNOWN,
    "square_metres": None,
    "ownership": "",
    "owner_name": "",
    "owner_phone_sealed": None,
    "lease_from": None,
    "lease_to": None,
    "verified_on": None,
}


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


def _pointed_at(model: type[models.Model]) -> Q:
    """A matter, a work record or a resident's account names them. Which of these is never said: some have a circle."""
    found = Q()
    for link in model._meta.get_fields(include_hidden=True):
        if isinstance(link, models.ManyToOneRel) and link.related_model._meta.app_label not in GOES_ALONG:
            rows = link.related_model._default_manager.filter(**{link.field.name: OuterRef("pk")})
            found |= Q(Exists(rows))
    return found


def worked_on_since(source: Source) -> Any:
    """The people this source entered whose record was worked on since from another source."""
    later = Q(pk__in=Merge.objects.filter(undone_at=None).values("kept")) | Q(merged_into__isnull=False)
    later |= Q(verified_on__isnull=False)
    later |= Q(Exists(_standing_changes(source).filter(person=OuterRef("pk"))))
    for model, _ in ROWS:
        rows = model._default_manager.filter(person=OuterRef("pk"))
        later |= Q(Exists(rows.exclude(source=source)))
        later |= Q(Exists(rows.filter(source=source, end_source__isnull=False).exclude(end_source=source)))
    later |= Q(Exists(Relation.objects.filter(other=OuterRef("pk")).exclude(source=source)))
    later |= _pointed_at(Person)
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
        [
            (c.person_id, c.person.name, f"「{NAMES.get(c.fact, c.fact)}」写入后又改过，留着后来的")
            for c in facts
        ],
    )


def run_undoing(batch: ImportBatch) -> ImportBatch:
    """Takes back, or leaves everything as it was and says so."""
    try:
        return undo_batch(batch, by=batch.applied_by)
    except Exception:
        progress.forget(batch.key)
        ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.UNDOING).update(
            state=ImportBatch.State.APPLIED, message="撤销时出了意外，登记册还是写入后的样子。可以再撤一次"
        )
        raise


@transaction.atomic
def undo_batch(batch: ImportBatch, *, by: Any) -> ImportBatch:
    """Takes back everything the batch wrote that nobody has worked on since. Does nothing the second time."""
    batch = (
        ImportBatch.objects.select_for_update(of=("self",))
        .select_related("community", "source")
        .get(pk=batch.pk)
    )
    if batch.state != ImportBatch.State.UNDOING or batch.source is None:
        return batch
    source = batch.source
    progress.say(batch.key, "正在撤销")
    undo = open_source(
        community=batch.community, kind=Source.Kind.UNDO, title=f"撤销 {batch.title}", batch=batch.key, by=by
    )
    kept = list(worked_on_since(source).values_list("pk", flat=True))
    facts = corrected_since(source).count()
    later = corrected_since(source).values("pk")
    restore_facts(source, undo, later)
    reopen_rows(source, kept)
    restore_places(source, undo, later)
    gone = _remove_people(batch, source, kept)
    _remove_places(batch, source)
    source.undone_at = timezone.now()
    source.save(update_fields=["undone_at"])
    batch.state, batch.undone_at, batch.message = ImportBatch.State.UNDONE, timezone.now(), ""
    batch.counts = batch.counts | {"undone": gone, "kept_people": len(kept), "kept_facts": facts}
    batch.save(update_fields=["state", "undone_at", "message", "counts"])
    record("imports.undo", target=batch, removed=gone, kept=len(kept), by=by)
    transaction.on_commit(lambda: progress.forget(batch.key))
    return batch


def _remove_people(batch: ImportBatch, source: Source, kept: list[int]) -> int:
    new = Person.objects.filter(source=source).exclude(pk__in=kept)
    ids = list(new.values_list("pk", flat=True))
    for start in range(0, len(ids), BITE):
        progress.say(batch.key, "正在撤销新增的人", start, len(ids))
        bite = ids[start : start + BITE]
        batch.rows.filter(person_id__in=bite).update(person=None)
        with forgotten_at_once(bite):
            Person.objects.filter(pk__in=bite).delete()
    return len(ids)


def _remove_places(batch: ImportBatch, source: Source) -> None:
    """Households and doors that only this batch had named, once nobody is left in them and nothing was noted on them."""
    lived = Residence.objects.exclude(household=None).values("household")
    Household.objects.filter(source=source).exclude(pk__in=lived).delete()
    empty = House.objects.filter(origin=batch.key, **UNTOUCHED)
    empty = empty.exclude(pk__in=Residence.objects.exclude(house=None).values("house"))
    empty = empty.exclude(pk__in=Household.objects.exclude(house=None).values("house"))
    empty.exclude(_pointed_at(House)).delete()
