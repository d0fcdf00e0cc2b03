"""Guarded work (受限进程): run the opening of strangers' files in a child with bounded memory and time.

A parser that panics, hangs or eats memory then costs one child and one sentence, never the server.
"""

import contextlib
import gc
import importlib
import os
import pickle
import resource
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from .safety import RESAVE, Unreadable

# 100,000 rows of 25 columns need about 400 MB of address space and 6 s; the rest is room for slow machines.
MEMORY_BYTES = 1536 * 1024 * 1024
CPU_SECONDS = 60
WALL_SECONDS = 120
HEADER = struct.Struct(">cQ")
ITEM, REFUSED, BROKEN, DONE = b"I", b"R", b"B", b"D"
ROOT = Path(__file__).resolve().parents[3]
TOO_MUCH = "文件太大或结构不正常，在限定的内存和时间内没能读完，请删去空白行列、拆分后再导入。"


def stream(target: str, *args: Any, seconds: int = WALL_SECONDS, memory: int = MEMORY_BYTES) -> Iterator[Any]:
    """What the generator `package.module:function` yields for these arguments, made in a guarded child."""
    command = [sys.executable, "-c", "from liren.core.sheets.guarded import serve; serve()"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    child = subprocess.Popen(  # noqa: S603 – our own interpreter and code, no shell
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    )
    alarm = threading.Timer(seconds, child.kill)
    alarm.daemon = True
    alarm.start()
    try:
        if child.stdin is None or child.stdout is None:
            raise Unreadable(TOO_MUCH)
        with contextlib.suppress(BrokenPipeError):
            child.stdin.write(pickle.dumps((target, args, memory)))
            child.stdin.close()
        yield from _frames(child.stdout)
    finally:
        alarm.cancel()
        child.kill()
        child.stdout.close()  # type: ignore[union-attr]
        child.wait()


def _frames(pipe: IO[bytes]) -> Iterator[Any]:
    while True:
        head = pipe.read(HEADER.size)
        if len(head) < HEADER.size:
            raise Unreadable(TOO_MUCH)
        tag, length = HEADER.unpack(head)
        body = pipe.read(length)
        if len(body) < length:
            raise Unreadable(TOO_MUCH)
        if tag == DONE:
            return
        if tag == ITEM:
            yield pickle.loads(body)  # noqa: S301 – written by our own child
        elif tag == REFUSED:
            raise Unreadable(body.decode())
        else:
            raise Unreadable(f"文件已损坏或格式不正确，无法打开，{RESAVE}")


def serve() -> None:
    """The child: read the order, set the limits, work, send frames."""
    # millions of cells hold no cycles: looking for them would double the time
    gc.disable()
    out = os.fdopen(os.dup(1), "wb", buffering=1024 * 1024)
    os.dup2(2, 1)
    target, args, memory = pickle.load(sys.stdin.buffer)  # noqa: S301 – written by our own parent
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _send(out, *_work(out, target, args))
    out.flush()
    os._exit(0)


def _work(out: IO[bytes], target: str, args: tuple[Any, ...]) -> tuple[bytes, bytes]:
    module, _, function = target.partition(":")
    try:
        for item in getattr(importlib.import_module(module), function)(*args):
            _send(out, ITEM, pickle.dumps(item, protocol=5))
    except Unreadable as refusal:
        return REFUSED, str(refusal).encode()
    except MemoryError:
        return REFUSED, TOO_MUCH.encode()
    # A panic of a Rust parser is no Exception; whatever breaks here, the parent must get its sentence.
    except BaseException as fault:
        return BROKEN, type(fault).__name__.encode()
    return DONE, b""


def _send(out: IO[bytes], tag: bytes, body: bytes) -> None:
    out.write(HEADER.pack(tag, len(body)))
    out.write(body)


@contextlib.contextmanager
def without_collector() -> Iterator[None]:
    """Build many small objects at once without the garbage collector walking over them again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
