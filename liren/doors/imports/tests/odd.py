"""Odd files (怪文件): what offices, other programs and attackers hand in under the name of a roster."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import xlsxwriter

from .rosters import FAMILY, HEAD, workbook

ODD: dict[str, Callable[[], tuple[str, bytes]]] = {}
NAMES = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def odd(said: str) -> Callable[[Callable[[], Any]], Callable[[], Any]]:
    """Enters a file into the list under its name."""

    def entered(make: Callable[[], Any]) -> Callable[[], Any]:
        def made() -> tuple[str, bytes]:
            content = make()
            return (said, content if isinstance(content, bytes) else content.encode())

        ODD[said] = made
        return make

    return entered


def book(fill: Callable[[Any, Any], None], **options: Any) -> bytes:
    """A workbook that `fill(book, sheet)` fills."""
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream, {"in_memory": True, **options})
    fill(made, made.add_worksheet("名册"))
    made.close()
    return stream.getvalue()


def roster(sheet: Any, *rows: tuple[Any, ...], top: int = 0) -> None:
    """Head and rows as they are."""
    for line, row in enumerate((HEAD, *rows), top):
        for column, cell in enumerate(row):
            sheet.write(line, column, cell)


def packed(**parts: str | bytes) -> bytes:
    """A zip archive with these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def patched(name: str, old: bytes, new: bytes) -> bytes:
    """A good roster in which one part was altered."""
    source = zipfile.ZipFile(io.BytesIO(workbook(*FAMILY)))
    parts = {each: source.read(each) for each in source.namelist()}
    assert old in parts[name]
    parts[name] = parts[name].replace(old, new, 1)
    return packed(**parts)


@odd("加密.xlsx")
def encrypted() -> bytes:
    name = "EncryptedPackage".encode("utf-16-le")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1016 + name + b"\0" * 4096


@odd("压缩炸弹.xlsx")
def zip_bomb() -> bytes:
    source = zipfile.ZipFile(io.BytesIO(workbook(*FAMILY)))
    parts = {each: source.read(each) for each in source.namelist()}
    parts["xl/worksheets/sheet1.xml"] = b" " * (300 * 1024 * 1024)
    return packed(**parts)


@odd("实体炸弹.xlsx")
def xml_bomb() -> bytes:
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    return patched("xl/worksheets/sheet1.xml", b"<worksheet", f"<!DOCTYPE w [{lines}]><worksheet".encode())


@odd("外部实体.xlsx")
def outside_entity() -> bytes:
    return patched(
        "xl/worksheets/sheet1.xml",
        b"<worksheet",
        b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><worksheet',
    )


@odd("一万六千列.xlsx")
def widest() -> bytes:
    def fill(made: Any, sheet: Any) -> None:
        roster(sheet, *FAMILY)
        for column in range(16_384):
            sheet.write(0, column, HEAD[column] if column < len(HEAD) else f"列{column}")

    return book(fill)


@odd("只有格式.xlsx")
def only_formats() -> bytes:
    def fill(made: Any, sheet: Any) -> None:
        grey = made.add_format({"bg_color": "#cccccc"})
        for row in range(20_000):
            sheet.set_row(row, 15, grey)

    return book(fill)


@odd("末行有字.xlsx")
def last_row() -> bytes:
    def fill(made: Any, sheet: Any) -> None:
        roster(sheet, *FAMILY)
        sheet.write(1_048_575, 0, "制表人")

    return book(fill)


@odd("公式出错.xlsx")
def broken_formulas() -> bytes:
    def fill(made: Any, sheet: Any) -> None:
        roster(sheet, *FAMILY)
        for row, error in enumerate(("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?"), 3):
            sheet.write_formula(row, 6, "=A1/0", None, error)
            sheet.write_formula(row, 8, "=A1/0", None, error)

    return book(fill)


@odd("带宏.xlsm")
def macros() -> bytes:
    source = zipfile.ZipFile(io.BytesIO(workbook(*FAMILY)))
    return packed(
        **{each: source.read(each) for each in source.namelist()} | {"xl/vbaProject.bin": b"\xcc" * 9000}
    )


@odd("图片.xlsx")
def picture() -> bytes:
    return b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40


@odd("照片.jpg")
def photograph() -> bytes:
    return b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40


@odd("扫描件.pdf")
def scan() -> bytes:
    return b"%PDF-1.7\n" + b"stream\n" * 900


