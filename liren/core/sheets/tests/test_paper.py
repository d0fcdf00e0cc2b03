"""Forms on paper: what stands where, what sums come to, and a PDF that opens."""

import io
import zipfile

import openpyxl
import pikepdf
import pytest
from openpyxl.styles import Alignment, Border, Font, Side

from liren.core.duty import Refused
from liren.core.sheets.paper import in_pdf
from liren.core.sheets.paper.formulas import Reckoner
from liren.core.sheets.paper.lettering import breakable, families_of, shown
from liren.core.sheets.paper.letters import letter_pages
from liren.core.sheets.paper.sheets import laid_out

LINE = Side(style="thin")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def roster(lines=3):
    """A title over the whole width, two rows of headings, lines, a footer."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "花名册"
    sheet["A1"] = "高龄老人花名册"
    sheet["A1"].font = Font(name="方正小标宋简体", size=20)
    sheet["A1"].alignment = Alignment(horizontal="center")
    sheet.merge_cells("A1:C1")
    sheet.append(["序号", "姓名", "身份证号码"])
    for number in range(1, lines + 1):
        sheet.append([number, "张永康", "310199194507099635"])
    for row in sheet.iter_rows(min_row=2, max_row=2 + lines, max_col=3):
        for cell in row:
            cell.border = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
    sheet.append(["填表人：苏敏，审核人：（签名），这一句很长，长过第一格"])
    sheet.column_dimensions["C"].width = 22
    sheet.page_setup.orientation = "landscape"
    return book


def cells_of(page):
    return [cell for part in page["parts"] for row in [*part["head"], *part["rows"]] for cell in row["cells"]]


def test_a_sheet_stands_on_the_page_as_it_is():
    book = roster()
    [page] = laid_out(saved(book)).pages
    assert page["paper"][0] > page["paper"][1]
    title, *others = cells_of(page)
    assert (title["c"], title["s"] > 15, title["ha"], title.get("b")) == (3, True, "center", 1)
    heading = next(cell for cell in others if cell.get("t") == "姓名")
    assert heading["e"] == [0.5, 0.5, 0.5, 0.5]
    footer = next(cell for cell in others if cell.get("t", "").startswith("填表人"))
    # Longer than its cell, it runs on over the empty ones beside it.
    assert footer["c"] > 1 and footer["e"][0] == 0


def test_headings_are_repeated_where_the_form_says_or_the_filling_knows():
    book = roster()
    [plain] = laid_out(saved(book)).pages
    assert [part["head"] for part in plain["parts"]] == [[]]
    [known] = laid_out(saved(book), {"花名册": (2, 2)}).pages
    assert [len(part["head"]) for part in known["parts"]] == [0, 1]
    book.active.print_title_rows = "1:2"
    [told] = laid_out(saved(book), {"花名册": (2, 2)}).pages
    assert [len(part["head"]) for part in told["parts"]] == [2]


def test_hidden_things_stay_hidden_and_the_page_is_never_too_narrow():
    book = roster()
    book.create_sheet("代码").sheet_state = "hidden"
    book["代码"]["A1"] = "不要印"
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["B"].hidden = True
    book.active.column_dimensions["C"].width = 300
    [page] = laid_out(saved(book)).pages
    assert not any(cell.get("t") in ("张永康", "不要印") for cell in cells_of(page))
    room = page["paper"][0] - page["margin"]["left"] - page["margin"]["right"]
    assert sum(page["columns"]) == pytest.approx(room, abs=1)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=SUM(A1:A3)", 6),
        ("=A1+A2*A3-1", 6),
        ("=(A1+A2)*A3/2", 4.5),
        ("=ROUND(A3/A2,1)", 1.5),
        ('=IF(A1>2,"多","少")', "少"),
        ("=另一张!A1+1", 8),
        ('=AVERAGE(A1:A3)&"人"', "2人"),
        ("=0.1*3&A4", "0.3"),
        ("=-A1^2", 1),
        ("=50%*A2", 1.0),
        ("=COUNTA(A1:A4)", 3),
        ("=A5", 6),
        ("=ROUND(0.285,2)", 0.29),
        ("=ROUND(-1234.5,-2)", -1200),
        ('=IF(A4=0,"",A1/A4)', ""),
        ("=IF(A4=0,,A1)", 0),
        ("=IF(A1>2,1)", False),
        ("=2^3", 8),
        ("=VLOOKUP(A1,A1:A3,1)", None),
        ("=A1/0", None),
        ("=B1", None),
        ("=C1+1", None),
        ("=2^999999999", None),
        ("=ROUND(1,999999999)", None),
        ("=(-8)^(1/3)", None),
        ("=SUM(A1:A2 A2:A3)", None),
        ("=" + "(" * 900 + "1" + ")" * 900, None),
    ],
    ids=lambda each: str(each)[:20],
)
def test_what_formulas_come_to(formula, value):
    book = openpyxl.Workbook()
    sheet = book.active
    for row, number in enumerate((1, 2, 3), 1):
        sheet.cell(row, 1, number)
    sheet["A5"] = "=SUM(A1:A3)"
    sheet["B1"] = formula
    sheet["C1"] = "=B1+1"
    book.create_sheet("另一张")["A1"] = 7
    reckoner = Reckoner(book)
    got = reckoner.value(sheet, 1, 2)
    assert bool(reckoner.unreckoned) == (value is None)
    assert value is None or got == value


@pytest.mark.parametrize("sign", ["&", "*"])
def test_what_doubles_from_cell_to_cell_comes_to_an_end(sign):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet["A1"] = 12
    for row in range(2, 100):
        sheet.cell(row, 1, f"=A{row - 1}{sign}A{row - 1}")
    reckoner = Reckoner(book)
    assert all(len(str(reckoner.value(sheet, row, 1))) < 33_000 for row in range(2, 100))
    assert reckoner.unreckoned


def test_a_long_chain_is_refused_and_no_fault():
    book = roster()
    for row in range(1, 400):
        book.active.cell(row, 5, f"=E{row + 1}+1")
    with pytest.raises(Refused, match="公式在这里算不出来"):
        in_pdf(saved(book), "xlsx")


def test_a_form_whose_sums_nobody_can_reckon_is_refused():
    book = roster()
    book.active["D3"] = "=VLOOKUP(A3,A3:C9,2)"
    with pytest.raises(Refused, match="1 个公式"):
        in_pdf(saved(book), "xlsx")
    with pytest.raises(Refused, match="太厚"):
        in_pdf(saved(roster(lines=4_100)), "xlsx")


def test_values_as_cells_show_them():
    import datetime

    day = datetime.datetime(1945, 7, 9)
    assert [shown(day, each) for each in ("yyyy-mm-dd", 'yyyy"年"m"月"', "yyyy.mm", "yyyymmdd", "yyyy/m/d")] == [
        "1945-07-09", "1945年7月", "1945.07", "19450709", "1945/07/09",
    ]  # fmt: skip
    assert [shown(*each) for each in ((0.256, "0.0%"), (1234.5, "#,##0.00"), (3.0, "General"), (True, ""))] == [
        "25.6%", "1,234.50", "3", "是",
    ]  # fmt: skip


def test_a_long_number_is_written_smaller_before_it_breaks():
    text, size = breakable("310199194507099635", 11, 90)
    assert text == "310199194507099635" and 6 < size < 11
    text, size = breakable("310199194507099635", 11, 30)
    assert "\u200b" in text
    assert breakable("里仁社区居民委员会", 11, 30) == ("里仁社区居民委员会", 11)
    assert families_of("黑体")[-2] == "Noto Sans CJK SC" and families_of("仿宋_GB2312")[0] == "仿宋_GB2312"


def test_a_pdf_of_several_pages_that_may_be_locked():
    book = roster(lines=90)
    book.active.oddFooter.left.text = "苏敏 2026-11-24 导出"
    with pikepdf.open(
        io.BytesIO(in_pdf(saved(book), "xlsx", title="花名册", heads={"花名册": (2, 2)}))
    ) as pdf:
        assert len(pdf.pages) > 2
        assert pdf.docinfo["/Title"] == "花名册"
        assert all("/Font" in page.Resources for page in pdf.pages)
    locked = in_pdf(saved(book), "xlsx", password="liren-2026")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(locked))
    with pikepdf.open(io.BytesIO(locked), password="liren-2026") as pdf:
        assert len(pdf.pages) > 2


def test_what_a_form_says_is_never_read_as_commands():
    book = roster()
    book.active["B3"] = '#read("/etc/passwd") $x$ *粗* = 标题 \\ & <b>'
    [page] = laid_out(saved(book)).pages
    assert any(cell.get("t") == book.active["B3"].value for cell in cells_of(page))
    assert in_pdf(saved(book), "xlsx").startswith(b"%PDF")


def word(body):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        )
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
        archive.writestr(
            "word/styles.xml",
            f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="24"/></w:rPr></w:rPrDefault>'
            '</w:docDefaults><w:style w:styleId="T" w:type="table"><w:tblPr><w:tblBorders>'
            + "".join(
                f'<w:{side} w:val="single" w:sz="4"/>'
                for side in ("left", "top", "right", "bottom", "insideH", "insideV")
            )
            + "</w:tblBorders></w:tblPr></w:style></w:styles>",
        )
    return out.getvalue()


def para(text, more=""):
    return f'<w:p><w:pPr>{more}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def tc(text, more=""):
    return f"<w:tc><w:tcPr>{more}</w:tcPr>{para(text)}</w:tc>"


GRID = '<w:tblGrid><w:gridCol w:w="2000"/><w:gridCol w:w="3000"/></w:tblGrid>'
LINES = (
    tc("姓名", '<w:vMerge w:val="restart"/>') + tc("张永康"),
    tc("", "<w:vMerge/>") + tc("☑男 □女"),
    tc("签名（盖章）", '<w:gridSpan w:val="2"/>'),
)
FORM = (
    para("居民情况登记卡", '<w:jc w:val="center"/>')
    + f'<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr>{GRID}'
    + "".join(f"<w:tr>{line}</w:tr>" for line in LINES)
    + '</w:tbl><w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    + '<w:pgMar w:left="1800" w:right="1800" w:top="1440" w:bottom="1440"/></w:sectPr>'
)


def test_a_word_form_with_its_table():
    [page] = letter_pages(word(FORM), "苏敏 导出")
    title, table = page["blocks"]
    assert title["ha"] == "center" and title["runs"][0]["s"] == 12
    assert page["margin"]["left"] == 90 and page["foot"][0] == "苏敏 导出"
    name, whose, sex, signed = (cell for row in table["parts"][0]["rows"] for cell in row["cells"])
    assert (name["r"], signed["c"], whose["e"]) == (2, 2, [0.5, 0.5, 0.5, 0.5])
    assert sex["ps"][0]["runs"][0]["t"] == "☑男 □女"
    assert in_pdf(word(FORM), "docx", title="登记卡", mark="苏敏 导出").startswith(b"%PDF")


def test_a_table_within_a_cell_stands_on_paper_too():
    inner = f"<w:tbl>{GRID}<w:tr>{tc('子女姓名')}{tc('刘一')}</w:tr></w:tbl>"
    body = f'<w:tbl><w:tblGrid><w:gridCol w:w="8000.5"/></w:tblGrid><w:tr><w:tc>{inner}{para("")}</w:tc></w:tr></w:tbl>'
    [page] = letter_pages(word(body))
    [cell] = page["blocks"][0]["parts"][0]["rows"][0]["cells"]
    table, _ = cell["ps"]
    assert [each["ps"][0]["runs"][0]["t"] for each in table["parts"][0]["rows"][0]["cells"]] == [
        "子女姓名",
        "刘一",
    ]
    assert sum(table["columns"]) <= sum(page["blocks"][0]["columns"])
    assert in_pdf(word(body), "docx").startswith(b"%PDF")


def test_what_is_too_long_is_not_cut_off_unsaid(monkeypatch):
    monkeypatch.setattr("liren.core.sheets.paper.letters.MOST_BLOCKS", 3)
    assert letter_pages(word(para("一") * 3))
    with pytest.raises(Refused, match="太厚"):
        letter_pages(word(para("一") * 4))


def test_a_print_area_of_whole_columns_ends_where_the_words_end():
    book = roster()
    book.active.print_area = "A1:C1048576"
    laid = laid_out(saved(book))
    assert laid.rows == 6 and not laid.is_too_long


def test_a_machine_without_chinese_fonts_says_so(monkeypatch):
    """Empty boxes in place of names are worse than no paper at all."""
    for name in ("SANS", "SERIF"):
        monkeypatch.setattr(f"liren.core.sheets.paper.typeset.{name}", "No Such Face")
    with pytest.raises(Refused, match="没有装中文字体"):
        in_pdf(saved(roster()), "xlsx")


def test_what_cannot_be_typeset_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr("liren.core.sheets.paper.typeset.HERE", tmp_path)
    with pytest.raises(Refused, match="排不成 PDF"):
        in_pdf(saved(roster()), "xlsx")
