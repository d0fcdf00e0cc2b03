"""M4A, MP4, MOV (苹果和安卓的录音、短视频): boxes that hold notes are emptied where they lie, so that nothing moves.

A phone writes into such a file where it was, when, and what it is called; and beside picture and sound it may keep a
track of its own with what its sensors saw. Emptied boxes keep their length, and the rest of the file its places.
"""

import struct
from collections.abc import Iterator

from liren.core.duty import Refused

from .kinds import KINDS, Clean

TOP = {b"ftyp", b"moov", b"mdat", b"moof", b"mfra", b"sidx", b"styp", b"wide", b"free"}
NOTES = {b"udta", b"meta", b"uuid", b"XMP_", b"free", b"skip"}
INNER = {b"moov", b"trak", b"mdia"}
# Boxes that begin with version and flags, then when the thing was made and changed.
TIMED = {b"mvhd", b"tkhd", b"mdhd"}
SEEN, HEARD = b"vide", b"soun"
MOST_BOXES = 50_000
MOST_SAMPLES = 2_000_000

Box = tuple[bytes, int, int, int]


def clean_movie(content: bytes, *, name: str) -> Clean:
    """A recording or a short film without its notes. Refuses what is broken, and what shows and says nothing."""
    room = bytearray(content)
    try:
        movie = _emptied(room)
        tracks = {_handler(room, track): track for track in _inside(room, movie, b"trak")}
        seconds = _seconds(room, next(_inside(room, movie, b"mvhd")))
        if SEEN in tracks:
            width, height = _size(room, next(_inside(room, tracks[SEEN], b"tkhd")))
            kind = KINDS["mov" if content[8:12] == b"qt  " else "mp4"]
            return Clean(bytes(room), kind, width or None, height or None, seconds)
        if HEARD in tracks:
            return Clean(bytes(room), KINDS["m4a"], seconds=seconds)
        raise ValueError("nothing to see or hear")
    except (struct.error, IndexError, ValueError, StopIteration, ZeroDivisionError):
        raise Refused(f"「{name}」没有传完整，或者录音、视频本身坏了。请放一遍看看，重新传一次") from None


def _emptied(room: bytearray) -> Box:
    """Empties every note of the file; the box that describes the whole."""
    movie = None
    for box in list(_boxes(room, 0, len(room))):
        if box[0] == b"moov":
            movie = box
            _empty_notes(room, box)
        if box[0] not in TOP or box[0] == b"free":
            _blank(room, box)
    if movie is None:
        raise ValueError("no description")
    for track in list(_inside(room, movie, b"trak")):
        if _handler(room, track) not in (SEEN, HEARD):
            for start, size in _samples(room, track):
                room[start : start + size] = bytes(size)
            _blank(room, track)
    return movie


def _boxes(room: bytearray, start: int, end: int) -> Iterator[Box]:
    """The boxes of a stretch: kind, where it begins, where its body begins, where it ends. Not one byte is left over."""
    for _ in range(MOST_BOXES):
        if start == end:
            return
        size, kind = struct.unpack_from(">I4s", room, start)
        body = start + 8
        if size == 1:
            size, body = struct.unpack_from(">Q", room, body)[0], body + 8
        stop = end if size == 0 else start + size
        if stop > end or stop < body:
            raise ValueError("a box without an end")
        yield bytes(kind), start, body, stop
        start = stop
    raise ValueError("too many boxes")


def _inside(room: bytearray, box: Box, *path: bytes) -> Iterator[Box]:
    """The boxes at the end of a path below a box."""
    for inner in _boxes(room, box[2], box[3]):
        if inner[0] == path[0]:
            if len(path) == 1:
                yield inner
            else:
                yield from _inside(room, inner, *path[1:])


def _empty_notes(room: bytearray, box: Box) -> None:
    for inner in list(_boxes(room, box[2], box[3])):
        kind, _, body, _ = inner
        if kind in NOTES:
            _blank(room, inner)
        elif kind in TIMED:
            wide = 16 if room[body] == 1 else 8
            room[body + 4 : body + 4 + wide] = bytes(wide)
        elif kind in INNER:
            _empty_notes(room, inner)


def _blank(room: bytearray, box: Box) -> None:
    _, start, body, end = box
    room[start + 4 : start + 8] = b"free"
    room[body:end] = bytes(end - body)


def _handler(room: bytearray, track: Box) -> bytes:
    box = next(_inside(room, track, b"mdia", b"hdlr"), None)
    return bytes(room[box[2] + 8 : box[2] + 12]) if box else b""


def _seconds(room: bytearray, header: Box) -> int | None:
    """How long it is; a film that was written while it ran does not say."""
    wide = room[header[2]] == 1
    scale, length = struct.unpack_from(">IQ" if wide else ">II", room, header[2] + (20 if wide else 12))
    return max(1, round(length / scale)) if length else None


def _size(room: bytearray, header: Box) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", room, header[3] - 8)
    return width >> 16, height >> 16


def _samples(room: bytearray, track: Box) -> Iterator[tuple[int, int]]:
    """Where the samples of a track lie, and how long they are."""
    table = next(_inside(room, track, b"mdia", b"minf", b"stbl"), None)
    if table is None:
        return
    places = _places(room, table)
    sizes = _sizes(room, table)
    runs = [struct.unpack_from(">III", room, at) for at in _rows(room, table, b"stsc", 12)]
    for number, place in enumerate(places, 1):
        many = next((run[1] for run in reversed(runs) if run[0] <= number), 0)
        for _ in range(many):
            size = next(sizes, 0)
            if not 0 <= place <= place + size <= len(room):
                raise ValueError("a sample outside the file")
            yield place, size
            place += size


def _rows(room: bytearray, table: Box, kind: bytes, width: int, skip: int = 4) -> range:
    box = next(_inside(room, table, kind), None)
    if box is None:
        return range(0)
    start = box[2] + skip + 4
    count = struct.unpack_from(">I", room, start - 4)[0]
    if count > MOST_SAMPLES or start + count * width > box[3]:
        raise ValueError("a table without an end")
    return range(start, start + count * width, width)


def _places(room: bytearray, table: Box) -> list[int]:
    narrow = [struct.unpack_from(">I", room, at)[0] for at in _rows(room, table, b"stco", 4)]
    return narrow or [struct.unpack_from(">Q", room, at)[0] for at in _rows(room, table, b"co64", 8)]


def _sizes(room: bytearray, table: Box) -> Iterator[int]:
    box = next(_inside(room, table, b"stsz"), None)
    if box is None:
        return
    same, count = struct.unpack_from(">II", room, box[2] + 4)
    if same:
        yield from (same for _ in range(min(count, MOST_SAMPLES)))
    else:
        for at in _rows(room, table, b"stsz", 4, skip=8):
            yield struct.unpack_from(">I", room, at)[0]
