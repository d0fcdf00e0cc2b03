"""Whatever the moment at which the worker is killed: the register is as it was, the batch says so, and goes on."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from liren.doors.imports import actions
from liren.doors.imports.models import ImportBatch

from .rosters import FAMILY, workbook

pytestmark = pytest.mark.django_db(transaction=True)
PROJECT = Path(__file__).parents[4]
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


class Elsewhere:
    """The data folder of the process that is killed: a copy on SQLite, this very database on PostgreSQL."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(Path(os.environ["LIREN_DATA"]) / "keys", folder / "keys", dirs_exist_ok=True)
        self.file = folder / "liren.sqlite3"
        self.environ = os.environ | {
            "LIREN_DATA": str(folder),
            "DJANGO_SETTINGS_MODULE": "liren.config.settings",
        }
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(f"VACUUM INTO '{self.file}'")
        else:
            known = connection.settings_dict
            self.environ["LIREN_DATABASE_URL"] = (
                f"postgresql://{known['USER']}:{known['PASSWORD']}@/{known['NAME']}?host={known['HOST']}"
                + (f"&port={known['PORT']}" if known["PORT"] else "")
            )

    def ask(self, sql: str) -> list[Any]:
        if connection.vendor == "sqlite":
            with sqlite3.connect(f"file:{self.file}?mode=ro", uri=True) as base:
                return base.execute(sql).fetchall()
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    def work(self, point: str, batch: ImportBatch) -> tuple[int, list[str]]:
        """Runs the worker up to a point: how it ended, what it said."""
        command = [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "liren.doors.imports.tests.dying",
            point,
            str(batch.pk),
        ]
        run = subprocess.run(
            command, cwd=PROJECT, env=self.environ, capture_output=True, text=True, timeout=60, check=False
        )
        assert run.returncode in (0, -signal.SIGKILL), run.stderr
        return run.returncode, run.stdout.splitlines()


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
        ended, said = there.work(point, batch)
        assert (ended, said) == (-signal.SIGKILL, [sentence])
        assert everything(there.ask) == before
    ended, said = there.work("undoing", batch)
    assert (ended, said) == (-signal.SIGKILL, [steps["finish"]])
    assert len(everything(there.ask)["people_person"]) == len(before["people_person"]) + 2
    ended, said = there.work("nowhere", batch)
    assert (ended, said) == (0, ["True applied 撤销被打断了，登记册还是写入后的样子。可以再撤一次", "undone"])
    after = everything(there.ask)
    assert all(
        after[name] == rows for name, rows in before.items() if name not in ("people_source", "people_change")
    )
