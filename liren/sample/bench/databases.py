"""Databases (测速用数据库): filled once, kept in the folder for what may be lost, measured by child processes."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings

MANAGE = Path(settings.ROOT) / "manage.py"
FOLDER = Path(os.environ.get("LIREN_BENCH", Path(tempfile.gettempdir()) / f"liren-bench-{os.getuid()}"))
# Raise it when the crowd becomes another: what was filled before is then filled again.
EDITION = 2
HASTY = ("fsync=off", "full_page_writes=off", "listen_addresses=", "shared_buffers=512MB", "autovacuum=off")


def binaries() -> Path | None:
    """Where PostgreSQL's programs are, if it is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def child(environment: dict[str, str], *arguments: str) -> Any:
    """Runs a bench command on another database and gives back what it measured."""
    return json.loads(manage(environment, "bench", *arguments, "--here").splitlines()[-1])


def manage(environment: dict[str, str], *arguments: str) -> str:
    """Runs a command on another database; gives back what it said."""
    command = [sys.executable, str(MANAGE), *arguments]
    told = subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True)  # noqa: S603
    if told.returncode:
        raise RuntimeError(told.stderr[-3000:])
    return told.stdout


@contextmanager
def filled(kind: str, people: int) -> Iterator[dict[str, str]]:
    """The environment of a database with so many people in it; filled when it is not there yet."""
    folder = FOLDER / f"{kind}-{people}-{EDITION}"
    for old in FOLDER.glob(f"{kind}-{people}-*"):
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    with _environment(kind, folder) as environment:
        manage(environment, "prepare", "schema", "static")
        if not (folder / "filled").exists():
            child(environment, "crowd", "--people", str(people))
            (folder / "filled").touch()
        yield environment


@contextmanager
def empty(kind: str) -> Iterator[dict[str, str]]:
    """The environment of a fresh database that is gone afterwards."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{kind}-", dir=FOLDER))
    try:
        with _environment(kind, folder) as environment:
            manage(environment, "migrate", "--verbosity", "0")
            yield environment
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _environment(kind: str, folder: Path) -> Iterator[dict[str, str]]:
    folder.mkdir(parents=True, exist_ok=True)
    if kind == "sqlite":
        yield {"LIREN_DATA": str(folder), "LIREN_DATABASE_URL": ""}
        return
    where = binaries()
    if where is None:
        raise RuntimeError("PostgreSQL 没有安装")
    with _cluster(where, folder) as url:
        yield {"LIREN_DATA": str(folder), "LIREN_DATABASE_URL": url}


@contextmanager
def _cluster(where: Path, folder: Path) -> Iterator[str]:
    """A PostgreSQL of its own on a socket, run by somebody who is not root."""
    place = folder / "postgresql"
    before: list[str] = []
    if os.geteuid() == 0:
        before = ["runuser", "-u", "postgres", "--"]
        place.mkdir(exist_ok=True)
        shutil.chown(place, "postgres")
        # The way down to the cluster has to be open for its owner.
        for step in (FOLDER, folder):
            step.chmod(0o755)
    place.mkdir(exist_ok=True)
    data, log = place / "data", place / "log"
    control = [*before, str(where / "pg_ctl"), "--pgdata", str(data), "--wait", "--silent"]
    if not data.exists():
        made = [
            *before,
            str(where / "initdb"),
            "--pgdata",
            str(data),
            "--username",
            "liren",
            "--auth",
            "trust",
        ]
        _quietly([*made, "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"], place)
    options = " ".join(f"-c {setting}" for setting in (*HASTY, f"unix_socket_directories={place}"))
    _quietly([*control, "--log", str(log), "--options", options, "start"], place)
    try:
        yield f"postgresql://liren@/postgres?host={quote(str(place), safe='')}"
    finally:
        _quietly([*control, "--mode", "fast", "stop"], place)


def _quietly(command: list[str], place: Path) -> None:
    # pg_ctl hands its outputs on to the server: a pipe would never close.
    with tempfile.TemporaryFile() as said:
        code = subprocess.run(command, cwd=place, stdout=said, stderr=said).returncode  # noqa: S603
        if code:
            said.seek(0)
            raise RuntimeError(said.read().decode(errors="replace"))
