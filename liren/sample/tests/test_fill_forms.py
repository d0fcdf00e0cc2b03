"""Forms from above filled from a community file: the nine samples with their truth, and forms laid out otherwise."""

import gzip
import io
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.db import transaction

from liren.core.duty import Refused
from liren.core.sheets.tests import strange
from liren.sample.formfilling import DataSet, data_set, filled, index_of

from . import blank_forms
from .blank_forms import LISTS

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parent / "data" / "forms"
YES, NO = {"是", "√", "有"}, {"否", "无", ""}
SAME = (
    {"户主", "本人"}, {"配偶", "妻", "夫"}, {"大专", "大学专科"}, {"本科", "大学本科"}, {"已婚", "有配偶"}, {"汉", "汉族"},
)  # fmt: skip


@pytest.fixture(scope="module")
def data(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[DataSet]:
    """The whole community, loaded once."""
    path = tmp_path_factory.mktemp("community") / "community.json"
    path.write_bytes(gzip.decompress((FOLDER / "community.json.gz").read_bytes()))
    with django_db_blocker.unblock(), transaction.atomic():
        with data_set(path) as loaded:
            yield loaded
        transaction.set_rollback(True)


def fill(data: DataSet, content: bytes, tmp_path: Path, target: Any = None, name: str = "表.xlsx") -> Any:
    """A blank that was made, filled."""
    path = tmp_path / name
    path.write_bytes(content)
    return filled(path, data, target=target)


def cells(content: bytes) -> Any:
    """The first sheet."""
    return openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]


def flat(value: Any) -> str:
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return re.sub(r"\s", "", "" if value is None else str(value))


def agrees(said: Any, got: Any, kind: str) -> bool:
    """Whether what stands in a cell says what the truth says; other spellings of the truth are in `accept`."""
    expected, accept = (said["value"], said.get("accept") or []) if isinstance(said, dict) else (said, [])
    text = flat(got)
    if expected in (None, ""):
        return text == ""
    if kind == "contains_all":
        return all(part in text for part in accept)
    for one in [expected, *accept]:
        want = flat(one)
        if want == text or any(want in group and text in group for group in SAME):
            return True
        if kind in ("yesno", "yesno01") and ((want in YES and text in YES) or (want in NO and text in NO)):
            return True
        if kind in ("address", "hukou", "contains") and text and (text.endswith(want) or want.endswith(text)):
            return True
    return False


@pytest.mark.parametrize("entry", index_of(FOLDER), ids=lambda entry: entry["file"])
def test_sample_forms(entry: dict[str, Any], data: DataSet) -> None:
    """Every cell that the truth expects, nothing where it must stay blank, labels and formulas as they were."""
    truth = json.loads((FOLDER / "truth" / f"{Path(entry['file']).stem}.json").read_text("utf-8"))
    done = filled(FOLDER / entry["file"], data, target=entry["target"])
    made = openpyxl.load_workbook(io.BytesIO(done.content))
    tally = Tally()
    for sheet in truth["sheets"]:
        page = made[sheet["sheet"]]
        moved = {
            table["first_row"] + table["blank_rows"]: max(len(table["rows"]) - table["blank_rows"], 0)
            for table in sheet["tables"]
        }
        judge_cells(page, sheet, moved, tally)
        for table in sheet["tables"]:
            judge_table(page, table, tally)
        judge_layout(page, sheet, moved)
    assert tally.right > 10
    assert len(tally.wrong) * 50 <= tally.right, tally.wrong[:10]


class Tally:
    """What was right, and what was not."""

    def __init__(self) -> None:
        self.right = 0
        self.wrong: list[Any] = []

    def judge(self, good: bool, *told: Any) -> None:
        if good:
            self.right += 1
        else:
            self.wrong.append(told)


def judge_cells(page: Any, sheet: dict[str, Any], moved: dict[int, int], tally: Tally) -> None:
    for cell in sheet["cells"]:
        if not cell.get("optional"):
            got = at(page, cell["cell"], moved).value
            tally.judge(agrees(cell, got, cell["type"]), cell["cell"], cell["value"], got)
    for cell in sheet["blank"]:
        got = at(page, cell["cell"], moved).value
        tally.judge(flat(got) == "", cell["cell"], "", got)


def judge_layout(page: Any, sheet: dict[str, Any], moved: dict[int, int]) -> None:
    for place in sheet["skeleton"]["formulas"]:
        assert str(at(page, place, moved).value).startswith("=")
    texts = {each["cell"] for each in sheet["inline"]}
    for place, text in sheet["skeleton"]["labels"].items():
        if place not in texts:
            assert flat(at(page, place, moved).value) == flat(text)


