"""PDF, Word, Excel: pages and words stay; authors, scripts, attachments and hidden places go or are refused."""

import io
import zipfile
import zlib

import pikepdf
import pytest

from liren.core.documents import cleaning
from liren.core.duty import Refused

from . import files

pytestmark = pytest.mark.django_db


def cleaned(content, name="情况说明"):
    return cleaning.cleaned(content, name=name)


def everything(pdf):
    """Every stream and every object of a PDF as one text."""
    told = [repr(dict(pdf.trailer))]
    for thing in pdf.objects:
        told.append(repr(thing))
        if isinstance(thing, pikepdf.Stream):
            told.append(thing.read_raw_bytes().decode("latin-1"))
    return "\n".join(told)


def test_a_pdf_keeps_its_page_and_nothing_behind_it():
    sent = files.pdf()
    with pikepdf.open(io.BytesIO(sent)) as before:
        told = everything(before)
    traces = (files.MAKER, "SCRIPT", "CARRIED", "LAUNCHED", "/JavaScript", "/Launch", "/Metadata", "Exif")
    assert all(trace in told for trace in traces), "the PDF of the test lacks something"
    clean = cleaned(sent)
    with pikepdf.open(io.BytesIO(clean.content)) as after:
        told = everything(after)
        assert not [trace for trace in (*traces, files.PLACE) if trace in told]
        assert not after.attachments and "/Info" not in after.trailer and "/OpenAction" not in after.Root
        [page] = after.pages
        assert page.Contents.read_bytes() == b"q 200 0 0 150 20 20 cm /Im0 Do Q"
        shown = pikepdf.PdfImage(page.Resources.XObject.Im0).as_pil_image()
        assert shown.size == (60, 40) and not dict(shown.getexif())
    assert clean.kind.key == "pdf"


def test_the_same_pdf_becomes_the_same_bytes():
    assert cleaned(sent := files.pdf()).content == cleaned(sent).content


def test_a_pdf_with_a_password_is_refused_and_one_that_only_forbids_printing_is_not():
    with pytest.raises(Refused, match="加了密码"):
        cleaned(files.pdf(encryption=pikepdf.Encryption(owner="a", user="b")))
    clean = cleaned(files.pdf(encryption=pikepdf.Encryption(owner="a", user="")))
    with pikepdf.open(io.BytesIO(clean.content)) as after:
        assert not after.is_encrypted


def test_a_pdf_that_is_none_is_refused():
    for sent in (b"%PDF-1.7\n" + b"nothing" * 50, files.pdf()[:300]):
        with pytest.raises(Refused, match="没有传完整"):
            cleaned(sent)


def test_what_hangs_around_a_pdf_is_lost():
    assert b"POLYGLOT" not in cleaned(files.pdf() + b"PK\x03\x04 POLYGLOT").content
    with pytest.raises(Refused):
        cleaned(b"MZ POLYGLOT\n" + files.pdf())


def test_a_pdf_that_unpacks_to_far_too_much_is_refused():
    """The list of its objects lies packed in the file, and would fill the memory."""
    packed = zlib.compress(b"\0" * (300 * 1024 * 1024), 9)
    head = b"%%PDF-1.7\n1 0 obj<</Type/XRef/Size 9/W[1 2 1]/Root 2 0 R/Filter/FlateDecode/Length %d>>stream\n"
    sent = head % len(packed) + packed + b"\nendstream endobj\nstartxref\n9\n%%EOF"
    with pytest.raises(Refused):
        cleaned(sent)


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None and not archive.comment
        return {part.filename: archive.read(part) for part in archive.infolist()}


def test_a_text_keeps_its_words_and_forgets_its_author():
    before, after = parts_of_sent(files.docx()), parts_of(cleaned(files.docx()).content)
    assert before.keys() == after.keys()
    assert after["word/document.xml"] == before["word/document.xml"]
    everything = b"".join(after.values())
    assert not [word for word in files.SECRETS if word in everything]
    assert b"https://liren.example/" in everything and b"evil.example" not in everything


def parts_of_sent(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {part.filename: archive.read(part) for part in archive.infolist()}


def test_a_workbook_forgets_on_whose_computer_it_lay():
    clean = cleaned(files.xlsx())
    assert clean.kind.key == "xlsx"
    everything = b"".join(parts_of(clean.content).values())
    assert not [word for word in files.SECRETS if word in everything] and b"<sheets/>" in everything


def test_pictures_inside_still_open():
    from PIL import Image

    after = parts_of(cleaned(files.docx()).content)
    for name in ("word/media/image1.jpeg", "word/media/image2.png"):
        image = Image.open(io.BytesIO(after[name]))
        image.load()
        assert image.size == (60, 40) and not dict(image.getexif())


@pytest.mark.parametrize(
    "part",
    [
        "word/vbaProject.bin",
        "word/activeX/activeX1.xml",
        "word/embeddings/oleObject1.bin",
        "xl/macrosheets/a.xml",
    ],
)
def test_what_could_run_is_refused(part):
    with pytest.raises(Refused, match="宏或程序"):
        cleaned(files.docx({part: b"x"}))


def test_a_renamed_macro_text_is_refused():
    types = '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    with pytest.raises(Refused, match="宏"):
        cleaned(files.docx({"[Content_Types].xml": types}))


def test_bombs_and_other_archives_are_refused():
    with pytest.raises(Refused, match="压缩炸弹"):
        cleaned(files.docx({"word/big.xml": b" " * (60 * 1024 * 1024)}))
    with pytest.raises(Refused, match="压缩炸弹"):
        cleaned(files.docx({f"word/{n}.xml": b"" for n in range(5001)}))
    with pytest.raises(Refused, match="先解压"):
        cleaned(files.package({"照片.jpg": files.jpeg()}))
    with pytest.raises(Refused, match="演示文稿"):
        cleaned(files.package({"[Content_Types].xml": "", "ppt/presentation.xml": ""}))
    with pytest.raises(Refused, match="部件不正常"):
        cleaned(files.docx({"../../etc/cron.d/x": b""}))
    with pytest.raises(Refused, match="没有传完整"):
        cleaned(files.docx()[:400])


def test_a_packed_file_that_lies_about_its_size_is_refused():
    sent = bytearray(files.docx({"word/big.xml": b" " * 2_000_000}))
    # The directory at the end says how large each part is; there it says ten bytes.
    place = sent.rindex(b"word/big.xml") - 46
    sent[place + 24 : place + 28] = (10).to_bytes(4, "little")
    with pytest.raises(Refused, match="没有传完整"):
        cleaned(bytes(sent))
