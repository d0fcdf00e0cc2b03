"""What a file is: by its first bytes alone, and a sentence that helps for whatever is not taken."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from liren.core.documents import cleaning, receiving
from liren.core.documents.models import Document
from liren.core.duty import Refused

from . import files

pytestmark = pytest.mark.django_db

STRANGE = {
    "照片.jpg": (b"<html><script>alert(1)</script></html>", "是网页"),
    "图标.png": (b'\xef\xbb\xbf <?xml version="1.0"?><svg onload="alert(1)"/>', "SVG"),
    "IMG_1.HEIC": (b"\0\0\0\x24ftypheic\0\0\0\0", "兼容性最佳"),
    "语音.amr": (b"\x02#!SILK_V3" + b"\0" * 50, "微信的原始语音"),
    "扫描.tif": (b"II*\0" + b"\0" * 50, "TIFF"),
    "图.jpg": (b"BM" + b"\0" * 50, "BMP"),
    "材料.zip": (b"Rar!\x1a\x07", "先解压"),
    "照片.png": (b"MZ\x90\0", "是程序"),
    "录像.mp4": (b"\x1aE\xdf\xa3" + b"\0" * 50, "MP4"),
    "文.doc": (b"{\\rtf1}", "RTF"),
    "不知道": (b"\0\1\2\3" * 20, "不知道是什么文件"),
    "名单.csv": ("姓名,电话".encode(), "不知道是什么文件"),
    "空": (b"", "是空文件"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_not_taken_is_refused_with_what_to_do(name):
    content, why = STRANGE[name]
    with pytest.raises(Refused, match=why) as said:
        cleaning.cleaned(content, name=name)
    assert f"「{name}」" in str(said.value)


def test_names_prove_nothing():
    clean = cleaning.cleaned(files.jpeg(), name="合同.pdf")
    assert clean.kind.key == "jpeg"
    assert Document(name="合同.pdf", suffix=clean.kind.suffix).file_name == "合同.jpg"


@pytest.mark.parametrize(
    ("name", "saved_as"),
    [
        ("a.b.jpeg", "a.b.png"), ("照片", "照片.png"), ("第1.楼道", "第1.楼道.png"), ("v1.20260714", "v1.20260714.png"),
    ],
)  # fmt: skip
def test_the_ending_follows_the_content(name, saved_as):
    assert Document(name=name, suffix=".png").file_name == saved_as


def test_each_family_has_its_limit(monkeypatch):
    monkeypatch.setattr(cleaning, "MB", 50)
    for content, advice in ((files.jpeg(), "请缩小"), (files.pdf(), "请拆开"), (files.mp3(), "请剪短")):
        with pytest.raises(Refused, match=advice):
            cleaning.cleaned(content, name="附件")


def sent(name, content=b"x"):
    return SimpleUploadedFile(name, content)


def test_uploads_are_counted_and_measured_before_they_are_read():
    with pytest.raises(Refused, match="一次最多传 9 个"):
        receiving.uploads([sent("a.jpg")] * 10)
    huge = sent("a.mp4")
    huge.size = 61 * 1024 * 1024
    huge.file = None
    with pytest.raises(Refused, match=r"「a\.mp4」超过 60 MB"):
        receiving.uploads([huge])


def test_names_come_without_folders():
    file = sent("x")
    for given, kept in (
        ("C:\\fakepath\\楼道.jpg", "楼道.jpg"),
        ("../../etc/x", "x"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("", "附件"),
    ):
        file._name = given
        assert receiving.name_of(file) == kept


def test_one_bad_file_refuses_the_whole_drop():
    good, bad = sent("好.jpg", files.jpeg()), sent("坏.jpg", b"<html>")
    with pytest.raises(Refused, match="坏"):
        receiving.cleaned_uploads([good, bad])
    [(name, clean)] = receiving.cleaned_uploads([good])
    assert name == "好.jpg" and clean.kind.key == "jpeg"


def test_iphones_are_not_asked_for_heic():
    assert "image/*" not in receiving.accepted() and "heic" not in receiving.accepted()
