"""Elsewhere (另一个进程): a process of its own over the world of a test, which may be killed without a word."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import connection

PROJECT = Path(__file__).parents[2]


def killed_in(module: Any, name: str, *, after: bool = False, turn: int = 1) -> None:
    """From now on this process ends without a word where the function is called for the `turn`-th time, or right after
    it.
    """
    work: Callable[..., Any] = getattr(module, name)
    calls = 0

    def last(*args: Any, **facts: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls < turn:
            return work(*args, **facts)
        if after:
            work(*args, **facts)
        return os.kill(os.getpid(), signal.SIGKILL)

    setattr(module, name, last)


class Elsewhere:
    """The data folder of the process that is killed: a copy on SQLite, this very database on PostgreSQL."""

    def __init__(self, folder: Path) -> None:
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
        """Rows of the database over there."""
        if connection.vendor == "sqlite":
            with sqlite3.connect(f"file:{self.file}?mode=ro", uri=True) as base:
                return base.execute(sql).fetchall()
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    def run(self, module: str, *arguments: str) -> tuple[int, list[str]]:
        """Runs a module of tests over there: how it ended, what it said."""
        command = [sys.executable, "-W", "ignore", "-m", module, *arguments]
        run = subprocess.run(  # noqa: S603
            command, cwd=PROJECT, env=self.environ, capture_output=True, text=True, timeout=60, check=False
        )
        assert run.returncode in (0, -signal.SIGKILL), run.stderr  # noqa: S101
        return run.returncode, run.stdout.splitlines()
