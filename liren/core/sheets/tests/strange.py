"""Strange files (怪文件) for the tests of opening: each maker writes one and returns its path."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    "</Types>"
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="{target}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
    "</Relationships>"
)
BOOK = (
    '<?xml version="1.0"?>{dtd}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
    '<sheet name="居民" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def package(path: Path, rows: Iterator[str], *, dtd: str = "") -> Path:
    """A hand-made workbook with one sheet whose rows are given as XML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", RELATIONS.format(kind="officeDocument", target="xl/workbook.xml"))
        archive.writestr(
            "xl/_rels/workbook.xml.rels", RELATIONS.format(kind="worksheet", target="worksheets/sheet1.xml")
        )
        archive.writestr("xl/workbook.xml", BOOK.format(dtd=dtd))
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(SHEET.encode())
            for row in rows:
                part.write(row.encode())
            part.write(b"</sheetData></worksheet>")
    return path


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def plain_book(path: Path) -> Path:
    """A small roster that any program can open."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("居民")
        sheet.write_row(0, 0, ["姓名", "电话"])
        sheet.write_row(1, 0, ["王小明", "14200000001"])
    return path


def torn(path: Path) -> Path:
    data = plain_book(path).read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


def spoilt(path: Path) -> Path:
    """A sound zip whose sheet is no XML."""
    plain_book(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = b'<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>9'
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"][:200]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def encrypted(path: Path) -> Path:
    """A workbook with a password, as Excel keeps it: an OLE file around the encrypted package."""
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = plain_book(path.with_name("plain.xlsx"))
    with plain.open("rb") as source, path.open("wb") as target:
        OOXMLFile(source).encrypt("secret", target)
    return path


def zip_bomb(path: Path) -> Path:
    plain_book(path)
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/media/x.xml", "w") as part,
    ):
        block = bytes(1024 * 1024)
        for _ in range(300):
            part.write(block)
    return path


def entity_bomb(path: Path) -> Path:
    dtd = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    return package(path, iter(['<row r="1">' + text_cell("A1", "姓名") + "</row>"]), dtd=dtd)


def word_document(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("word/document.xml", "<document/>")
    return path


def other_archive(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "x")
    return path


def picture(path: Path) -> Path:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    return path


def portable_document(path: Path) -> Path:
    path.write_bytes(b"%PDF-1.7\n" + b"x" * 100)
    return path


def noise(path: Path) -> Path:
    path.write_bytes(bytes((place * 37) % 251 for place in range(5000)))
    return path


def nothing(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def huge(path: Path) -> Path:
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    return path


def blank_book(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("空")
    return path


def prose(path: Path) -> Path:
    path.write_text("今天社区组织了一次活动\n大家都很高兴\n", "utf-8")
    return path


def page_without_table(path: Path) -> Path:
    path.write_text("<html><body><p>请登录</p></body></html>", "utf-8")
    return path


def cut_markup(path: Path) -> Path:
    path.write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table><Row>',
        "utf-8",
    )
    return path


def wide(path: Path) -> Path:
    """A heading of 16,384 columns."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("宽")
        for row in range(3):
            for column in range(16_384):
                sheet.write(row, column, f"列{column}")
    return path


def too_long(path: Path) -> Path:
    """More rows than any roster has."""
    rows = (
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>1</v></c></row>' for n in range(1, 400_001)
    )
    return package(path, rows)


REFUSED = (
    torn, spoilt, encrypted, zip_bomb, entity_bomb, word_document, other_archive, picture, portable_document, noise,
    nothing, huge, blank_book, prose, page_without_table, cut_markup, wide, too_long,
)  # fmt: skip


def formatted_rows(path: Path) -> Path:
    """A roster with formats down to the last possible row."""

    def rows() -> Iterator[str]:
        yield f'<row r="1">{text_cell("A1", "姓名")}{text_cell("B1", "电话")}</row>'
        yield f'<row r="2">{text_cell("A2", "王小明")}{text_cell("B2", "14200000001")}</row>'
        for number in range(3, 1_048_577):
            yield f'<row r="{number}"><c r="A{number}" s="0"/><c r="B{number}" s="0"/></row>'

    return package(path, rows())


def far_corner(path: Path) -> Path:
    """A stray value in the last cell of the sheet."""

    def rows() -> Iterator[str]:
        yield f'<row r="1">{text_cell("A1", "姓名")}{text_cell("B1", "电话")}</row>'
        yield f'<row r="2">{text_cell("A2", "王小明")}{text_cell("B2", "14200000001")}</row>'
        yield f'<row r="1048576">{text_cell("XFD1048576", "x")}</row>'

    return package(path, rows())


def macros(path: Path) -> Path:
    plain_book(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return path


def errors(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("居民")
        sheet.write_row(0, 0, ["姓名", "电话"])
        sheet.write(1, 0, "王小明")
        sheet.write_formula(1, 1, "=#REF!A1", None, "#REF!")
        sheet.write_formula(2, 0, '="李" & "四"', None, "李四")
    return path


def buffer_of(path: Path) -> io.BytesIO:
    return io.BytesIO(path.read_bytes())
