"""Lines (行的类别): which rows below a heading are people, and what the others are.

Subtotals, footers, notes, section rows, example rows and repeated headings are no people; each is kept with its
reason, because users want to see what was left out and why.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from liren.core.people.identity import check_digit
from liren.core.sheets.layout import Table
from liren.core.sheets.workbook import text_of

from .surnames import SURNAMES

SUBTOTAL = re.compile(
    r"^(本页|本楼|本单元|本幢|本栋|本网格|本户|全楼|全部|以上|楼栋|单元)?(小计|合计|总计|共计|累计|总数|汇总|总人数|总户数|人数合计|计[:：])"
    r"|^(本页|以上)?共(计)?\d*[户人名]|^共[^，]{0,4}\d+[户人]"
)
FOOTER = re.compile(
    r"^(制表|填表|审核|复核|填报|经办|制单|录入|统计人|统计员|负责人|主任|书记|盖章|社区负责人|居委会?(负责人|盖章|公章|意见)|社区(盖章|公章|意见)"
    r"|单位(盖章|公章|负责人)|街道(盖章|公章|意见|审核)|打印|第\d+页|登记人|调查员|调查人|日期[:：]|联系电话[:：]|(填表|制表|打印|上报|登记)(日期|时间)"
    r"|网格员[:：签]|楼组长[:：签]|走访人[:：签])"
)
NOTE = re.compile(
    r"^(注|说明|备注|填写说明|填表说明|填报说明|图例|附注|注意|温馨提示|提示|要求|※|\*|★|填表要求)([:：\d一（(、.]|$)|^[1-9一二三四五][、.．][^\d]{6,}"
)
EXAMPLE = re.compile(
    r"^[(（【\[]?(填写|填表)?(示例|样例|范例|样表|例|例子|例如|举例|样板|模板|示范|example|sample)[)）】\]]?[:：]?\d?$",
    re.IGNORECASE,
)
EXAMPLE_NAMES = frozenset(
    "张三 李四 王五 某某 某某某 张某某 李某某 王某某 XXX ××× xxx 张某 李某 某人".split()
)
VACANT = re.compile(
    r"^(空|空房|空户|空置|空关|空关房|出租未入住|未出租|待租|待出租|待售|无人住户|无人|无人居住|未入住|无人住|空挂|未装修|未售|闲置|毛坯|群租|拒访|敲门无应|无应答|车库|仓库|办公|商铺|—+|-+|/|无)$"
)
SECTION = re.compile(
    r"(\d|[一二三四五六七八九十])(号楼|号|栋|幢|单元|弄|楼|门|组|网格|室|#)|网格|楼组|单元|小区|户$"
)
# what a form says under its headings about filling them: (必填), 例:1990-01-01, 男/女, 18位
HINT = re.compile(
    r"^[(（【\[].*[)）】\]]$|^(必填|选填|非必填|可空|文本|文本格式|日期|日期格式|下拉|下拉选择|单选|多选|选择|手工填写|自动生成|数字|字符|男/女|是/否|有/无)$"
    r"|^(例|如|例如|格式|示例|填写)[:：]?.|^\d{1,2}位|^[Yy]{4}|/.*/|^[^\d]{1,6}/[^\d]{1,6}$"
)
# a line by itself that speaks of what follows, not of a person
CAPTION = re.compile(r"(记录|情况|意见|信息|说明|名单|签名|签字|小结|总结|事项|成员|人员|附表|如下)[:：]?$")
PAIRED = re.compile(r"^[^\d:：]{2,8}[:：]")
BLANKS = re.compile(r"[\s\u00a0\u3000]+")


@dataclass(slots=True)
class Lines:
    """The rows of a table by kind."""

    people: list[int] = field(default_factory=list)
    skipped: dict[int, str] = field(default_factory=dict)
    nameless: list[int] = field(default_factory=list)
    # row -> text of the section row that holds from there on
    sections: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)


def classify(table: Table, name: int, telling: set[int]) -> Lines:
    """Sort the rows of a table; `telling` are columns that speak of a person beyond the name (id, sex, phone)."""
    lines = Lines()
    rows = table.lines if table.lines is not None else table.sheet.rows
    first = table.first if table.lines is None else 0
    last = table.last if table.lines is None else len(rows)
    sorter = _Sorter(table, lines, name, telling)
    people = lines.people
    lead = table.left
    for number in range(first, last):
        row = rows[number]
        if len(row) > name:
            given = row[name]
            head = row[lead]
            # the common case costs two look-ups: a serial number or short word in front, a short name
            if (
                type(given) is str
                and 1 < len(given) < 5
                and given.isalpha()
                and (name > lead or len(row) > name + 1)
                and sorter.is_plain(number, head, given)
            ):
                people.append(number)
                continue
        if row:
            sorter.sort(number, row)
    return lines


class _Sorter:
    def __init__(self, table: Table, lines: Lines, name: int, telling: set[int]) -> None:
        self.table = table
        self.lines = lines
        self.name = name
        self.telling = telling
        self.labels = {part for _, path in table.columns for part in path}
        self.left, self.right = table.left, table.right
        self.fresh = True

    def is_plain(self, number: int, head: Any, given: str) -> bool:
        """Surely a person: nothing special in front, and not a name that stands for anybody."""
        if self.fresh or number in self.table.repeats or given in self.labels:
            return False
        if type(head) is not str or head == "" or head is given:
            return (
                given not in EXAMPLE_NAMES and VACANT.match(given) is None and SUBTOTAL.match(given) is None
            )
        return False

    def sort(self, number: int, row: list[Any]) -> None:
        if number in self.table.repeats:
            self.lines.skipped[number] = "repeated header"
            return
        cells = [
            (column, text)
            for column, cell in enumerate(row[self.left : self.right + 1], self.left)
            if cell != "" and (text := text_of(cell))
        ]
        if not cells:
            return
        reason = self._reason(number, cells)
        self.fresh = self.fresh and reason in ("example row", "subtotal", "hint", "section", "note")
        if reason == "person":
            self.lines.people.append(number)
        elif reason == "no name":
            self.lines.nameless.append(number)
        else:
            self.lines.skipped[number] = reason

    def _reason(self, number: int, cells: list[tuple[int, str]]) -> str:
        start = BLANKS.sub("", unicodedata.normalize("NFKC", cells[0][1]))
        by_column = dict(cells)
        given = BLANKS.sub("", by_column.get(self.name, ""))
        if SUBTOTAL.match(start) or SUBTOTAL.match(given):
            return "subtotal"
        if any(EXAMPLE.match(text) for _, text in cells[:3]) or self._is_sample(given, cells):
            return "example row"
        if self._is_repeat(cells):
            return "repeated header"
        if self.fresh and self._is_hint(given, cells):
            return "hint"
        if FOOTER.match(start) and not self._tells(by_column, 1):
            return "footer"
        if NOTE.match(start) and not self._tells(by_column, 1):
            self.lines.notes.extend((number, text) for _, text in cells)
            return "note"
        return self._by_content(number, cells, by_column, given)

    def _by_content(
        self, number: int, cells: list[tuple[int, str]], by_column: dict[int, str], given: str
    ) -> str:
        if not given or VACANT.match(given):
            return self._without_name(number, cells, by_column, bool(given))
        if len(cells) == 1 and (len(given) > 12 or SECTION.search(given) or NOTE.match(given)):
            self._remember(number, cells)
            return "section"
        if len(cells) == 1 and len(self.telling) > 2 and (CAPTION.search(given) or given[0] not in SURNAMES):
            self._remember(number, cells)
            return "note"
        if len(given) > 40 or (any(c.isdigit() for c in given) and not self._tells(by_column, 1)):
            self._remember(number, cells)
            return "note"
        return "person"

    def _without_name(
        self, number: int, cells: list[tuple[int, str]], by_column: dict[int, str], vacant: bool
    ) -> str:
        if sum(1 for _, text in cells if PAIRED.match(text)) >= max(1, 0.6 * len(cells)):
            # 房屋地址：3号楼501  房东：李某
            self._remember(number, cells)
            return "note"
        if self._tells(by_column, 1) and not vacant:
            return "no name"
        if len(cells) <= 2 and not vacant:
            self._remember(number, cells)
            return "section" if SECTION.search(cells[0][1]) and len(cells[0][1]) < 30 else "note"
        return "vacant" if vacant or len(cells) > 2 else "note"

    def _remember(self, number: int, cells: list[tuple[int, str]]) -> None:
        for _, text in cells:
            if len(text) < 60 and SECTION.search(text):
                self.lines.sections.append((number, text))
            self.lines.notes.append((number, text))

    def _tells(self, by_column: dict[int, str], least: int) -> bool:
        told = (by_column.get(column, "") for column in self.telling)
        return sum(1 for text in told if text and text[-1] not in ":：" and not FOOTER.match(text)) >= least

    def _is_sample(self, given: str, cells: list[tuple[int, str]]) -> bool:
        """张三 in the first row, without a number that could be anybody's."""
        return self.fresh and given in EXAMPLE_NAMES and not any(_is_sound_number(text) for _, text in cells)

    def _is_hint(self, given: str, cells: list[tuple[int, str]]) -> bool:
        """The line under the headings that says how to fill them."""
        hints = sum(1 for _, text in cells if HINT.match(text) or EXAMPLE.match(text))
        named = 2 <= len(given) <= 4 and given[0] in SURNAMES and HINT.match(given) is None
        return hints >= max(2, 0.5 * len(cells)) and not named

    def _is_repeat(self, cells: list[tuple[int, str]]) -> bool:
        if len(cells) < 2:
            return False
        same = sum(1 for _, text in cells if " ".join(text.split()) in self.labels)
        return same >= max(2, 0.6 * len(cells))


def _is_sound_number(text: str) -> bool:
    return (
        len(text) == 18
        and text[:17].isdecimal()
        and text.isascii()
        and check_digit(text[:17]) == text[17].upper()
    )
