"""Visitors (访客): many browsers in one process, each with its own pause between two looks; nothing but sockets.

A client of its own, because the two cores are shared with the server: a heavier one would measure itself.
"""

import asyncio
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

TOKEN = "a" * 32


@dataclass(frozen=True)
class Ask:
    """One request: what it is called in the figures, where it goes, and what it sends."""

    name: str
    path: str
    body: str = ""


@dataclass
class Told:
    """What the answers came to."""

    seconds: float = 0.0
    times: dict[str, list[float]] = field(default_factory=dict)
    errors: dict[str, int] = field(default_factory=dict)


async def _answer(reader: asyncio.StreamReader) -> int:
    """The status of one answer, its content read to the end."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    if "content-length:" in head:
        await reader.readexactly(int(head.split("content-length:")[1].split("\r\n")[0]))
    elif "transfer-encoding: chunked" in head:
        while size := int((await reader.readline()).strip() or b"0", 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    return status


async def _visit(
    port: int, cookies: str, asks: Iterator[Ask], pause: float, end: float, told: Told, dice: Random
) -> None:
    reader = writer = None
    await asyncio.sleep(dice.random() * pause)
    while (begun := time.monotonic()) < end:
        ask = next(asks)
        try:
            if writer is None:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(_request(ask, cookies))
            status = await asyncio.wait_for(_answer(reader), 30)  # type: ignore[arg-type]
            told.times.setdefault(ask.name, []).append(time.monotonic() - begun)
            if status >= 400:
                told.errors[f"{ask.name} {status}"] = told.errors.get(f"{ask.name} {status}", 0) + 1
        except (OSError, asyncio.IncompleteReadError, TimeoutError) as trouble:
            name = f"{ask.name} {type(trouble).__name__}"
            told.errors[name] = told.errors.get(name, 0) + 1
            writer = None
        await asyncio.sleep(dice.expovariate(1 / pause) if pause else 0)
    if writer is not None:
        writer.close()


def _request(ask: Ask, cookies: str) -> bytes:
    body = f"csrfmiddlewaretoken={TOKEN}&{ask.body}".encode() if ask.body else b""
    head = [
        f"{'POST' if body else 'GET'} {ask.path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Cookie: csrftoken={TOKEN}; {cookies}",
    ]
    if body:
        head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join([*head, "", ""]).encode() + body


def visit(
    port: int, visitors: list[tuple[str, Callable[[Random], Iterator[Ask]]]], *, pause: float, seconds: float
) -> Told:
    """Lets all visitors in at once for so many seconds; `pause` is the mean rest of each between two looks."""
    told = Told()

    async def everybody() -> None:
        end = time.monotonic() + seconds
        await asyncio.gather(
            *(
                _visit(port, cookies, asks(dice := Random(n)), pause, end, told, dice)
                for n, (cookies, asks) in enumerate(visitors)
            )
        )

    begun = time.monotonic()
    asyncio.run(everybody())
    told.seconds = time.monotonic() - begun
    return told
