"""What has to be done before the first request, and the stamp that says that it was done."""

import hashlib
import json
import subprocess
from collections.abc import Iterable
from pathlib import Path

from house import environment
from house.environment import PROJECT, RUN_LOCK, Trouble, say

STAMP = "prepared.json"
# Far quicker than starting Django; the address goes by the environment, where no list of processes shows it.
ASK = """
import os, sys, psycopg
with psycopg.connect(os.environ["LIREN_DATABASE_URL"], connect_timeout=5) as link:
    sys.exit(link.execute("SELECT 1 FROM django_migrations LIMIT 1").fetchone() is None)
"""


def bring_up(data: Path, variables: dict[str, str], *, empty: bool) -> None:
    """Migrate, collect static files and load the demo where that is due."""
    wanted = {"schema": _schema(variables), "static": _static()}
    done = _stamp(data)
    steps = [step for step in wanted if done.get(step) != wanted[step]]
    if not (data / "static").is_dir() and "static" not in steps:
        steps.append("static")
    if "schema" not in steps and _database_may_be_new(data, variables):
        steps.append("schema")
    if "schema" not in done and not empty:
        steps.append("demo")
    if steps:
        _prepare(data, variables, steps)
        (data / STAMP).write_text(json.dumps(wanted))


def _database_may_be_new(data: Path, variables: dict[str, str]) -> bool:
    """A file that is gone is seen at once; behind an address another database may stand, so it is asked."""
    if not variables.get("LIREN_DATABASE_URL"):
        return not (data / "liren.sqlite3").exists()
    asked = subprocess.run([str(environment.python()), "-c", ASK], env=variables, capture_output=True)
    return asked.returncode != 0


def _prepare(data: Path, variables: dict[str, str], steps: list[str]) -> None:
    said = {
        "schema": "整理数据库  database",
        "static": "整理页面文件  static files",
        "demo": "载入演示社区  demo community",
    }
    say("正在准备  Preparing: " + "，".join(said[step] for step in steps) + " …")
    log = data / "logs" / "prepare.log"
    command = [str(environment.python()), str(PROJECT / "manage.py"), "prepare", *steps]
    with log.open("w") as out:
        code = subprocess.run(command, cwd=PROJECT, env=variables, stdout=out, stderr=out).returncode
    if code:
        tail = "\n".join(log.read_text(errors="replace").splitlines()[-12:])
        raise Trouble(
            f"准备工作没有完成，数据没有改动的部分保持原样。详情见 {log}：\n{tail}",
            f"Preparing did not finish; see {log}.",
        )


def _stamp(data: Path) -> dict[str, str]:
    try:
        found = json.loads((data / STAMP).read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _schema(variables: dict[str, str]) -> str:
    """Changes when a migration or a package changes, or another database is named."""
    told = hashlib.sha256(variables.get("LIREN_DATABASE_URL", "").encode())
    for path in _files("migrations/*.py"):
        told.update(path.name.encode() + path.read_bytes())
    return told.hexdigest() + environment.digest(RUN_LOCK)[:12]


def _static() -> str:
    told = hashlib.sha256(environment.digest(RUN_LOCK).encode())
    for path in _files("static/**/*"):
        state = path.stat()
        told.update(f"{path.relative_to(PROJECT)} {state.st_size} {state.st_mtime_ns}\n".encode())
    return told.hexdigest()


def _files(pattern: str) -> Iterable[Path]:
    return sorted(path for path in (PROJECT / "liren").glob(f"*/*/{pattern}") if path.is_file())
