"""The printed sheet: everything fits across, and nothing breaks in the middle of a figure."""

from types import SimpleNamespace

import pytest

from liren.core.sheets.ledger import Column
from liren.core.sheets.ledgerbook import all_ledgers
from liren.doors.ledgers.sheet import GAP, breakable, laid_out


def paper(*widths, landscape=True):
    columns = tuple(Column(f"c{n}", "列", "x", width=width) for n, width in enumerate(widths))
    look = SimpleNamespace(columns=columns, ledger=SimpleNamespace(landscape=landscape))
    return SimpleNamespace(look=look, lines=[["字"] * len(widths)])


@pytest.mark.parametrize(
    ("widths", "landscape", "size"),
    [((30, 30), True, ""), ((40, 40), True, "small-print"), ((60, 60), True, "tiny-print"),
     ((30, 10), False, ""), ((30, 20), False, "small-print"), ((40, 40), False, "tiny-print")],
)  # fmt: skip
def test_the_print_is_as_large_as_the_columns_allow(widths, landscape, size):
    laid = laid_out(paper(*widths, landscape=landscape))
    assert laid["print"] == size and sum(laid["widths"]) <= 100


@pytest.mark.parametrize("ledger", all_ledgers().values(), ids=lambda one: one.key)
def test_the_columns_of_every_ledger_fit_on_the_sheet(ledger):
    look = SimpleNamespace(columns=ledger.columns, ledger=ledger)
    laid = laid_out(SimpleNamespace(look=look, lines=[]))
    assert 80 <= sum(laid["widths"]) <= 101 and min(laid["widths"]) >= 2


def test_dates_and_numbers_go_on_behind_a_hyphen():
    assert breakable("治-2026-0137") == f"治-{GAP}2026-{GAP}0137"
    assert breakable(12) == 12 and breakable("一句话") == "一句话"
