"""A backup is worth what its restoration is: both are run as commands, on both databases."""

import gzip
import io
import json
import os
import subprocess
import sys
import tarfile

import pytest
from house import cluster

from liren.config.backup import BackupTrouble
from liren.config.restoring import restore

from . import tree

# Something sealed with a key, something chained with another, something on the disk.
FILL = """
from pathlib import Path
from django.conf import settings
from liren.core.audit.actions import record
from liren.core.areas.models import Area
from liren.core.privacy import cipher
record("test.filled", by=None, times=1)
folder = Path(settings.DATA_DIR) / "documents" / "ab"
folder.mkdir(parents=True)
(folder / "roster").write_bytes(cipher.seal("梧桐家园"))
(folder / "half.part").write_bytes(b"not yet whole")
"""
READ = """
from pathlib import Path
from django.conf import settings
from liren.core.audit.models import Trace
from liren.core.privacy import cipher
folder = Path(settings.DATA_DIR) / "documents" / "ab"
print(cipher.unseal((folder / "roster").read_bytes()), Trace.objects.filter(action="test.filled").count())
print(sorted(path.name for path in folder.iterdir()))
"""
CREATE = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute('CREATE DATABASE {}')
    cursor.execute('CREATE DATABASE {}')
"""


def manage(data, *arguments, url="", code=0):
    done = subprocess.run(
        [sys.executable, "manage.py", *map(str, arguments)],
        cwd=tree.ROOT,
        env={
            **os.environ,
            "LIREN_DATA": str(data),
            "LIREN_DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "liren.config.settings",
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def made(data, url=""):
    manage(data, "migrate", "--verbosity=0", url=url)
    manage(data, "shell", "--no-imports", "-c", FILL, url=url)


@pytest.fixture
def refused(tmp_path, settings):
    """Asks, within this process, for a restoration that has to be refused; returns what was said."""
    settings.DATA_DIR = tmp_path / "new"
    settings.DATA_DIR.mkdir()

    def ask(archive, **given):
        with pytest.raises(BackupTrouble) as trouble:
            restore(archive, **given)
        assert not list(settings.DATA_DIR.iterdir()), "something was left behind"
        return str(trouble.value)

    return ask


def archive_of(folder):
    [archive] = folder.glob("liren-*.tar.gz")
    return archive


def altered(archive, target, name, change):
    """A copy of an archive with one file changed by a function; None leaves the file out."""
    with tarfile.open(archive) as source, tarfile.open(target, "w:gz") as copy:
        for entry in source:
            content = source.extractfile(entry).read()
            content = change(content) if entry.name == name else content
            if content is not None:
                entry.size = len(content)
                copy.addfile(entry, io.BytesIO(content))
    return target


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A data folder on SQLite, and its backups with and without keys; made once, only read."""
    place = tmp_path_factory.mktemp("house")
    made(place / "var")
    manage(place / "var", "backup", place / "whole")
    manage(place / "var", "backup", place / "keyless", "--without-keys")
    return place


def test_what_was_backed_up_comes_back_on_sqlite(house, tmp_path):
    archive = archive_of(house / "whole")
    assert archive.stat().st_mode & 0o077 == 0
    assert "校验无误" in manage(tmp_path / "new", "restore", archive)
    assert manage(tmp_path / "new", "shell", "--no-imports", "-c", READ) == "梧桐家园 1\n['roster']\n"
    assert "完整" in manage(tmp_path / "new", "verify_trace")


