"""People as read, written down and read again: every fact, every sign, and the rows of earlier editions."""

import json
from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liren.core.people.models import Person
from liren.core.privacy.cipher import seal
from liren.doors.imports import actions, codec
from liren.doors.imports.models import ImportBatch
from liren.doors.imports.reading import Contact, Label, ReadPerson, Source
from liren.doors.imports.templatetags.imports import facts_in_short

from .conftest import Drop
from .rosters import FAMILY, FATHER, MOTHER, workbook

# Some rosters hold signs that no keyboard has: also those by which the codec tells facts apart.
WORDS = st.one_of(
    st.text(max_size=6), st.sampled_from(["", codec.MARK, f"甲{codec.MARK}乙", '["', "{", "\n", "，"])
)
NUMBERS = st.lists(st.from_regex(r"[0-9-]{7,13}", fullmatch=True), max_size=3).map(tuple)
LABELS = st.builds(Label, WORDS, WORDS, st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple))
CONTACTS = st.builds(Contact, WORDS, WORDS, NUMBERS, WORDS)
SOURCES = st.builds(Source, WORDS, st.integers(1, 99))
PEOPLE = st.builds(
    ReadPerson,
    **dict.fromkeys(codec.PLAIN, WORDS),
    phones=NUMBERS,
    labels=st.lists(LABELS, max_size=2).map(tuple),
    contacts=st.lists(CONTACTS, max_size=2).map(tuple),
    sources=st.lists(SOURCES, max_size=2).map(tuple),
)
SOMEBODY = ReadPerson(
    "闻人松",
    sex="1",
    id_number=FATHER,
    phones=("14200001111", "021-55550000"),
    remark="志愿者",
    labels=(Label("disability", "残疾人", (("level", "二级"),)),),
    contacts=(Contact("landlord", "某房东", ("14200002222",), "房东"),),
    sources=(Source("名册", 3),),
)


@given(PEOPLE)
def test_whoever_is_written_down_is_read_again(read: ReadPerson) -> None:
    assert codec.from_text(codec.to_text(read)) == read


def test_a_row_written_before_a_fact_was_known_is_read_without_it() -> None:
    *facts, last = codec.PLAIN
    plain = replace(SOMEBODY, labels=(), contacts=(), **{last: ""})
    parts = codec.to_text(plain).split(codec.MARK)
    del parts[len(facts)]
    assert codec.from_text(codec.MARK.join(parts)) == plain


def by_name(read: ReadPerson) -> str:
    """As the first edition wrote a row: by name, what was said only."""
    said = {name: value for name, value in asdict(read).items() if value}
    said["labels"] = [[each.code, each.name, each.attributes] for each in read.labels]
    said["contacts"] = [[each.role, each.name, each.phones, each.said] for each in read.contacts]
    return json.dumps(
        said | {"sources": [[each.sheet, each.row] for each in read.sources]}, ensure_ascii=False
    )


def by_place(read: ReadPerson) -> str:
    """As the second one did: by place, all as JSON."""
    several = [
        [list(asdict(each).values()) for each in group]
        for group in (read.labels, read.contacts, read.sources)
    ]
    return json.dumps(
        [[getattr(read, name) for name in codec.PLAIN], read.phones, *several], ensure_ascii=False
    )


@pytest.mark.parametrize("edition", [by_name, by_place])
def test_rows_of_earlier_editions_are_read(edition: Any) -> None:
    assert codec.from_text(edition(SOMEBODY)) == SOMEBODY


@pytest.mark.django_db
@pytest.mark.parametrize("edition", [by_name, by_place])
def test_a_batch_that_waited_through_an_update_opens_and_is_written(
    village: Any, read: Drop, edition: Any
) -> None:
    batch = read(workbook(*FAMILY))
    for row in batch.rows.all():
        row.sealed = seal(edition(codec.from_text(row.said)))
        row.save(update_fields=["sealed"])
        assert facts_in_short(row).endswith("3号楼-1-401")
    batch = actions.run_applying(actions.start_applying(batch, by=village.secretary))
    assert batch.state == ImportBatch.State.APPLIED
    entered = Person.objects.filter(source=batch.source).order_by("id")
    assert [each.papers.get().number for each in entered] == [FATHER, MOTHER]
