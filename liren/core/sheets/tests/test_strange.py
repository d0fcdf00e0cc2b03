"""Files of any kind are opened or refused with one sentence, in bounded memory and time."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from liren.core.duty.refused import Refused
from liren.core.sheets import guarded
from liren.core.sheets.safety import Unreadable, kind_of
from liren.core.sheets.workbook import open_workbook

from . import strange

Maker = Callable[[Path], Path]


@pytest.mark.parametrize("make", strange.REFUSED, ids=lambda make: make.__name__)
def test_refused_with_one_sentence(make: Maker, tmp_path: Path) -> None:
    path = make(tmp_path / "名册.xlsx")
    started = time.monotonic()
    with pytest.raises(Unreadable) as refusal:
        open_workbook(path)
    said = str(refusal.value)
    assert said.endswith("。") and said.count("。") == 1, said
    assert isinstance(refusal.value, Refused)
    assert time.monotonic() - started < 120


def test_password_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="密码"):
        open_workbook(strange.encrypted(tmp_path / "密.xlsx"))


@pytest.mark.parametrize("make", [strange.formatted_rows, strange.far_corner], ids=lambda make: make.__name__)
def test_empty_space_costs_nothing(make: Maker, tmp_path: Path) -> None:
    book = open_workbook(make(tmp_path / "名册.xlsx"))
    assert book.sheets[0].rows[:2] == [["姓名", "电话"], ["王小明", "14200000001"]]
    assert len(book.sheets[0].rows) == 2


def test_macros_are_noted_and_not_run(tmp_path: Path) -> None:
    book = open_workbook(strange.macros(tmp_path / "宏.xlsm"))
    assert book.sheets[0].rows[1] == ["王小明", "14200000001"]
    assert any("宏" in note for note in book.notes)


def test_errors_are_blank_and_cached_values_are_read(tmp_path: Path) -> None:
    book = open_workbook(strange.errors(tmp_path / "错.xlsx"))
    assert book.sheets[0].rows == [["姓名", "电话"], ["王小明"], ["李四"]]
    assert any("公式出错" in note for note in book.notes)


def test_extension_does_not_matter(tmp_path: Path) -> None:
    path = strange.plain_book(tmp_path / "名册.csv")
    assert kind_of(path) == "xlsx"
    assert open_workbook(path).sheets[0].name == "居民"


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        open_workbook(tmp_path / "没有.xlsx")


def hang() -> object:
    time.sleep(60)
    yield 1


def eat() -> object:
    yield len([bytes(1024 * 1024) for _ in range(2000)])


def die() -> object:
    import os

    yield 1
    os._exit(7)


def panic() -> object:
    yield 1
    raise BaseException("a panic of a parser is no Exception")


@pytest.mark.parametrize("work", ["hang", "eat", "die", "panic"])
def test_guarded_work_never_takes_the_parent_down(work: str) -> None:
    with pytest.raises(Unreadable):
        list(guarded.stream(f"{__name__}:{work}", seconds=2, memory=300 * 1024 * 1024))