def at(page: Any, place: str, moved: dict[int, int]) -> Any:
    """A cell of the blank where it stands now."""
    found = re.fullmatch(r"([A-Z]+)(\d+)", place)
    assert found
    row = int(found[2])
    return page[f"{found[1]}{row + sum(more for end, more in moved.items() if row >= end)}"]


def judge_table(page: Any, table: dict[str, Any], tally: Tally) -> None:
    columns = {
        letter: each
        for letter, each in table["columns"].items()
        if each["type"] != "seq" and not each.get("optional")
    }
    numbers = [letter for letter, each in columns.items() if each["type"] == "id"]
    height = max(len(table["rows"]), table["blank_rows"])
    lines = list(range(table["first_row"], table["first_row"] + height))
    filled_lines = [row for row in lines if any(flat(page[f"{letter}{row}"].value) for letter in columns)]
    assert len(filled_lines) == len(table["rows"])
    by_number = {tuple(flat(page[f"{letter}{row}"].value) for letter in numbers): row for row in filled_lines}
    for place, each in enumerate(table["rows"]):
        key = tuple(flat(each["values"].get(letter)) for letter in numbers)
        row = by_number[key] if numbers else filled_lines[place]
        for letter, column in columns.items():
            got = page[f"{letter}{row}"].value
            tally.judge(agrees(each["values"].get(letter), got, column["type"]), letter, row, got)
        for letter in table["must_stay_blank"]:
            got = page[f"{letter}{row}"].value
            tally.judge(flat(got) == "", letter, row, got)


@pytest.mark.parametrize("name", LISTS)
def test_who_stands_in_a_list(name: str, data: DataSet, tmp_path: Path) -> None:
    """The title, the notes, the sheet's name: whom they mean is who stands in it, and nobody else."""
    done = fill(data, LISTS[name].content, tmp_path)
    keys = {row: key for key, row in data.persons.items()}
    expected = {person["key"] for person in data.said["persons"] if LISTS[name].who(person)}
    assert {keys[line.key] for line in done.report.lines} == expected
    page = cells(done.content)
    first = next(row for row in range(1, 5) if flat(page.cell(row, 1).value) == "序号") + 1
    assert [page.cell(row, 1).value for row in range(first, first + len(expected))] == list(
        range(1, len(expected) + 1)
    )
    for note in LISTS[name].notes:
        assert page.cell(first + max(len(expected), 4), 1).value == note


def test_a_list_that_names_nobody_says_so(data: DataSet, tmp_path: Path) -> None:
    done = fill(data, blank_forms.listed("情况登记表", "序号|姓名|身份证号"), tmp_path)
    assert "没有写明填谁" in done.report.populations[0].doubts[0]
    assert done.report.summary.startswith("1 处拿不准")


def test_a_heading_nobody_knows_is_a_question(data: DataSet, tmp_path: Path) -> None:
    done = fill(data, blank_forms.listed("孕产妇登记表", "序号|姓名|爱心积分|年令"), tmp_path)
    states = {cell.label: cell.state for cell in done.report.cells}
    assert states["爱心积分"] == "unread"
    # 年令 sounds like 年龄: filled, and shown for a look.
    assert states["年令"] == "doubtful"
    page = cells(done.content)
    assert page["C3"].value is None
    assert page["D3"].value > 18


def test_a_card_with_ticks(data: DataSet, tmp_path: Path) -> None:
    person = next(
        each for each in data.said["persons"] if each["education"] == "中专" and each["status"] == "在住"
    )
    page = cells(fill(data, blank_forms.CARD, tmp_path, person["key"]).content)
    mark = "☑男  □女" if person["sex"] == "男" else "□男  ☑女"
    year, month, day = (int(part) for part in person["birth_date"].split("-"))
    assert page["B2"].value == person["name"]
    assert page["D2"].value == mark
    assert page["F2"].value == f"{year}年{month}月{day}日"
    assert page["B3"].value == person["id_number"]
    assert page["B4"].value == "□小学及以下 □初中 ☑高中/中专 □大专及以上"
    assert page["F4"].value in ("☑是 □否", "□是 ☑否")
    assert page["D6"].value == person["relation_to_head"]
    assert page["B7"].value is None
    assert page["A8"].value == "本人签字：          日期：   年  月  日"


def test_a_box_for_each_digit(data: DataSet, tmp_path: Path) -> None:
    person = data.said["persons"][0]
    page = cells(fill(data, blank_forms.DIGITS, tmp_path, person["key"]).content)
    assert "".join(str(page.cell(3, column).value) for column in range(2, 20)) == person["id_number"]


def test_a_card_without_a_target_lists_nobody(data: DataSet, tmp_path: Path) -> None:
    done = fill(data, blank_forms.CARD, tmp_path)
    assert done.needs_target
    assert not done.report.lines
    assert cells(done.content)["B2"].value is None


