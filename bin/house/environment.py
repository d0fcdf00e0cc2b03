"""The environment: one folder with a Python and exactly the packages of the lock, made when it is missing or old."""

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
RUN_LOCK = "requirements.lock"
# Holds everything of RUN_LOCK too, so that either can be installed alone.
DEV_LOCK = "requirements-dev.lock"
STAMP = "liren-installed.json"


class Trouble(Exception):
    """Something the person at the keyboard has to mend: one sentence in Chinese, one in English."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese}\n{english}")


def say(*lines: str) -> None:
    print(*lines, sep="\n", flush=True)


def folder() -> Path:
    return Path(os.environ.get("LIREN_ENV") or PROJECT / ".venv").absolute()


def python() -> Path:
    return folder() / "bin" / "python"


def tool_path() -> str:
    """A PATH on which the environment's programs come first."""
    return f"{folder() / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"


def digest(lock: str) -> str:
    return hashlib.sha256((PROJECT / lock).read_bytes()).hexdigest()


def installed() -> dict[str, str]:
    try:
        found = json.loads((folder() / STAMP).read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def is_ready(lock: str = RUN_LOCK) -> bool:
    return python().exists() and installed().get(lock) == digest(lock)


def ensure(lock: str = RUN_LOCK) -> None:
    """Make the environment hold what `lock` asks for; does nothing when it already does."""
    if is_ready(lock):
        return
    with _alone():
        if is_ready(lock):
            return
        _make_folder()
        say(
            f"正在安装依赖（{lock}），第一次大约需要一分钟…  Installing packages, about a minute the first time…"
        )
        _install(lock)
        locks = [RUN_LOCK] if lock == RUN_LOCK else [RUN_LOCK, DEV_LOCK]
        (folder() / STAMP).write_text(json.dumps({name: digest(name) for name in locks}))


@contextmanager
def _alone() -> Iterator[None]:
    """Two starts at once must not install into one folder."""
    place = folder()
    try:
        place.mkdir(parents=True, exist_ok=True)
        handle = (place / "liren-install.lock").open("w")
    except OSError as error:
        raise Trouble(
            f"无法写入环境目录 {place}：{error.strerror}。可以用环境变量 LIREN_ENV 指定另一个目录。",
            f"The environment folder {place} cannot be written: {error.strerror}. LIREN_ENV can name another.",
        ) from None
    with handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def working_uv() -> str | None:
    found = shutil.which("uv")
    # A version manager may leave a stand-in that does nothing but complain.
    works = found and subprocess.run([found, "--version"], capture_output=True).returncode == 0
    return found if works else None


def _make_folder() -> None:
    if python().exists() and _runs():
        return
    command = [sys.executable, "-m", "venv"]
    if (folder() / "pyvenv.cfg").exists():
        command.append("--clear")
    if working_uv():
        command.append("--without-pip")
    elif importlib.util.find_spec("ensurepip") is None:
        raise Trouble(
            "这个 Python 缺少 venv 模块。Debian/Ubuntu 上请先运行：apt install python3-venv",
            "This Python has no venv module. On Debian or Ubuntu run: apt install python3-venv",
        )
    say(f"正在创建运行环境 {folder()}  Making the environment")
    _run([*command, str(folder())])


def _runs() -> bool:
    """Whether its Python still starts: the system's own may have been upgraded away from under it."""
    probe = "import sys; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([str(python()), "-c", probe], capture_output=True).returncode == 0


def _install(lock: str) -> None:
    wanted = ["--require-hashes", "--only-binary", ":all:", "-r", str(PROJECT / lock)]
    uv = working_uv()
    if uv:
        command = [uv, "pip", "install", "--quiet", "--python", str(python()), *wanted]
        if subprocess.run(command, cwd=PROJECT).returncode == 0:
            return
        # pip may know a mirror that uv was never told about.
        say("uv 没有装成，改用 pip  uv did not manage, trying pip")
    if subprocess.run([str(python()), "-m", "pip", "--version"], capture_output=True).returncode:
        _run([str(python()), "-m", "ensurepip", "--upgrade"])
    _run(
        [
            str(python()),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-input",
            *wanted,
        ]
    )


def _run(command: list[str]) -> None:
    done = subprocess.run(command, cwd=PROJECT)
    if done.returncode:
        raise Trouble(
            f"安装没有完成（{' '.join(command[:4])} …，退出码 {done.returncode}）。请检查网络、磁盘空间和上面的提示，"
            "再运行一次即可接着安装；国内可先设置 PIP_INDEX_URL 为就近的镜像。",
            "The installation did not finish. Check network, disk space and the lines above, then run it again.",
        )
