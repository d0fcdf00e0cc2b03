"""Whatever the moment at which the worker is killed: the register is as it was, the batch says so, and goes on."""

import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from liren.doors.imports import actions
from liren.sample.elsewhere import Elsewhere

from .rosters import FAMILY, workbook

pytestmark = pytest.mark.django_db(transaction=True)
DYING = "liren.doors.imports.tests.dying"
Rows = dict[str, set[tuple[Any, ...]]]


def everything(ask: Callable[[str], Any]) -> Rows:
    """Every row about people and places, as the database holds it."""
    tables = [
        name
        for name in connection.introspection.table_names()
        if name.startswith(("people_", "places_")) and not name.startswith("people_words")
    ]
    return {name: {tuple(map(plain, row)) for row in ask(f"SELECT * FROM {name}")} for name in tables}  # noqa: S608


def plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else str(value)


def test_a_killed_worker_leaves_the_register_as_it_was(village: Any, settings: Any, tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    settings.MEDIA_ROOT = tmp_path / "documents"
    batch = actions.start_batch(
        [("名册.xlsx", workbook(*FAMILY))], community=village.community, by=village.secretary
    )
    there = Elsewhere(tmp_path)
    before = everything(there.ask)
    steps = {
        "reading": "False reading ",
        "people": "True failed 读表被打断了，登记册没有动过。可以再读一次",
        "finish": "True ready 写入被打断了，登记册还是原来的样子。可以再写一次",
    }
    for point, sentence in steps.items():
        ended, said = there.run(DYING, point, str(batch.pk))
        assert (ended, said) == (-signal.SIGKILL, [sentence])
        assert everything(there.ask) == before
    ended, said = there.run(DYING, "undoing", str(batch.pk))
    assert (ended, said) == (-signal.SIGKILL, [steps["finish"]])
    assert len(everything(there.ask)["people_person"]) == len(before["people_person"]) + 2
    ended, said = there.run(DYING, "nowhere", str(batch.pk))
    assert (ended, said) == (0, ["True applied 撤销被打断了，登记册还是写入后的样子。可以再撤一次", "undone"])
    after = everything(there.ask)
    assert all(
        after[name] == rows for name, rows in before.items() if name not in ("people_source", "people_change")
    )
