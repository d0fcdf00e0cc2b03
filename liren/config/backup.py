"""Backup (备份): database, keys and files of the data folder in one archive that knows its own checksums.

The database is copied first: a file that is received meanwhile is then one too many in the archive, never one too few.
"""

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

MANIFEST = "manifest.json"
LAST = "last-backup.json"
FORM = 1
# Made again by themselves, or of no worth on another machine.
LEFT_OUT = {
    "static", "logs", "incoming", "progress", "liren.sqlite3", "liren.sqlite3-wal", "liren.sqlite3-shm",
    "serve.lock", "prepared.json", LAST,
}  # fmt: skip


class BackupTrouble(Exception):
    """A sentence for the person who operates the house."""


class Summed:
    """A file that is summed up while it is read."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.sum = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.source.read(size)
        self.sum.update(block)
        return block


def make(folder: Path, *, keys: bool = True) -> Path:
    """Write one archive into `folder` and return its path; it appears there only when it is whole."""
    if folder.resolve().is_relative_to(settings.DATA_DIR):
        raise BackupTrouble(
            "备份不能放在数据目录里面：数据目录坏了，备份也就没了。请换一个目录，最好在另一块磁盘上。"
        )
    now = timezone.localtime()
    target = folder / f"liren-{now:%Y%m%d-%H%M%S}.tar.gz"
    draft = target.with_suffix(".part")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            with tarfile.open(fileobj=out, mode="w:gz", compresslevel=1) as archive:
                _fill(archive, now, keys=keys, scratch=target.with_suffix(".database"))
            os.fsync(out.fileno())
        draft.rename(target)
    except OSError as error:
        raise BackupTrouble(f"备份没有写成：{error.strerror or error}（{folder}）") from error
    finally:
        draft.unlink(missing_ok=True)
        target.with_suffix(".database").unlink(missing_ok=True)
    _note(target, now, keys=keys)
    return target


def _fill(archive: tarfile.TarFile, now: datetime, *, keys: bool, scratch: Path) -> None:
    sums: dict[str, str] = {}
    kind = _copy_database(scratch)
    sums[f"database.{kind}"] = _add(archive, scratch, f"database.{kind}")
    scratch.unlink()
    for path, name in _files():
        if keys or not name.startswith("keys/"):
            sums[name] = _add(archive, path, name)
    manifest: dict[str, Any] = {
        "form": FORM,
        "made_at": now.isoformat(timespec="seconds"),
        "database": kind,
        "migrations": _migrations(),
        "keys": {path.name: fingerprint(path) for path in sorted((settings.DATA_DIR / "keys").iterdir())},
        "files": sums,
    }
    content = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    entry = tarfile.TarInfo(MANIFEST)
    entry.size, entry.mode, entry.mtime = len(content), 0o600, int(now.timestamp())
    archive.addfile(entry, io.BytesIO(content))


def _add(archive: tarfile.TarFile, path: Path, name: str) -> str:
    with path.open("rb") as source:
        entry = tarfile.TarInfo(name)
        state = os.fstat(source.fileno())
        entry.size, entry.mode, entry.mtime = state.st_size, 0o600, int(state.st_mtime)
        summed = Summed(source)
        archive.addfile(entry, summed)
    return summed.sum.hexdigest()


def _files() -> Iterator[tuple[Path, str]]:
    for top in sorted(settings.DATA_DIR.iterdir()):
        if top.name in LEFT_OUT:
            continue
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            # A name ending in .part is being written right now and belongs to no row yet.
            if path.is_file() and not path.is_symlink() and path.suffix != ".part":
                yield path, path.relative_to(settings.DATA_DIR).as_posix()


def _copy_database(target: Path) -> str:
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as source:
            with closing(sqlite3.connect(target)) as copy:
                source.backup(copy)
        return "sqlite3"
    postgresql("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")
    return "dump"


def postgresql(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL on our database; the password goes by the environment, where no list shows it."""
    found = shutil.which(program) or next(
        map(str, sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), reverse=True)), None
    )
    if found is None:
        raise BackupTrouble(
            f"没有找到 {program}，请先安装 PostgreSQL 客户端（Debian：apt install postgresql-client）"
        )
    own = settings.DATABASES["default"]
    named = {
        "PGHOST": own["HOST"],
        "PGPORT": own["PORT"],
        "PGUSER": own["USER"],
        "PGPASSWORD": own["PASSWORD"],
    }
    named |= {f"PG{key.upper()}": value for key, value in own["OPTIONS"].items() if key.startswith("ssl")}
    variables = {
        **os.environ,
        **{key: value for key, value in named.items() if value},
        "PGDATABASE": own["NAME"],
    }
    done = subprocess.run([found, *arguments], env=variables, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        raise BackupTrouble(f"{program} 没有完成：{done.stderr.strip()[-600:]}")


def fingerprint(key: Path) -> str:
    """By which a key is recognised again; the key cannot be found from it."""
    return hashlib.sha256(b"liren:" + key.read_bytes()).hexdigest()[:32]


def _migrations() -> list[str]:
    from django.db.migrations.recorder import MigrationRecorder

    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _note(target: Path, now: datetime, *, keys: bool) -> None:
    said = {"at": now.isoformat(timespec="seconds"), "file": str(target.resolve()), "keys": keys}
    (settings.DATA_DIR / LAST).write_text(json.dumps(said, ensure_ascii=False))
