"""Forms of the known families that no code was made for: lists, cross tables, cards, Word forms, against the oracle."""

import gzip
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import transaction

from liren.sample.formfilling import DataSet, data_set, filled

from .blank_forms import book
from .oracle import World, has, lives
from .unseen_cards import CARDS
from .unseen_counts import COUNTS
from .unseen_lists import LISTS
from .unseen_stated import STATED
from .unseen_stubs import STUBS
from .unseen_words import WORDS

pytestmark = pytest.mark.django_db
COMMUNITY = Path(__file__).parent / "data" / "forms" / "community.json.gz"


@pytest.fixture(scope="module")
def data(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DataSet]:
    """The whole community, loaded once."""
    path = tmp_path_factory.mktemp("community") / "community.json"
    path.write_bytes(gzip.decompress(COMMUNITY.read_bytes()))
    with django_db_blocker.unblock(), transaction.atomic():
        with data_set(path) as loaded:
            yield loaded
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(data: DataSet) -> World:
    return World(data.said)


def fill(data: DataSet, content: bytes, tmp_path: Path, target: Any = None, name: str = "表.xlsx") -> Any:
    path = tmp_path / name
    path.write_bytes(content)
    return filled(path, data, target=target)


@pytest.mark.parametrize("name", LISTS | STATED)
def test_lists(name: str, data: DataSet, world: World, tmp_path: Path) -> None:
    form = (LISTS | STATED)[name]
    done = fill(data, form.content, tmp_path)
    assert not list(form.wrong(done, world))
    assert done.report.populations[0].count > 0


@pytest.mark.parametrize("name", COUNTS | STUBS)
def test_counts(name: str, data: DataSet, world: World, tmp_path: Path) -> None:
    form = (COUNTS | STUBS)[name]
    assert not list(form.wrong(fill(data, form.content, tmp_path), world))


@pytest.mark.parametrize("name", CARDS)
def test_cards(name: str, data: DataSet, world: World, tmp_path: Path) -> None:
    card = CARDS[name]
    assert fill(data, card.content, tmp_path).needs_target
    assert not list(card.wrong(fill(data, card.content, tmp_path, card.target(world)), world))


@pytest.mark.parametrize("name", WORDS)
def test_words(name: str, data: DataSet, world: World, tmp_path: Path) -> None:
    form = WORDS[name]
    done = fill(data, form.content, tmp_path, form.target(world), "表.docx")
    assert not list(form.wrong(done, world))


def test_headings_that_stand_twice(data: DataSet, world: World, tmp_path: Path) -> None:
    """困境儿童 down the left half of the sheet, then down the right one, nobody twice."""
    heads = ["序号", "姓名", "出生日期"] * 2
    blank = book(
        [["困境儿童名单"], heads, *[[None] * 6 for _ in range(6)]], frame=(2, 1, 8, 6), merges=["A1:F1"]
    )
    page = openpyxl.load_workbook(io.BytesIO(fill(data, blank, tmp_path).content)).worksheets[0]
    said = [page.cell(row, column).value for column in (2, 5) for row in range(3, 9)]
    children = {each["name"] for each in world.said["persons"] if lives(each) and has(each, "困境儿童")}
    assert sorted(filter(None, said)) == sorted(children)
    assert page["D3"].value == 7
