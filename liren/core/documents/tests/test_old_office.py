"""Old Word and Excel: authors are blanked where they lie, and whatever could run is refused."""

import io
import struct

import olefile
import pytest

from liren.core.documents import cleaning
from liren.core.duty import Refused

from . import containers, files

pytestmark = pytest.mark.django_db
SUMMARY = "\x05SummaryInformation"


def cleaned(streams):
    return cleaning.cleaned(containers.container(streams), name="通知.doc")


def test_a_text_keeps_its_words_and_forgets_its_author():
    streams = {"WordDocument": containers.document(), SUMMARY: containers.summary(files.MAKER)}
    with olefile.OleFileIO(io.BytesIO(containers.container(streams))) as before:
        assert before.get_metadata().author == files.MAKER.encode()
    clean = cleaned(streams)
    with olefile.OleFileIO(io.BytesIO(clean.content)) as after:
        assert after.get_metadata().author is None
        assert b"words" in after.openstream("WordDocument").read()
    assert clean.kind.key == "doc" and files.MAKER.encode() not in clean.content


def test_a_workbook_forgets_who_had_it_open():
    clean = cleaned({"Workbook": containers.workbook(files.MAKER.encode())})
    assert clean.kind.key == "xls" and files.MAKER.encode() not in clean.content


@pytest.mark.parametrize("name", ["Macros", "_VBA_PROJECT_CUR", "\x01Ole10Native"])
def test_what_could_run_is_refused(name):
    with pytest.raises(Refused, match="宏或程序"):
        cleaned({"WordDocument": containers.document(), name: b"x"})


@pytest.mark.parametrize(
    "streams",
    [
        {"EncryptedPackage": b"x"},
        {"WordDocument": containers.document(flags=0x0100)},
        {"Workbook": containers.workbook(b"a", struct.pack("<HH", 0x2F, 2) + b"\0\0")},
    ],
)
def test_what_has_a_password_is_refused(streams):
    with pytest.raises(Refused, match="先取消密码"):
        cleaned(streams)


def test_other_containers_and_broken_ones_are_refused():
    with pytest.raises(Refused, match="不是 Word 也不是 Excel"):
        cleaned({"PowerPoint Document": b"x"})
    with pytest.raises(Refused, match="没有传完整"):
        cleaning.cleaned(containers.container({"WordDocument": b"x"})[:600], name="通知.doc")
