"""Writing a batch into the register: one transaction, all or nothing."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.duty import Refused, progress
from liren.core.people.actions import open_source, register_rows
from liren.core.people.inserting import update_rows
from liren.core.people.models import IdentityPaper, Person, Source
from liren.core.privacy.cipher import blind, unseal

from ..codec import from_text
from ..comparing import compare
from ..doors_map import Door, DoorMap
from ..drafting import draft_of
from ..models import ImportBatch, ImportRow
from ..reading import ReadPerson
from ..register_index import RegisterIndex
from ..unswept import unswept
from .revising import revise_many

BITE = 2000
NEW = ImportRow.Verdict.NEW
# Row, place in the file, the person as read, the keyed hash of the number or nothing.
NewPerson = tuple[int, str, ReadPerson, str]
REVISED = (ImportRow.Verdict.CHANGED, ImportRow.Verdict.LEAVING)


def run_applying(batch: ImportBatch) -> ImportBatch:
    """Writes, or leaves everything as it was and says why."""
    try:
        return apply_batch(batch, by=batch.applied_by)
    except Refused as refusal:
        message = f"没有写入：{refusal}"
    except IntegrityError:
        message = "写入的当口有人登记了同一个人，登记册还是原来的样子。请再写一次"
    except Exception:
        # The worker logs the cause; the office needs to know that nothing happened.
        _back(batch, "写入时出了意外，登记册还是原来的样子。可以再写一次")
        raise
    _back(batch, message)
    batch.refresh_from_db()
    return batch


def _back(batch: ImportBatch, message: str) -> None:
    progress.forget(batch.key)
    ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.APPLYING).update(
        state=ImportBatch.State.READY, message=message[:300]
    )


@unswept()
@transaction.atomic
def apply_batch(batch: ImportBatch, *, by: Any) -> ImportBatch:
    """Writes what is taken: new people, changed facts, those who left. Does nothing when it was done already."""
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("community").get(pk=batch.pk)
    if batch.state != ImportBatch.State.APPLYING:
        return batch
    community = batch.community
    source = open_source(
        community=community, kind=Source.Kind.IMPORT, title=batch.title, batch=batch.key, by=by
    )
    taken = batch.rows.filter(take=True)
    doors, total = DoorMap(community), taken.count()
    written = {"new": 0, "changed": 0, "facts": 0, "stale": 0}
    households: dict[Any, Any] = {}
    carried = set(
        IdentityPaper.objects.filter(community=community, ended_on=None).values_list("hash", flat=True)
    )
    done, known = 0, frozenset(carried)
    new = taken.filter(verdict=NEW).order_by("id").values_list("pk", "place", "sealed", "decided")
    for rows in _bites(new):
        progress.say(batch.key, "正在写入新增的人", done, total)
        people = _still_new(rows, known)
        written["new"] += _enter(people, community, source, doors, households, carried, batch.key, by)
        written["stale"] += len(rows) - len(people)
        done += len(rows)
    for rows in _bites(taken.filter(verdict__in=REVISED, person__isnull=False).order_by("id")):
        progress.say(batch.key, "正在写入变更", done, total)
        standing = _still_so(rows, community, doors)
        written["stale"] += len(rows) - len(standing)
        houses = doors.make({_door(read) for _, read in standing if read.building}, origin=batch.key)
        written["facts"] += revise_many(
            [(row, read, houses.get(_door(read))) for row, read in standing], source=source, by=by
        )
        written["changed"] += len(standing)
        done += len(rows)
    _finish(batch, source, written)
    record("imports.apply", target=batch, source=source.pk, new=written["new"], facts=written["facts"], by=by)
    return batch


def _finish(batch: ImportBatch, source: Source, written: dict[str, int]) -> None:
    batch.source, batch.state, batch.message = source, ImportBatch.State.APPLIED, ""
    batch.applied_at = batch.pulse_at = timezone.now()
    batch.counts = batch.counts | {f"written_{key}": value for key, value in written.items()}
    batch.save(update_fields=["source", "state", "message", "applied_at", "pulse_at", "counts"])
    transaction.on_commit(lambda: progress.forget(batch.key))


def _bites(rows: Any) -> Iterator[list[Any]]:
    rest = rows.iterator(chunk_size=BITE)
    while bite := list(islice(rest, BITE)):
        yield bite


def _still_new(rows: list[tuple[int, str, bytes, str]], known: frozenset[str]) -> list[NewPerson]:
    """The rows whose number nobody has registered since the dry run, or of whom somebody has said: this is another."""
    people = [(pk, place, from_text(unseal(sealed)), decided) for pk, place, sealed, decided in rows]
    marks = [blind(read.id_number, "paper") if read.id_number else "" for _, _, read, _ in people]
    new = [
        (pk, place, read, mark)
        for (pk, place, read, decided), mark in zip(people, marks, strict=True)
        if decided or not mark or mark not in known
    ]
    _leave({row[0] for row in rows} - {row[0] for row in new})
    return new


def _leave(rows: Iterable[int]) -> None:
    ImportRow.objects.filter(pk__in=list(rows)).update(take=False)


def _still_so(rows: list[ImportRow], community: Area, doors: DoorMap) -> list[tuple[ImportRow, ReadPerson]]:
    """The rows whose difference is still the one that was shown. What somebody has changed since is not overwritten."""
    ids = {row.person_id for row in rows if row.person_id}
    list(Person.objects.select_for_update().filter(pk__in=ids).values_list("pk"))
    index = RegisterIndex(community, only=ids)
    people = [(row, from_text(row.said), index.people.get(row.person_id or 0)) for row in rows]
    same = [
        (row, read)
        for row, read, known in people
        if known and compare(read, index, doors, known=known).diff == row.diff
    ]
    kept = {row.pk for row, _ in same}
    _leave(row.pk for row in rows if row.pk not in kept)
    return same


def _door(read: ReadPerson) -> Door:
    return read.building, read.unit, read.room


def _enter(
    people: list[NewPerson],
    community: Area,
    source: Source,
    doors: DoorMap,
    households: dict[Any, Any],
    carried: set[str],
    origin: str,
    by: Any,
) -> int:
    houses = doors.make({_door(read) for _, _, read, _ in people if read.building}, origin=origin)
    drafts = [draft_of(read, house=houses.get(_door(read)), place=place) for _, place, read, _ in people]
    for draft, (*_, mark) in zip(drafts, people, strict=True):
        # A number that somebody carries: it was decided that this is another person, so the number is in doubt.
        if mark in carried:
            draft.papers = ()
        elif mark:
            carried.add(mark)
    entered = register_rows(drafts, community=community, source=source, households=households, by=by)
    update_rows(ImportRow, "person_id", [(row[0], pk) for row, pk in zip(people, entered, strict=True)])
    return len(entered)
