"""Reading a batch: files to people and problems, people to verdicts; nothing touches the register."""

import datetime
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.documents.actions import content_of
from liren.core.duty import Refused, progress
from liren.core.people.inserting import insert_rows
from liren.core.people.models import Person
from liren.core.privacy.cipher import seal

from ..codec import place_of, to_text
from ..comparing import Compared, compare
from ..doors_map import DoorMap, guide_for
from ..models import HeaderMemory, ImportBatch, ImportFile, ImportProblem, ImportRow, ImportTable, seal_json
from ..overlap import told_before
from ..reading import Problem, Reading, ReadPerson, ReadTable, read_roster
from ..reasons import BLOCKING, SERIOUS
from ..register_index import RegisterIndex
from ..unswept import unswept
from .batches import fingerprint_mapping

BITE = 1000
MOST_PROBLEMS = 20_000
BLOCKED, ASK = ImportRow.Verdict.BLOCKED.value, ImportRow.Verdict.ASK.value


def read_batch(batch: ImportBatch, *, as_of: datetime.date | None = None) -> ImportBatch:
    """Reads and compares; on a file that cannot be read the batch fails with a sentence, and nothing else happens.

    `as_of` is the day that counts as today for a roster of another day.
    """
    try:
        with transaction.atomic():
            return _read(batch, as_of)
    except Refused as refusal:
        progress.forget(batch.key)
        ImportBatch.objects.filter(pk=batch.pk, state=ImportBatch.State.READING).update(
            state=ImportBatch.State.FAILED, message=str(refusal)[:300]
        )
        batch.refresh_from_db()
        return batch


@unswept()
def _read(batch: ImportBatch, as_of: datetime.date | None) -> ImportBatch:
    batch = ImportBatch.objects.select_for_update(of=("self",)).select_related("community").get(pk=batch.pk)
    if batch.state != ImportBatch.State.READING:
        return batch
    _clear(batch)
    remembered = fingerprint_mapping(HeaderMemory.objects.filter(community=batch.community))
    guide = guide_for(batch.community, remembered=remembered, as_of=as_of)
    if not guide.book.buildings:
        raise Refused("还没有建楼栋。先到「楼栋图」把小区和楼栋建好，再导名册。")
    index, doors = RegisterIndex(batch.community), DoorMap(batch.community)
    tally: Counter[str] = Counter()
    matched: set[int] = set()
    earlier: dict[str, str] = {}
    files = list(batch.files.select_related("document"))
    for file in files:
        progress.say(batch.key, f"正在读 {file.name}")
        reading = _reading_of(file, guide)
        if len(files) > 1:
            reading.problems.extend(told_before(reading.people, file.name, earlier))
        _keep(batch, file, reading, index, doors, tally, matched)
    if not tally["people"]:
        raise Refused("没有找到人员名单。请看看是不是选错了文件，或者表里没有「姓名」这一列。")
    batch.counts = dict(tally) | {
        "absent": _absent(batch.community, doors, matched) if tally["households"] else 0
    }
    batch.state, batch.message, batch.pulse_at = ImportBatch.State.READY, "", timezone.now()
    batch.save(update_fields=["state", "message", "counts", "pulse_at"])
    progress.forget(batch.key)
    return batch


def _clear(batch: ImportBatch) -> None:
    for rows in (batch.problems, batch.rows, batch.tables):
        rows.all().delete()


def _reading_of(file: ImportFile, guide: Any) -> Reading:
    """The file lies in the clear only while it is read, in a folder of the data directory that only we may enter."""
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
        path = Path(folder) / f"roster{Path(file.name).suffix[:8]}"
        path.write_bytes(content_of(file.document))
        return read_roster(path, guide, name=file.name)


