"""Restoring (恢复): an archive is unpacked aside, proved against its checksums, and only then moved into place."""

import hashlib
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.db import connection

from .backup import FORM, MANIFEST, BackupTrouble, fingerprint, postgresql

# Settings make these as they are read, so they say nothing about whether the folder is in use.
NEW = {"static", "logs", "incoming", "progress", "serve.lock", "keys"}


def restore(file: Path, *, keys: Path | None = None) -> dict[str, Any]:
    """Bring the data folder and database to the state of the archive; returns its manifest."""
    _refuse_when_in_use()
    aside = Path(tempfile.mkdtemp(prefix="restoring-", dir=settings.DATA_DIR))
    try:
        manifest = _unpack(file, aside)
        _bring_keys(manifest, aside, keys)
        _place(manifest, aside)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise BackupTrouble(f"读不了这个备份文件，数据没有改动：{error}") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return manifest


def _refuse_when_in_use() -> None:
    held = sorted(path.name for path in settings.DATA_DIR.iterdir() if path.name not in NEW)
    keys = settings.DATA_DIR / "keys"
    held += sorted(f"keys/{path.name}" for path in keys.glob("*") if path.name != "session.key")
    if held:
        raise BackupTrouble(
            f"数据目录 {settings.DATA_DIR} 不是空的（有 {'、'.join(held[:5])}）。"
            "恢复只写入空目录：请用 --data 指定一个新目录，确认无误后再换上。"
        )
    if connection.vendor == "postgresql" and connection.introspection.table_names():
        raise BackupTrouble("LIREN_DATABASE_URL 指向的数据库里已有表。恢复只写入空库：请新建一个数据库再试。")


def _unpack(file: Path, aside: Path) -> dict[str, Any]:
    sums: dict[str, str] = {}
    with tarfile.open(file, "r:gz") as archive:
        for entry in archive:
            name = PurePosixPath(entry.name)
            if not entry.isfile() or name.is_absolute() or ".." in name.parts or entry.name in sums:
                raise BackupTrouble(f"这不是里仁的备份文件：里面有 {entry.name!r}，数据没有改动")
            target = aside / name
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            source = archive.extractfile(entry)
            if source is not None:
                sums[entry.name] = _write(source, target)
    if MANIFEST not in sums:
        raise BackupTrouble("备份文件不完整：缺少清单，数据没有改动")
    manifest: dict[str, Any] = json.loads((aside / MANIFEST).read_text())
    sums.pop(MANIFEST)
    wrong = {name for name, _ in sums.items() ^ manifest["files"].items()}
    if manifest["form"] != FORM or wrong:
        raise BackupTrouble(f"备份文件损坏，校验不符：{'、'.join(sorted(wrong)[:5])}。数据没有改动")
    return manifest


def _write(source: IO[bytes], target: Path) -> str:
    told = hashlib.sha256()
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while block := source.read(1 << 20):
            told.update(block)
            out.write(block)
    return told.hexdigest()


def _bring_keys(manifest: dict[str, Any], aside: Path, given: Path | None) -> None:
    """Without the very keys nothing sealed can be read again, so that is asked before anything is moved."""
    own = aside / "keys"
    if given is not None:
        own.mkdir(mode=0o700, exist_ok=True)
        for name in manifest["keys"]:
            if (given / name).is_file():
                shutil.copyfile(given / name, own / name)
                (own / name).chmod(0o600)
    for name, wanted in manifest["keys"].items():
        if not (own / name).is_file():
            raise BackupTrouble(f"这个备份不含密钥 {name}。请用 --keys 指出另行保管的密钥目录；数据没有改动")
        if fingerprint(own / name) != wanted:
            raise BackupTrouble(f"密钥 {name} 不是制作这个备份时的那一把，用它读不出加密内容；数据没有改动")


def _place(manifest: dict[str, Any], aside: Path) -> None:
    kind = manifest["database"]
    here = "sqlite3" if connection.vendor == "sqlite" else "dump"
    if kind != here:
        says = {"sqlite3": "SQLite", "dump": "PostgreSQL"}
        raise BackupTrouble(
            f"备份来自 {says.get(kind, kind)}，现在的设置是 {says[here]}。请按备份来源设置 LIREN_DATABASE_URL 后再恢复。"
        )
    database = aside / f"database.{kind}"
    if kind == "sqlite3":
        _prove(database)
    else:
        postgresql(
            "pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
            f"--dbname={settings.DATABASES['default']['NAME']}", str(database),
        )  # fmt: skip
        database.unlink()
    shutil.rmtree(settings.DATA_DIR / "keys", ignore_errors=True)
    (aside / MANIFEST).unlink()
    for path in sorted(aside.iterdir()):
        if path != database:
            path.rename(settings.DATA_DIR / path.name)
    if kind == "sqlite3":
        # Last, because a folder with a database counts as in use.
        database.rename(settings.DATABASES["default"]["NAME"])


def _prove(database: Path) -> None:
    with closing(sqlite3.connect(database)) as link:
        [said] = link.execute("PRAGMA quick_check(1)").fetchone()
    if said != "ok":
        raise BackupTrouble(f"备份里的数据库损坏：{said}。数据没有改动")
