"""A PostgreSQL that is thrown away: its own folder, its own socket, no port, nothing to configure."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

# Tests need speed; what is thrown away need not survive a power cut.
HASTY = [
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "shared_buffers=256MB",
    "max_connections=40", "autovacuum=off",
]  # fmt: skip


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL found on this machine."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: _number(path.parts[-3])
    )
    if debian:
        return debian[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0


def unprivileged() -> str | None:
    """Whom to run it as: PostgreSQL refuses to run as root."""
    if os.geteuid():
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in known), None)


@contextmanager
def throw_away(where: Path) -> Iterator[str]:
    """Yields the address of a fresh database; afterwards nothing of it is left."""
    # The path of a socket may be about a hundred letters long, so the folder's name is short.
    folder = Path(tempfile.mkdtemp(prefix="liren-pg-"))
    user = unprivileged()
    if user:
        shutil.chown(folder, user)
    data = folder / "data"
    before = ["runuser", "-u", user, "--"] if user else []
    control = [*before, str(where / "pg_ctl"), "--pgdata", str(data), "--wait", "--silent"]
    try:
        _run([*before, str(where / "initdb"), "--pgdata", str(data), "--username", "liren", "--auth", "trust",
              "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"], folder)  # fmt: skip
        settings = " ".join(f"-c {setting}" for setting in [*HASTY, f"unix_socket_directories={folder}"])
        _run([*control, "--log", str(folder / "log"), "--options", settings, "start"], folder)
        yield f"postgresql://liren@/postgres?host={quote(str(folder), safe='')}"
    finally:
        if (data / "postmaster.pid").exists():
            subprocess.run([*control, "--mode", "immediate", "stop"], cwd=folder, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: list[str], folder: Path) -> None:
    # pg_ctl hands its outputs on to the server, so a pipe would never close: a file takes them.
    with (folder / "said").open("wb") as said:
        code = subprocess.run(command, cwd=folder, stdout=said, stderr=said).returncode
    if code:
        raise RuntimeError((folder / "said").read_text(errors="replace"))