def _keep(
    batch: ImportBatch,
    file: ImportFile,
    reading: Reading,
    index: RegisterIndex,
    doors: DoorMap,
    tally: Counter[str],
    matched: set[int],
) -> None:
    file.notes = reading.notes
    file.save(update_fields=["notes"])
    ImportTable.objects.bulk_create(
        _table(batch, file, number, table) for number, table in enumerate(reading.tables)
    )
    blocked = {(p.sheet, p.row) for p in reading.problems if p.reason in BLOCKING}
    lines: dict[tuple[str, int], int] = {}
    total = len(reading.people)
    for number, bite in enumerate(_bites(reading.people)):
        progress.say(batch.key, f"正在和登记册比对 {file.name}", number * BITE, total)
        rows = [_row(batch, file, read, compare(read, index, doors), blocked) for read in bite]
        for pk, row, read in zip(insert_rows(ImportRow, rows), rows, bite, strict=True):
            tally[row["verdict"]] += 1
            tally["households"] += bool(read.relation)
            if row["person_id"]:
                matched.add(row["person_id"])
            lines.update({(source.sheet, source.row): pk for source in read.sources})
    tally["people"] += total
    _keep_problems(batch, file, reading.problems, lines, tally)


def _keep_problems(
    batch: ImportBatch,
    file: ImportFile,
    problems: list[Problem],
    lines: dict[tuple[str, int], int],
    tally: Counter[str],
) -> None:
    rows: list[dict[str, Any]] = [
        {
            "batch_id": batch.pk,
            "file_id": file.pk,
            "line_id": lines.get((each.sheet, each.row)),
            "sheet": each.sheet[:100],
            "row": each.row,
            "field": each.field[:30],
            "reason": each.reason[:30],
            "serious": each.reason in SERIOUS,
            "sealed": seal_json([each.message, each.said, each.proposal]),
        }
        for each in problems[:MOST_PROBLEMS]
    ]
    insert_rows(ImportProblem, rows)
    tally["problems"] += sum(row["serious"] for row in rows)
    tally["notes"] += sum(not row["serious"] for row in rows)


def _bites(people: list[ReadPerson]) -> Iterator[list[ReadPerson]]:
    rest: Iterable[ReadPerson] = iter(people)
    while bite := list(islice(rest, BITE)):
        yield bite


def _table(batch: ImportBatch, file: ImportFile, number: int, table: ReadTable) -> ImportTable:
    first, last = table.header_rows
    return ImportTable(
        batch=batch,
        file=file,
        key=f"{file.pk}:{number}",
        sheet=table.sheet[:100],
        title=table.title[:200],
        header_rows=f"{first}–{last}" if first != last else str(first),
        people=table.people,
        columns=[_column(match) for match in table.columns],
        fingerprint=table.fingerprint[:64],
    )


def _column(match: Any) -> dict[str, Any]:
    return {
        "index": match.column,
        "heading": match.heading[:60],
        "offer": match.key,
        "confidence": round(match.confidence, 2),
        "why": match.why,
    }


def _row(
    batch: ImportBatch, file: ImportFile, read: ReadPerson, compared: Compared, blocked: set[tuple[str, int]]
) -> dict[str, Any]:
    stopped = bool(blocked) and any((source.sheet, source.row) in blocked for source in read.sources)
    return {
        "batch_id": batch.pk,
        "file_id": file.pk,
        "place": place_of(read),
        "row": read.sources[0].row if read.sources else 0,
        "name": read.name[:60],
        "sealed": seal(to_text(read)),
        "verdict": BLOCKED if stopped else compared.verdict,
        "person_id": compared.person,
        "candidates": compared.candidates,
        "sealed_diff": seal_json(compared.diff) if compared.diff else b"",
        # What a person has to decide is off until they do.
        "take": not stopped and compared.verdict != ASK,
    }


def _absent(community: Area, doors: DoorMap, matched: set[int]) -> int:
    """How many people the register knows in the houses of this roster whom the roster does not name any more."""
    houses = Person.objects.filter(pk__in=matched).values("house")
    here = Person.objects.present().filter(community=community, house__in=houses)
    return here.exclude(pk__in=matched).count()
