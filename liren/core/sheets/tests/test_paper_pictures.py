"""Pictures of a form on paper: where they stand, what is drawn, and what is left out and said."""

import io
import struct
import zipfile
import zlib

import openpyxl
import pikepdf
import pytest
from openpyxl.chart import BarChart
from openpyxl.drawing.image import Image
from openpyxl.drawing.spreadsheet_drawing import AbsoluteAnchor, AnchorMarker, TwoCellAnchor
from openpyxl.drawing.xdr import XDRPoint2D, XDRPositiveSize2D
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from PIL import Image as Drawing

from liren.core.duty import Refused
from liren.core.sheets.forms.leaving import left_off_paper
from liren.core.sheets.paper import in_pdf
from liren.core.sheets.paper.pictures import Ground
from liren.core.sheets.paper.sheets import laid_out

POINT = 12_700


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def picture(kind="PNG", size=(60, 40)):
    out = io.BytesIO()
    Drawing.new("RGB", size, "red").save(out, kind)
    out.seek(0)
    return Image(out)


def form():
    """Ten lines of three columns, the second line and the second column hidden."""
    book = openpyxl.Workbook()
    for number in range(1, 11):
        book.active.append([number, "甲", "乙"])
        book.active.row_dimensions[number].height = 20
    for name in "ABC":
        book.active.column_dimensions[name].width = 10
    book.active.row_dimensions[2].hidden = True
    book.active.column_dimensions["B"].hidden = True
    return book


def drawn(book):
    laid = laid_out(saved(book))
    rows = [row for part in laid.pages[0]["parts"] for row in [*part["head"], *part["rows"]]]
    return laid, {row["cells"][0]["t"]: row["pics"] for row in rows if "pics" in row}


def between(begin, end):
    """An anchor from one place to another: column, offset, row, offset."""
    marks = [AnchorMarker(col=a, colOff=b * POINT, row=c, rowOff=d * POINT) for a, b, c, d in (begin, end)]
    return TwoCellAnchor(_from=marks[0], to=marks[1])


def test_a_picture_stands_where_its_cells_are_seen():
    book = form()
    one, other, third = picture(), picture("JPEG"), picture()
    one.anchor = "C3"
    other.anchor = between((0, 5, 3, 4), (2, 7, 5, 10))
    third.anchor = AbsoluteAnchor(
        pos=XDRPoint2D(10 * POINT, 45 * POINT), ext=XDRPositiveSize2D(30 * POINT, 12 * POINT)
    )
    for each in (one, other, third):
        book.active.add_image(each)
    laid, found = drawn(book)
    wide = laid.pages[0]["columns"][0]
    # The line that is hidden and the column that is hidden take no room.
    assert found["3"][0] | {"n": 0} == {"n": 0, "x": wide, "y": 0, "w": 45.0, "h": 30.0}
    spread, fixed = sorted(found["4"], key=lambda each: each["x"])
    assert spread | {"n": 0} == {"n": 0, "x": 5, "y": 4, "w": wide + 2, "h": 46}
    assert fixed | {"n": 0} == {"n": 0, "x": 10, "y": 5, "w": 30, "h": 12}
    assert len(laid.album.pictures) == 2, "the same picture is kept once"


def test_a_form_grows_to_hold_its_pictures():
    book = form()
    seal = picture()
    seal.anchor = between((4, 0, 12, 0), (5, 0, 14, 0))
    book.active.add_image(seal)
    [page] = laid_out(saved(book)).pages
    assert len(page["columns"]) == 5 and len(page["parts"][0]["rows"]) == 14


def test_the_pdf_holds_them():
    book = form()
    book.active.add_image(picture(), "A1")
    with pikepdf.open(io.BytesIO(in_pdf(saved(book), "xlsx", title="登记表"))) as pdf:
        assert len(pdf.pages[0].get_images()) == 1
    with pikepdf.open(io.BytesIO(in_pdf(saved(form()), "xlsx", title="登记表"))) as pdf:
        assert not pdf.pages[0].get_images()


def swapped(content):
    """A form with these bytes for its picture."""
    book = form()
    book.active.add_image(picture(), "A1")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(book))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name.startswith("xl/media/") else old.read(name))
    return out.getvalue()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def test_a_picture_that_is_broken_or_a_bomb_brings_nothing_down():
    head = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 200, 200, 8, 2, 0, 0, 0))
    laid = laid_out(swapped(head + chunk(b"IDAT", b"x") + chunk(b"IEND", b"")))
    assert not laid.album.pictures
    huge = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 90_000, 90_000, 8, 2, 0, 0, 0))
    with pytest.raises(Refused, match="图片大得不正常"):
        in_pdf(swapped(huge + chunk(b"IEND", b"")), "xlsx")


def test_what_is_left_out_is_said():
    assert left_off_paper(saved(form()), "xlsx") == ()
    book = form()
    book.active.add_image(picture(), "A1")
    assert left_off_paper(saved(book), "xlsx") == ()
    book = form()
    rule = CellIsRule(operator="lessThan", formula=["5"], fill=PatternFill("solid", bgColor="FFC7CE"))
    book.active.conditional_formatting.add("A1:A9", rule)
    book.active.add_chart(BarChart(), "E2")
    assert left_off_paper(saved(book), "xlsx") == ("条件格式的颜色", "图表")


def test_each_row_of_a_long_list_is_measured_once():
    asked = []

    def height(row):
        asked.append(row)
        return 10.0

    rows = [row for row in range(1, 3_001) if row != 2]
    ground = Ground([1, 2], rows, [50.0, 50.0], height)
    assert [ground.down(row, 12_700) for row in (1, 2, 3, 9_999)] == [1.0, 10.0, 11.0, 29_990.0]
    assert [ground.row_at(top) for top in (-1.0, 0.0, 9.9, 10.0, 1e9)] == [None, 1, 1, 3, 3_000]
    assert asked == rows
