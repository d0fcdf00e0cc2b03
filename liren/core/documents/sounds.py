"""Sound (录音): only what sounds is copied, frame by frame or block by block; titles, pictures and places stay behind."""

import struct
from collections.abc import Callable, Iterator

from liren.core.duty import Refused

from .kinds import KINDS, Clean
from .ogg import clean_ogg

# MPEG audio, layer III: kilobits by index, for version 1 and for 2 and 2.5; samples per second by version.
RATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
RATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
SAMPLES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
ADTS_SAMPLES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
# Bytes of a frame of AMR by its mode, the leading byte included; twenty milliseconds each.
AMR = {0: 13, 1: 14, 2: 16, 3: 18, 4: 20, 5: 21, 6: 27, 7: 32, 8: 6, 15: 1}
AMR_WB = {0: 18, 1: 24, 2: 33, 3: 37, 4: 41, 5: 47, 6: 51, 7: 59, 8: 61, 9: 6, 14: 1, 15: 1}
AMR_HEADS = {b"#!AMR\n": AMR, b"#!AMR-WB\n": AMR_WB}
FEWEST_FRAMES = 3
# How far to look for the next frame where a recording has a gap.
GAP = 8192

# How many bytes a frame has, and how many seconds.
Frame = tuple[int, float]
Measure = Callable[[bytes, int], Frame | None]


def clean_sound(content: bytes, key: str, *, name: str) -> Clean:
    """The recording alone, and how long it is. Refuses what has too little sound in it."""
    cleaners = {"amr": _amr, "wav": _wav, "ogg": clean_ogg}
    try:
        if key in cleaners:
            kept, seconds = cleaners[key](content)
        else:
            kept, seconds = _framed(content, key)
    except (struct.error, IndexError, ValueError, ZeroDivisionError):
        raise Refused(f"「{name}」没有传完整，或者录音本身坏了。请放一遍听听，重新传一次") from None
    return Clean(kept, KINDS[key], seconds=max(1, round(seconds)))


def _framed(content: bytes, key: str) -> tuple[bytes, float]:
    """MP3 and AAC: frames that follow one another; what lies between, before and behind them is dropped."""
    frames = list(_frames(content, _mp3_frame if key == "mp3" else _aac_frame))
    sounding = sum(end - start for start, end, _ in frames)
    if len(frames) < FEWEST_FRAMES or sounding * 2 < len(content) - _tag_before(content):
        raise ValueError("hardly any sound")
    return b"".join(content[start:end] for start, end, _ in frames), sum(took for _, _, took in frames)


def _frames(content: bytes, measure: Measure) -> Iterator[tuple[int, int, float]]:
    at, lost = _tag_before(content), 0
    while at + 4 <= len(content) and lost <= GAP:
        found = measure(content, at)
        end = at + found[0] if found else 0
        if found and (end == len(content) or (end < len(content) and (not lost or measure(content, end)))):
            yield at, end, found[1]
            at, lost = end, 0
        else:
            at, lost = at + 1, lost + 1


def _tag_before(content: bytes) -> int:
    """How long the notes before the sound are (ID3v2)."""
    if content[:3] != b"ID3" or len(content) < 10:
        return 0
    size = 0
    for byte in content[6:10]:
        size = size << 7 | byte & 0x7F
    return min(size + 10, len(content))


def _mp3_frame(content: bytes, at: int) -> Frame | None:
    if content[at] != 0xFF or content[at + 1 : at + 2] < b"\xe0" or at + 4 > len(content):
        return None
    second, third = content[at + 1], content[at + 2]
    version, layer, rate, sampling = second >> 3 & 3, second >> 1 & 3, third >> 4, third >> 2 & 3
    if version == 1 or layer != 1 or rate in (0, 15) or sampling == 3:
        return None
    bits = (RATES_1 if version == 3 else RATES_2)[rate] * 1000
    samples, per_frame = SAMPLES[version][sampling], 1152 if version == 3 else 576
    return per_frame // 8 * bits // samples + (third >> 1 & 1), per_frame / samples


def _aac_frame(content: bytes, at: int) -> Frame | None:
    if at + 7 > len(content) or content[at] != 0xFF or content[at + 1] & 0xF6 != 0xF0:
        return None
    sampling = content[at + 2] >> 2 & 15
    size = (content[at + 3] & 3) << 11 | content[at + 4] << 3 | content[at + 5] >> 5
    if sampling >= len(ADTS_SAMPLES) or size < 8:
        return None
    return size, 1024 / ADTS_SAMPLES[sampling]


def _amr(content: bytes) -> tuple[bytes, float]:
    head = content[: content.index(b"\n") + 1]
    sizes, at, frames = AMR_HEADS.get(head), len(head), 0
    if sizes is None:
        raise ValueError("more than one channel")
    while at < len(content):
        size = sizes.get(content[at] >> 3 & 15)
        if content[at] & 0x83 or size is None or at + size > len(content):
            break
        at, frames = at + size, frames + 1
    if frames < FEWEST_FRAMES or at * 2 < len(content):
        raise ValueError("hardly any sound")
    return content[:at], frames / 50


def _wav(content: bytes) -> tuple[bytes, float]:
    """Format and sound; notes, names and whatever else lies in the file are left out."""
    kept, at, seconds, per_second = [], 12, 0.0, 0
    while at + 8 <= len(content):
        kind, size = struct.unpack_from("<4sI", content, at)
        body = content[at + 8 : at + 8 + size]
        if kind in (b"fmt ", b"fact", b"data"):
            kept.append(struct.pack("<4sI", kind, len(body)) + body + b"\0" * (len(body) % 2))
        if kind == b"fmt ":
            per_second = struct.unpack_from("<I", body, 8)[0]
        if kind == b"data":
            seconds = len(body) / per_second
        at += 8 + size + size % 2
    if not seconds:
        raise ValueError("no sound")
    inside = b"WAVE" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(inside)) + inside, seconds
