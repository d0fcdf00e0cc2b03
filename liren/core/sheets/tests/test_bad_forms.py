"""Files that are no blank form: one clear sentence each, and nothing of them runs."""

import io
import zipfile

import openpyxl
import pytest

from liren.core.sheets.forms.leaving import lost_of_old
from liren.core.sheets.forms.opening import MAX_FORM, OLE, open_form
from liren.core.sheets.outgoing import locked
from liren.core.sheets.safety import Unreadable

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CONTENT = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
ENABLED = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def form():
    book = openpyxl.Workbook()
    book.active.append(["花名册"])
    book.active.append(["姓名", "性别"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def package(parts, base=None):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        if base:
            with zipfile.ZipFile(io.BytesIO(base)) as old:
                for name in old.namelist():
                    if name not in parts:
                        archive.writestr(name, old.read(name))
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def old(word):
    return OLE + bytes(504) + word.encode("utf-16-le") + bytes(512)


BAD = {
    "empty": (lambda: b"", "空的"),
    "torn": (lambda: form()[:400], "损坏"),
    "locked": (lambda: locked(form(), "liren-2026"), "密码"),
    "huge": (lambda: b"PK" + bytes(MAX_FORM), "21 MB|20 MB"),
    "bomb": (lambda: package({"xl/worksheets/sheet1.xml": bytes(120 << 20)}, form()), "大得不正常"),
    "old letter": (lambda: old("WordDocument"), "另存为 .docx"),
    "torn old book": (lambda: old("Workbook"), "损坏|不完整"),
    "other old file": (lambda: old("PowerPoint Document"), "不是电子表格"),
    "slides": (lambda: package({"ppt/presentation.xml": "<a/>"}), "演示文稿"),
    "archive": (lambda: package({"表.txt": "x"}), "压缩包"),
    "no table": (
        lambda: package({
            "[Content_Types].xml": CONTENT,
            "word/document.xml": f'<w:document xmlns:w="{W}"><w:body><w:p/></w:body></w:document>',
        }),
        "没有表格",
    ),
    "entities": (
        lambda: package({"xl/workbook.xml": '<!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>'}, form()),
        "不安全的 XML",
    ),
    "sheet of commands": (lambda: package({"xl/macrosheets/sheet1.xml": "<a/>"}, form()), "宏表"),
    "text": (lambda: "请各社区尽快上报".encode(), "另存为其中一种"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_each_is_refused_with_one_sentence(name):
    make, said = BAD[name]
    with pytest.raises(Unreadable, match=said) as refusal:
        open_form(make())
    assert 6 < len(str(refusal.value)) < 80


def test_macros_are_left_behind_and_it_is_said():
    with zipfile.ZipFile(io.BytesIO(form())) as book:
        types = book.read("[Content_Types].xml")
    opened = open_form(
        package({"xl/vbaProject.bin": b"macro", "[Content_Types].xml": types.replace(PLAIN, ENABLED)}, form())
    )
    assert opened.lost == ("宏",)
    with zipfile.ZipFile(io.BytesIO(opened.written())) as made:
        assert not any("vba" in name for name in made.namelist())
        assert ENABLED not in made.read("[Content_Types].xml") and PLAIN in made.read("[Content_Types].xml")
    assert open_form(form()).lost == ()


def test_no_template_of_others_is_loaded():
    main = f'<w:document xmlns:w="{W}"><w:body><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:body></w:document>'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    opened = open_form(package({
        "[Content_Types].xml": CONTENT,
        "word/document.xml": main,
        "word/settings.xml": f'<w:settings xmlns:w="{W}" xmlns:r="{relations}"><w:zoom w:percent="100"/>'
        '<w:attachedTemplate r:id="rId1"/></w:settings>',
        "word/_rels/settings.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{relations}/attachedTemplate" Target="http://x.example/a.dotm"'
        ' TargetMode="External"/></Relationships>',
    }))  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(opened.written())) as made:
        settings = made.read("word/settings.xml") + made.read("word/_rels/settings.xml.rels")
    assert b"x.example" not in settings and b"attachedTemplate" not in settings and b"zoom" in settings


def test_pictures_of_the_old_format_are_said():
    assert lost_of_old(OLE + b"..\x89PNG\r\n\x1a\n..") == ("图片",)
    assert lost_of_old(OLE + "_VBA_PROJECT".encode("utf-16-le")) == ("宏",)
    assert lost_of_old(OLE) == ()
