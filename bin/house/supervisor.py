"""One process that keeps the others running, and takes them along when it goes."""

import contextlib
import ctypes
import http.client
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from house.environment import PROJECT, Trouble, say

TICK = 0.1
# A child that falls this often within a minute before anything was served will not recover by itself.
HOPELESS = 3
LONGEST_PAUSE = 30.0
PATIENCE = 20.0
DAY = 24 * 3600.0
# Long enough after the start to be in nobody's way.
FIRST_DAILY = 600.0
LOG_LIMIT = 10 * 1024 * 1024
LOGS_KEPT = 5


@dataclass
class Child:
    """One program under the supervisor: how it is started, and how long it may take to end."""

    name: str
    command: list[str]
    patience: float
    process: subprocess.Popen[bytes] | None = None
    falls: int = 0
    started: float = 0.0
    again_at: float = field(default=0.0)

    def start(self, log: Path, variables: dict[str, str]) -> None:
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                self.command,
                cwd=PROJECT,
                env=variables,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                # Its own group: Ctrl-C reaches the supervisor alone, which then ends the children in order.
                start_new_session=True,
                preexec_fn=_die_with(os.getpid()),
            )
        self.started = time.monotonic()

    def is_up(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def clear(self) -> None:
        """End whatever is left of its group, a web process without its parent for instance."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            # Its number may soon be another's.
            self.process = None


def _die_with(parent: int) -> Callable[[], None]:
    """For Linux: the child is told to stop when the supervisor is gone, even if it was killed hard."""
    library = ctypes.CDLL(None) if sys.platform == "linux" else None

    def arrange() -> None:
        if library is not None:
            library.prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG
            if os.getppid() != parent:
                os._exit(1)

    return arrange


class Supervisor:
    """Starts the children, says when the house answers, restarts what falls, stops all on a signal."""

    def __init__(
        self, children: list[Child], *, logs: Path, variables: dict[str, str], daily: Child | None = None
    ) -> None:
        self.children = children
        self.logs = logs
        self.variables = variables
        self.log = logs / "serve.log"
        self.signals = 0
        self.ready = False
        self.rotated_at = 0.0
        self.daily = daily
        self.daily_at = time.monotonic() + FIRST_DAILY

    def run(self, host: str, port: int, when_ready: Callable[[], None]) -> int:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        try:
            first, *others = self.children
            first.start(self.log, self.variables)
            for child in others:
                # The processors belong to the first, whom people are waiting for.
                child.again_at = time.monotonic() + PATIENCE
            while not self.signals:
                self._tick()
                if not self.ready and _answers(host, port, self.variables):
                    self.ready = True
                    for child in others:
                        child.again_at = 0.0
                    when_ready()
                time.sleep(TICK)
        finally:
            self._stop()
        say("已停止。  Stopped.")
        return 0

    def _on_signal(self, number: int, frame: object) -> None:
        self.signals += 1

    def _tick(self) -> None:
        now = time.monotonic()
        if now - self.rotated_at > 60:
            self.rotated_at = now
            for log in self.logs.glob("*.log"):
                rotate(log)
        if self.daily:
            self._once_a_day(self.daily, now)
        for child in self.children:
            if child.is_up():
                continue
            if child.process is not None:
                self._fell(child, child.process.returncode, now)
            elif now >= child.again_at:
                child.start(self.log, self.variables)

    def _once_a_day(self, daily: Child, now: float) -> None:
        if now >= self.daily_at:
            self.daily_at = now + DAY
            daily.clear()
            daily.start(self.log, self.variables)
        elif not daily.is_up():
            daily.clear()

    def _fell(self, child: Child, code: int, now: float) -> None:
        child.clear()
        child.falls = child.falls + 1 if now - child.started < 60 else 1
        if not self.ready and child.falls >= HOPELESS:
            tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-15:])
            raise Trouble(
                f"{child.name} 进程连续 {child.falls} 次没能启动，日志 {self.log} 末尾如下：\n{tail}",
                f"The {child.name} process failed to start {child.falls} times; see {self.log}.",
            )
        pause = min(LONGEST_PAUSE, 0.5 * 2 ** (child.falls - 1))
        child.again_at = now + pause
        say(
            f"{child.name} 进程意外退出（{code}），{pause:g} 秒后重启。  It ended unexpectedly and is restarted."
        )

    def _stop(self) -> None:
        asked = self.signals
        if self.daily:
            self.daily.clear()
        for child in self.children:
            child.ask_to_stop()
        if any(child.is_up() for child in self.children):
            say("正在停止…  Stopping… (再按一次 Ctrl-C 立即结束  again to end at once)")
        for child in self.children:
            until = time.monotonic() + child.patience
            while child.is_up() and time.monotonic() < until and self.signals <= asked:
                time.sleep(TICK / 2)
            child.clear()


def _answers(host: str, port: int, variables: dict[str, str]) -> bool:
    name = variables.get("LIREN_HOSTS", "localhost").split(",")[0].lstrip(".")
    link = http.client.HTTPConnection(host, port, timeout=2)
    try:
        link.request("GET", "/healthz", headers={"Host": "localhost" if name == "*" else name})
        return link.getresponse().status == 200
    except OSError:
        return False
    finally:
        link.close()


def rotate(log: Path) -> None:
    """Move a long log aside. Copied and cut, because its writers hold it open and append."""
    if not log.exists() or log.stat().st_size < LOG_LIMIT:
        return
    for number in range(LOGS_KEPT - 1, 0, -1):
        older = log.with_name(f"{log.name}.{number}")
        if older.exists():
            older.rename(log.with_name(f"{log.name}.{number + 1}"))
    shutil.copy2(log, log.with_name(f"{log.name}.1"))
    os.truncate(log, 0)