@odd("文档.docx")
def document() -> bytes:
    return packed(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>"})


@odd("打包.zip")
def archive() -> bytes:
    return packed(**{"名册.xlsx": workbook(*FAMILY)})


@odd("网页.xls")
def page() -> str:
    cells = "".join(f"<td>{cell}</td>" for cell in FAMILY[0])
    heads = "".join(f"<th>{cell}</th>" for cell in HEAD)
    return f"<html><body><table><tr>{heads}</tr><tr>{cells}</tr></table></body></html>"


@odd("改名.xls")
def renamed() -> bytes:
    return workbook(*FAMILY)


@odd("改名.csv")
def renamed_csv() -> bytes:
    return workbook(*FAMILY)


@odd("空表.xlsx")
def empty_sheets() -> bytes:
    def fill(made: Any, sheet: Any) -> None:
        for number in range(30):
            made.add_worksheet(f"空{number}")

    return book(fill)


@odd("只有图表.xlsx")
def only_charts() -> bytes:
    def fill(made: Any, sheet: Any) -> None:
        chart = made.add_chart({"type": "column"})
        chart.add_series({"values": "=名册!$A$1:$A$5"})
        made.add_chartsheet("图").set_chart(chart)

    return book(fill)


@odd("长字串.xlsx")
def long_strings() -> bytes:
    def fill(made: Any, sheet: Any) -> None:
        roster(sheet, *FAMILY)
        for row in range(3, 60):
            sheet.write_string(row, 6, "某" * 32_000 + str(row))

    return book(fill)


@odd("日期成字.xlsx")
def dates_as_text() -> bytes:
    head = ("姓名", "出生日期", "楼栋", "室号")
    said = (
        "1962.5",
        "62年5月7日",
        "'1962-05-07",
        "农历五月",
        "22041",
        "1962/13/45",
        "三十岁",
        "-1",
        "０１.０２.０３",
    )
    return workbook(
        *((f"某{chr(0x4E00 + n)}", each, "3号楼", "1-401") for n, each in enumerate(said)), head=head
    )


@odd("全合并.xlsx")
def merged() -> bytes:
    made = openpyxl.Workbook()
    sheet = made.active
    for row in (HEAD, *FAMILY):
        sheet.append(list(row))
    sheet.merge_cells("A1:K40")
    sheet["A1"] = "花名册"
    return saved(made)


@odd("交叠合并.xlsx")
def overlapping() -> bytes:
    return patched(
        "xl/worksheets/sheet1.xml",
        b"</sheetData>",
        b'</sheetData><mergeCells count="3"><mergeCell ref="A1:K3"/><mergeCell ref="B2:C9"/>'
        b'<mergeCell ref="Z9:A1"/></mergeCells>',
    )


def saved(made: Any) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def one(place: int, cell: Any, title: str = "花名册") -> bytes:
    """A roster with one strange cell."""
    first = list(FAMILY[0])
    first[place] = cell
    return workbook(first, FAMILY[1], title=title)


@odd("表情名字.xlsx")
def emoji() -> bytes:
    return one(6, "闻人松😀👨‍👩‍👧")


@odd("控制字符.csv")
def control_signs() -> str:
    return (
        ",".join(HEAD) + "\n" + ",".join(map(str, FAMILY[0])).replace("闻人松", "闻\x01人\x0b松\x7f") + "\n"
    )


@odd("空字节.csv")
def null_bytes() -> bytes:
    return (",".join(HEAD) + "\n" + ",".join(map(str, FAMILY[0]))).encode().replace("人".encode(), b"\0\0")


@odd("负数.xlsx")
def negative() -> bytes:
    return one(3, -401)


@odd("很大的数.xlsx")
def huge_number() -> bytes:
    return one(8, 3.1019919610302411e300)


@odd("自右向左.xlsx")
def right_to_left() -> bytes:
    return one(6, "\u202e松人闻\u202c\u200f\ufeff")


@odd("公式注入.xlsx")
def injected() -> bytes:
    return one(6, "=cmd|' /C calc'!A0")


@odd("标签注入.xlsx")
def markup() -> bytes:
    return one(6, "<script>alert(1)</script>")


@odd("重复表头.xlsx")
def doubled_heads() -> bytes:
    return workbook(*(row * 2 for row in FAMILY), head=HEAD * 2)


@odd("没有表头.xlsx")
def no_head() -> bytes:
    return workbook(FAMILY[1], head=FAMILY[0])


@odd("怪表名.xlsx")
def sheet_names() -> bytes:
    made = openpyxl.Workbook()
    made.active.title = "1号楼 'A' & \"B\" <c>"
    for row in (HEAD, *FAMILY):
        made.active.append(list(row))
    return saved(made)


@odd("两百张表.xlsx")
def many_sheets() -> bytes:
    def fill(made: Any, sheet: Any) -> None:
        for number in range(200):
            roster(made.add_worksheet(f"表{number}"), FAMILY[0])

    return book(fill)


@odd("截断.xlsx")
def cut_short() -> bytes:
    return workbook(*FAMILY)[:-900]


@odd("缺关系.xlsx")
def no_relations() -> bytes:
    source = zipfile.ZipFile(io.BytesIO(workbook(*FAMILY)))
    return packed(**{n: source.read(n) for n in source.namelist() if not n.endswith("workbook.xml.rels")})


@odd("往外写.xlsx")
def climbing_names() -> bytes:
    source = zipfile.ZipFile(io.BytesIO(workbook(*FAMILY)))
    return packed(**{n: source.read(n) for n in source.namelist()} | {"../../etc/cron.d/x": b"x"})


@odd("乱码.csv")
def mixed_encodings() -> bytes:
    return (
        ",".join(HEAD).encode("gb18030") + b"\n" + ",".join(map(str, FAMILY[0])).encode() + b"\n\xff\xfe\x81"
    )


@odd("半角引号.csv")
def open_quote() -> str:
    return ",".join(HEAD) + '\n1,"3号楼,1,401,闻人松,户主,闻人松,男\n' * 50


@odd("一行很长.csv")
def long_line() -> str:
    return ",".join(HEAD) + "\n" + "某," * 400_000


@odd("全是逗号.csv")
def commas() -> str:
    return ("," * 500 + "\n") * 4000


@odd("只有换行.txt")
def newlines() -> str:
    return "\r\n" * 200_000


@odd("utf16.csv")
def utf16() -> bytes:
    return (",".join(HEAD) + "\n" + ",".join(map(str, FAMILY[0]))).encode("utf-16")


@odd("没有后缀")
def no_extension() -> bytes:
    return workbook(*FAMILY)


@odd("..%2f..%2f" + "名" * 90 + ".xlsx")
def wild_name() -> bytes:
    return workbook(*FAMILY)