def test_an_unknown_target_is_refused(data: DataSet, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="数据里没有"):
        fill(data, blank_forms.CARD, tmp_path, "P99999999")


def test_figures_equal_the_lists(data: DataSet, tmp_path: Path) -> None:
    page = cells(fill(data, blank_forms.BANDS, tmp_path).content)
    living = [each for each in data.said["persons"] if each["status"] == "在住"]
    bands = ((0, 17), (18, 59), (60, 200))
    for block, sex in enumerate(("男", "女")):
        for line, (low, high) in enumerate(bands):
            these = [each for each in living if each["sex"] == sex and low <= each["age"] <= high]
            row = 4 + block * 3 + line
            assert page.cell(row, 3).value == len(these)
            assert page.cell(row, 4).value == sum(blank_forms.wears(each, "党员") for each in these)
            assert page.cell(row, 5).value == sum(blank_forms.wears(each, "残疾人") for each in these)
    assert page["C10"].value == len(living)


def test_months_that_have_not_come_stay_blank(data: DataSet, tmp_path: Path) -> None:
    page = cells(fill(data, blank_forms.MONTHS, tmp_path).content)
    came = [
        each
        for each in data.said["persons"]
        if each["status"] == "在住"
        and each["residence_type"] == "流动人口"
        and each["move_in_date"][:4] == "2026"
    ]
    for month in range(1, 7):
        these = [each for each in came if each["move_in_date"][5:7] == f"{month:02d}"]
        assert page.cell(2 + month, 2).value == len(these)
        assert page.cell(2 + month, 4).value == len({each["household"] for each in these})
    assert all(page.cell(row, 2).value is None for row in range(9, 15))
    assert page["B15"].value == "=SUM(B3:B14)"


def test_everything_of_the_blank_survives(data: DataSet, tmp_path: Path) -> None:
    done = fill(data, blank_forms.DRESSED, tmp_path)
    made = openpyxl.load_workbook(io.BytesIO(done.content))
    page = made.worksheets[0]
    count = len(done.report.lines)
    last = 3 + count
    assert count > 5
    assert page[f"G{last + 1}"].value == f"=SUM(G4:G{last})"
    for row in (4, 20, last):
        assert page[f"G{row}"].value == f"=COUNTA(B{row})+0*$G${last + 1}"
    assert page.row_dimensions[last].height == 24
    assert {str(area.sqref) for area in page.data_validations.dataValidation} == {
        f"C4:C{last}",
        f"F4:F{last}",
    }
    assert [str(area.sqref) for area in page.conditional_formatting] == [f"C4:C{last}"]
    assert page.print_area.endswith(f"$A$1:$G${last + 2}")
    assert page.print_title_rows == "$1:$3"
    assert page.freeze_panes == "A4"
    assert page.page_setup.orientation == "landscape"
    assert made["字典"].sheet_state == "hidden"
    assert f"A{last + 2}:G{last + 2}" in {str(area) for area in page.merged_cells.ranges}
    assert page["C4"].value in ("1-男", "2-女")
    assert page["F4"].value.endswith("残疾")
    assert page[f"A{last + 2}"].value.startswith("填表人：          审核人：          日期：2026年6月30日")


@pytest.mark.parametrize(
    "make", [*strange.REFUSED, strange.formatted_rows, strange.wide], ids=lambda make: make.__name__
)
def test_strange_files_are_refused_with_one_sentence(make: Any, data: DataSet, tmp_path: Path) -> None:
    path = make(tmp_path / "表.xlsx")
    began = time.monotonic()
    with pytest.raises(Refused) as refusal:
        filled(path, data)
    assert 5 < len(str(refusal.value)) < 80
    # Found out within seconds; what is not takes the guard its whole time, several times over.
    assert time.monotonic() - began < 150


def test_a_roster_full_of_people_is_no_blank(data: DataSet, tmp_path: Path) -> None:
    heads = ["序号", "姓名", "性别", "身份证号", "住址"]
    rows = [["居民花名册"], heads]
    rows += [[str(n), f"张三{n}", "男", f"31019919800101{n:04d}", f"{n}号楼"] for n in range(60)]
    with pytest.raises(Refused, match="已经填满了内容"):
        fill(data, blank_forms.book([*rows, [None] * 5], frame=(2, 1, 63, 5)), tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        (b"PK\x03\x04broken", "损坏"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 100, "图片"),
        (b"%PDF-1.7 " + b"0" * 100, "PDF"),
        (
            blank_forms.book([["通知"], ["请各社区尽快上报"]], frame=(9, 1, 9, 1)),
            "没有在这个文件里找到要填的表",
        ),
    ],
    ids=["empty", "torn", "picture", "pdf", "letter"],
)
def test_what_is_no_form_is_refused(content: bytes, said: str, data: DataSet, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=said):
        fill(data, content, tmp_path)