@pytest.mark.skipif(cluster.binaries() is None, reason="no PostgreSQL binaries (apt install postgresql)")
def test_what_was_backed_up_comes_back_on_postgresql(house, tmp_path):
    with cluster.throw_away(cluster.binaries()) as url:
        manage(tmp_path, "shell", "--no-imports", "-c", CREATE.format("one", "two"), url=url)
        one, two = (url.replace("/postgres?", f"/{name}?") for name in ("one", "two"))
        made(tmp_path / "var", one)
        manage(tmp_path / "var", "backup", tmp_path / "out", url=one)
        archive = archive_of(tmp_path / "out")
        assert "已有表" in manage(tmp_path / "used", "restore", archive, url=one, code=1)
        assert "SQLite" in manage(tmp_path / "other", "restore", archive, code=1)
        manage(tmp_path / "new", "restore", archive, url=two)
        read = manage(tmp_path / "new", "shell", "--no-imports", "-c", READ, url=two)
        assert read == "梧桐家园 1\n['roster']\n"
        assert "完整" in manage(tmp_path / "new", "verify_trace", url=two)


def test_a_folder_in_use_is_left_alone(house):
    assert "不是空的" in manage(house / "var", "restore", archive_of(house / "whole"), code=1)


def test_without_keys_the_very_keys_are_asked_for(house, tmp_path, refused):
    archive = archive_of(house / "keyless")
    assert not [name for name in tarfile.open(archive).getnames() if name.startswith("keys/")]
    assert "不含密钥" in refused(archive)
    strange = tmp_path / "strange"
    strange.mkdir()
    for key in (house / "var" / "keys").iterdir():
        (strange / key.name).write_bytes(b"another")
    assert "不是制作这个备份时" in refused(archive, keys=strange)
    manage(tmp_path / "new", "restore", archive, "--keys", house / "var" / "keys")
    assert "梧桐家园" in manage(tmp_path / "new", "shell", "--no-imports", "-c", READ)


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("database.sqlite3", lambda content: content[:-1] + b"x"),
        ("documents/ab/roster", lambda content: None),
        ("manifest.json", lambda content: None),
        ("manifest.json", lambda content: json.dumps({**json.loads(content), "form": 99}).encode()),
    ],
    ids=["altered", "a file short", "no manifest", "of a later form"],
)
def test_an_archive_that_was_altered_is_refused(house, tmp_path, refused, name, change):
    broken = altered(archive_of(house / "whole"), tmp_path / "broken.tar.gz", name, change)
    assert "没有改动" in refused(broken)


def test_an_archive_that_climbs_out_is_refused(tmp_path, refused):
    evil = tmp_path / "evil.tar.gz"
    with tarfile.open(evil, "w:gz") as archive:
        entry = tarfile.TarInfo("../climbed")
        entry.size = 1
        archive.addfile(entry, io.BytesIO(b"x"))
    assert "不是里仁的备份" in refused(evil)
    assert not (tmp_path / "climbed").exists()


def test_a_torn_archive_is_refused(house, tmp_path, refused):
    whole = archive_of(house / "whole").read_bytes()
    torn = tmp_path / "torn.tar.gz"
    for content in (whole[: len(whole) // 2], gzip.compress(b"anything"), b"", b"no archive at all"):
        torn.write_bytes(content)
        assert "没有改动" in refused(torn)


def test_a_backup_does_not_lie_in_what_it_protects(house):
    assert "数据目录之外" in manage(house / "var", "backup", house / "var" / "backups", code=1).replace(
        "里面", "之外"
    )


def test_old_backups_are_dropped_when_asked(house, tmp_path):
    for day in ("20200101-000000", "20200102-000000"):
        (tmp_path / f"liren-{day}.tar.gz").touch()
    (tmp_path / "letter.txt").touch()
    manage(house / "var", "backup", tmp_path, "--keep", 2)
    left = sorted(path.name for path in tmp_path.iterdir())
    assert len(left) == 3 and "liren-20200102-000000.tar.gz" in left and "letter.txt" in left


def test_check_deploy_names_what_is_missing(house, tmp_path):
    said = manage(house / "var", "check_deploy", code=1)
    for wanted in ("LIREN_HOSTS", "LIREN_TLS", "还没有任何账号", "最近一次备份"):
        assert wanted in said
    said = manage(tmp_path / "new", "check_deploy", code=1)
    assert "还没有做过备份" in said and "bin/manage migrate" in said
