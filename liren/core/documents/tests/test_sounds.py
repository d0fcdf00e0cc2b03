"""Recordings and short films: the sound stays to the last frame, and what was noted beside it is gone."""

import io
import wave

import pytest

from liren.core.documents import cleaning
from liren.core.documents.ogg import checksum
from liren.core.duty import Refused

from . import files

pytestmark = pytest.mark.django_db


def cleaned(content, name="录音"):
    return cleaning.cleaned(content, name=name)


def silent_about_everything(content):
    return not [word for word in (*files.SECRETS, b"POLYGLOT") if word in content]


def test_mp3_keeps_its_frames_alone():
    tag = b"TAG" + files.MAKER.encode().ljust(125)
    clean = cleaned(files.mp3(before=files.id3(), behind=tag))
    assert clean.content == files.mp3() and clean.kind.key == "mp3" and clean.seconds == 3


def test_aac_keeps_its_frames_alone():
    clean = cleaned(files.aac() + b"POLYGLOT")
    assert (clean.content, clean.kind.key, clean.seconds) == (files.aac(), "aac", 3)


def test_a_gap_in_a_recording_is_closed():
    assert cleaned(files.mp3(60) + b"\0" * 500 + files.mp3(60)).content == files.mp3(120)


@pytest.mark.parametrize(
    "sent", [files.mp3(2), files.id3() + b"MZ" * 4000, files.mp3(9) + b"x" * 9000, b"\xff\xfb\x10\xc4"]
)
def test_what_hardly_sounds_is_refused(sent):
    with pytest.raises(Refused, match="放一遍听听"):
        cleaned(sent)


def test_amr_is_kept_frame_by_frame():
    clean = cleaned(files.amr(behind=b"POLYGLOT"))
    assert (clean.content, clean.kind.mime, clean.seconds) == (files.amr(), "audio/amr", 2)
    with pytest.raises(Refused):
        cleaned(b"#!AMR_MC1.0\n" + b"\x3c" * 500)
    with pytest.raises(Refused):
        cleaned(b"#!AMR\n" + b"MZ<html>" * 50)


def test_wav_keeps_format_and_sound():
    sent = files.wav()
    assert files.MAKER.encode() in sent
    clean = cleaned(sent)
    assert silent_about_everything(clean.content) and clean.seconds == 1
    with wave.open(io.BytesIO(clean.content)) as sound:
        assert (sound.getframerate(), sound.getnframes()) == (8000, 8000)
    for broken in (sent[:20], b"RIFF\0\0\0\0WAVEdata\0\0\0\0"):
        with pytest.raises(Refused):
            cleaned(broken)


@pytest.mark.parametrize("more", [0, 600, 70_000])
def test_opus_loses_its_comments_however_long(more):
    clean = cleaned(files.opus(more=more))
    assert (clean.content, clean.kind.key, clean.seconds) == (files.opus(comment=b""), "ogg", 3)


def test_pages_of_ogg_have_the_checksum_of_the_standard():
    """RFC 3533: CRC-32 with 0x04c11db7, neither mirrored nor inverted; its known value of nine digits."""
    assert checksum(b"123456789") == 0x89A1897F


def test_other_streams_in_ogg_are_refused():
    for sent in (files.opus()[:60], files.opus() + files.opus(), b"OggS" + b"\0" * 300):
        with pytest.raises(Refused):
            cleaned(sent)


def test_a_film_stays_in_place_and_forgets_where_it_was_taken():
    sent = files.movie()
    assert all(word in sent for word in files.SECRETS)
    clean = cleaned(sent)
    assert silent_about_everything(clean.content) and len(clean.content) == len(sent)
    assert b"SOUNDSOUND" in clean.content and clean.content.count(b"trak") == 2
    assert b"\xe8\x75\x4f\x00" not in clean.content, "when it was taken"
    assert (clean.kind.key, clean.width, clean.height, clean.seconds) == ("mp4", 640, 360, 4)


def test_a_film_without_pictures_is_a_recording():
    clean = cleaned(files.movie(b"M4A ", (b"soun",)))
    assert (clean.kind.key, clean.kind.family, clean.width) == ("m4a", "sound", None)
    assert cleaned(files.movie(b"qt  ")).kind.key == "mov"


def test_broken_films_are_refused():
    sent = files.movie()
    for broken in (
        sent[:-3],
        sent[:40],
        files.movie(handlers=(b"meta",)),
        sent[:16] + b"\xff" * 4 + sent[20:],
    ):
        with pytest.raises(Refused, match="放一遍看看"):
            cleaned(broken)
