"""PNG made small: 256 colours are enough for pages of text; the standard library is enough to do it."""

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

COLOURS = 256


def smaller(png: bytes) -> bytes:
    """The same picture with at most 256 colours."""
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    if (depth, kind) not in {(8, 2), (8, 6)}:
        return png
    pixels = _pixels(png, width, height, 3 if kind == 2 else 4)
    palette, place = _palette(pixels)
    rows = b"".join(b"\0" + bytes(map(place.__getitem__, row)) for row in pixels)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = (
        (b"IHDR", header),
        (b"PLTE", b"".join(palette)),
        (b"IDAT", zlib.compress(rows, 9)),
        (b"IEND", b""),
    )
    return png[:8] + b"".join(map(_chunk, *zip(*parts, strict=True)))


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _palette(pixels: list[list[bytes]]) -> tuple[list[bytes], dict[bytes, int]]:
    """The colours most used, and for each colour the nearest of them."""
    used = Counter(pixel for row in pixels for pixel in row)
    palette = [colour for colour, _ in used.most_common(COLOURS)]
    place = {colour: at for at, colour in enumerate(palette)}
    for colour in used:
        if colour not in place:
            place[colour] = min(range(len(palette)), key=lambda at: _apart(palette[at], colour))
    return palette, place


def _apart(one: bytes, other: bytes) -> int:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2


def _pixels(png: bytes, width: int, height: int, size: int) -> list[list[bytes]]:
    raw, line = zlib.decompress(b"".join(_data(png))), width * size
    rows: list[list[bytes]] = []
    above = bytearray(line)
    for y in range(height):
        at = y * (line + 1)
        row = bytearray(raw[at + 1 : at + 1 + line])
        _unfilter(raw[at], row, above, size)
        rows.append([bytes(row[x : x + 3]) for x in range(0, line, size)])
        above = row
    return rows


def _data(png: bytes) -> Iterator[bytes]:
    at = 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] == b"IDAT":
            yield png[at + 8 : at + 8 + length]
        at += length + 12


def _unfilter(kind: int, row: bytearray, above: bytearray, size: int) -> None:
    """Takes the filter off a row in place: none, left, above, mean of both, Paeth."""
    if kind == 0:
        return
    for at in range(len(row)):
        left, corner = (row[at - size], above[at - size]) if at >= size else (0, 0)
        guess = (left, above[at], (left + above[at]) // 2, _paeth(left, above[at], corner))[kind - 1]
        row[at] = (row[at] + guess) & 255


def _paeth(left: int, above: int, corner: int) -> int:
    guess = left + above - corner
    return min((left, above, corner), key=lambda value: abs(guess - value))
