"""Worded (文字里的条件): titles, notes and headings of forms into conditions over facts.

80周岁以上 → age at least 80; 持证残疾人 → the label; 三网格 → the grid; 来本社区 after a day → moved in since.
"""

import datetime
import re
from dataclasses import dataclass, field
from typing import Any

from ..codes import TABLES
from ..codes import read as read_code
from ..labelling import find
from .numerals import number, plain
from .schooling import codes_in
from .sorts import said_of

Tree = Any
NUMBER = r"(\d{1,3}|[一二三四五六七八九十百]{1,5})"
YEARS = r"(?:周岁|岁|周岁\(含\))"
SPAN = re.compile(rf"{NUMBER}\s*(?:{YEARS})?\s*(?:[-－—–~～至到])\s*{NUMBER}\s*{YEARS}")
BARE_SPAN = re.compile(r"^(\d{1,3})\s*[-－—–~～至到]\s*(\d{1,3})$")
OVER = re.compile(rf"(?:年满|满)?{NUMBER}\s*{YEARS}?\s*(?:\(含\))?\s*(?:及其?|或|\()?\s*(?:以上|及上|＋|\+)")
TURNED = re.compile(rf"(?:年满|满){NUMBER}\s*{YEARS}")
UNDER = re.compile(
    rf"(?:未满|不满|不足){NUMBER}\s*{YEARS}|{NUMBER}\s*{YEARS}\s*(\(含\))?\s*(及其?)?(?:以下|以内)"
)
HUNDRED = re.compile(r"^(?:其中[:：、]?)?百岁|(?<!\d)百岁(?=及?以上|老人|寿星)")
WITHOUT = re.compile(r"\(不含")
ONE = re.compile(rf"^{NUMBER}\s*{YEARS}$")
AGES = (SPAN, OVER, TURNED, UNDER)
TOTAL = re.compile(
    r"^(合计|总计|小计|共计|总数|计|数量|数值|本期数|本月数|年末数|期末数|本季数|现有数|实有数|人口总数\(人\)|数量\(人\)|人数\(人\)|全社区|本社区|全部|全年合计|全年|全年累计|常住|总人数|人数|总人口|总人口数|人口数|常住人口|常住人口数|实有人口|实有人口数|常住居民|居民总数|常住人口总数|社区总人口|总数\(人\)|人数合计|合计人数|全体|总量|人口总数|合计\(人\)|人)$"
)
HOUSEHOLDS = re.compile(
    r"^(总?户数|户|家庭户数|户数\(户\)|家庭数|户合计|(?:常住|实有|居民|现住)(?:总?户数|户))$"
)
SHARE = re.compile(r"占比|比例|比重|百分比|%|率$|同比|环比|平均|增减|差额|金额|均值")
QUARTER = re.compile(r"^(?:(\d{4})年)?第?([一二三四1-4])季度?$")
HALF = re.compile(r"^(?:(\d{4})年)?(上|下)半年$")
MONTH = re.compile(r"^(?:(\d{4})年)?(\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份)?(?:底|末)?$")
AMONG = re.compile(r"^(其中|含|内|另|中(?![共专学级度])|包括|#)[：:、，,\s]*")
# What is counted, behind what it is counted by: 空巢老人总数, 低保人数.
COUNTED = re.compile(r"(总人数|总数|人数|人口数|数量|小计|合计|人口|\(人\)|人次|数)$")
NUMBERED = re.compile(
    r"^(?:\d{1,2}[.、)](?!\d)|[一二三四五六七八九十]、(?![一二三四]级|[一二三四五六七八九十]网格)|\(\d\))"
)
COUNTING = re.compile(r"^(?:涉及|共有|现有|实有|累计)(?=.)")
# 总户数(户): the unit says nothing new.
UNITED = re.compile(r"\((?:单位:)?(?:人|户|名|个)\)$")
OTHERS = re.compile(r"^(?:其他|其它|其余)(?:人员|人数|类别|类型|残疾|情况|(?:少数)?民族)?$")
SEXES = {
    "男": "1",
    "男性": "1",
    "男生": "1",
    "男孩": "1",
    "女": "2",
    "女性": "2",
    "女生": "2",
    "女孩": "2",
    "妇女": "2",
}
OF_SEX = ((re.compile(r"(?<![子男])女(?:性|$)|妇女"), "2"), (re.compile(r"男(?:性|$)"), "1"))
CODED = (
    ("person.education", "education"),
    ("person.marital", "marital"),
    ("person.political", "political"),
    ("person.employment", "employment"),
    ("person.kind", "residence_kind"),
    ("person.status", "status"),
    ("person.ethnicity", "ethnicity"),
)
MODES = (
    (re.compile(r"独居|单居|单独居住|独自居住|孤寡|孤老"), ["person.lives_alone", "=", True]),
    (
        re.compile(r"空巢|夫妻双居|双居|纯老|夫妻同住|俩夫妻|夫妇同住|夫妻空巢"),
        ["person.empty_nest", "=", True],
    ),
)
# Labels that facts reckon instead of somebody putting them on.
RECKONED: dict[str, Tree] = {
    "lives_alone": ["person.lives_alone", "=", True],
    "empty_nest": ["person.empty_nest", "=", True],
    "senior": ["person.age", ">=", 80],
    "under_three": ["person.age", "<", 3],
    "newborn": ["person.age", "<", 1],
    "tenant": ["residence.tenant", "=", True],
}
# Whoever is known to be of another people than 汉族.
MINORITY = ["person.ethnicity", "!=", "01"]
LIVING = ["person.status", "=", "living"]
PRESENT = ["person.status", "in", ["living", "away"]]


def age_in(text: str, *, bare: bool = False) -> Tree | None:
    """The age that a text speaks of; with `bare` also 60-64 without a unit."""
    text = plain(text)
    if found := SPAN.search(text) or (BARE_SPAN.match(text) if bare else None):
        low, high = number(found[1]), number(found[2])
        if low <= high <= 150:
            return {"all": [["person.age", ">=", low], ["person.age", "<=", high]]}
    if found := OVER.search(text):
        rest = text[found.end() : found.end() + 6]
        return ["person.age", ">" if WITHOUT.match(rest) else ">=", number(found[1])]
    if found := UNDER.search(text):
        if found[1]:
            return ["person.age", "<", number(found[1])]
        with_it = bool(found[3] or found[4])
        return ["person.age", "<=" if with_it else "<", number(found[2])]
    if found := TURNED.search(text):
        return ["person.age", ">=", number(found[1])]
    if found := ONE.match(text):
        return ["person.age", "=", number(found[1])]
    return ["person.age", ">=", 100] if HUNDRED.search(text) else None


def labels_in(text: str) -> list[Tree]:
    """Each label a text names, with what it says of it (失独, 一级); of several sorts of one label any will do."""
    text = plain(text)
    found: list[Tree] = []
    for code in dict.fromkeys(each.code for each in find(text)):
        tree: Tree = RECKONED.get(code) or [f"label.{code}", "=", True]
        said = said_of(code, text)
        found.append({"all": [tree, *said]} if said else tree)
    return found


GRIDS = re.compile(
    r"((?:第?(?:\d{1,2}|[一二三四五六七八九十]{1,3})号?(?:网格)?[、,和及至到\-~～—]){0,40}第?(?:\d{1,2}|[一二三四五六七八九十]{1,3}))号?网格"
)


@dataclass(frozen=True, slots=True)
class Places:
    """The grids and buildings by which a community is told apart."""

    grids: tuple[str, ...] = ()
    buildings: tuple[str, ...] = ()

    def grid_in(self, text: str, *, whole: bool = False) -> str:
        """第三网格, 三网格, 3号网格: one of the grids; "" for none or several."""
        text = plain(text)
        hits = self.grids_in(text)
        if whole and hits and len(text) > len(plain(hits[0])) + 4:
            return ""
        return hits[0] if len(hits) == 1 else ""

    def grids_in(self, text: str) -> list[str]:
        """第一、二网格, 1至3网格: every grid that is named."""
        text = plain(text)
        named = [grid for grid in self.grids if _names(grid, text)]
        numbers: set[int] = set()
        for found in GRIDS.finditer(text):
            parts = [number(part) for part in re.findall(r"\d{1,2}|[一二三四五六七八九十]{1,3}", found[1])]
            if len(parts) == 2 and re.search(r"[至到\-~～—]", found[1]):
                parts = list(range(parts[0], parts[1] + 1))
            numbers.update(parts)
        return [grid for grid in self.grids if grid in named or _ordinal(grid) in numbers]

    def building_in(self, text: str) -> str:
        """3号楼, 3幢, 12弄7号."""
        text = plain(text)
        for name in sorted(self.buildings, key=len, reverse=True):
            # 9号楼 is not 99号楼.
            if len(text) <= len(name) + 4 and re.search(rf"(?<!\d){re.escape(plain(name))}", text):
                return name
        found = re.fullmatch(r"(\d{1,3})(?:号楼|幢|栋|号|#|#楼)", text)
        if found:
            return next(
                (name for name in self.buildings if re.fullmatch(rf"{found[1]}(号楼|幢|栋)", plain(name))), ""
            )
        return ""


def _names(grid: str, text: str) -> bool:
    """Whether a grid is named in full: 1网格 is not 11网格."""
    before = r"(?<![\d一二三四五六七八九十])" if re.match(r"[\d一二三四五六七八九十]", plain(grid)) else ""
    return re.search(before + re.escape(plain(grid)), text) is not None


def _ordinal(name: str) -> int:
    found = re.search(r"(\d{1,2}|[一二三四五六七八九十]{1,3})", plain(name))
    return number(found[1]) if found else -1


@dataclass(frozen=True, slots=True)
class Band:
    """What one row or column of a counting form counts: a condition, or everybody; persons or households."""

    tree: Tree = None
    total: bool = False
    households: bool = False
    month: int = 0
    year: int = 0
    # How many months: three for 第二季度, six for 上半年.
    months: int = 1

    @property
    def counts(self) -> bool:
        """Whether anything was understood."""
        return self.total or self.households or bool(self.month) or self.tree is not None


def band(text: str, places: Places, *, corner: str = "") -> Band | None:
    """The meaning of a heading of a counting form; None when it is not understood."""
    bare = AMONG.sub("", plain(text)).strip(":,、;")
    bare = NUMBERED.sub("", bare)
    bare = UNITED.sub("", COUNTING.sub("", bare)) or bare
    if not bare or SHARE.search(bare) or OTHERS.match(bare):
        return None
    if TOTAL.match(bare) or re.sub(r"\(.*?\)$", "", bare) in ("合计", "总计", "小计"):
        return Band(total=True)
    if HOUSEHOLDS.match(bare):
        return Band(households=True)
    if (period := _period(bare)) is not None:
        return period
    homes = bare.endswith(("户", "户数"))
    for words, households in (
        (re.sub(r"户数?$", "", bare), True),
        (bare, False),
        (COUNTED.sub("", bare), False),
    ):
        tree = _tree(words, places, corner) if words and (homes or not households) else None
        if tree is not None:
            return Band(tree=tree, households=households)
    return None


def _period(bare: str) -> Band | None:
    """3月, 第二季度, 上半年."""
    if found := MONTH.match(bare):
        return Band(month=number(found[2]), year=int(found[1] or 0))
    if found := QUARTER.match(bare):
        return Band(month=number(found[2]) * 3 - 2, year=int(found[1] or 0), months=3)
    if found := HALF.match(bare):
        return Band(month=1 if found[2] == "上" else 7, year=int(found[1] or 0), months=6)
    return None


def _tree(bare: str, places: Places, corner: str) -> Tree | None:
    if bare in SEXES:
        return ["person.sex", "=", SEXES[bare]]
    if grid := places.grid_in(bare, whole=True):
        return ["house.grid", "=", grid]
    if building := places.building_in(bare):
        return ["house.building", "=", building]
    age = age_in(bare, bare="年" in corner or "岁" in corner)
    parts: list[Tree] = [] if age is None else [age]
    modes = [tree for pattern, tree in MODES if pattern.search(bare)]
    parts += [
        tree
        for tree in modes or labels_in(re.sub(r"\d+(周岁|岁)(及以上|以上|以下)?", "", bare))
        if age is None or tree[0] != "person.age"
    ]
    if not parts:
        return _sort_of(bare, corner) or _coded(bare, corner) or _implied(bare)
    sexes = {code for pattern, code in OF_SEX if pattern.search(bare)}
    if len(sexes) == 1:  # 60岁以上女性, 残疾妇女
        parts.append(["person.sex", "=", sexes.pop()])
    return {"all": parts} if len(parts) > 1 else parts[0]


def _sort_of(bare: str, about: str) -> Tree | None:
    """视力, 一级 under 残疾类别; 轻度 under 失能老人: a sort of the one label that stands above."""
    if len(bare) > 8 or not about:
        return None
    codes = list(dict.fromkeys(each.code for each in find(plain(about))))
    if len(codes) != 1 or codes[0] not in SORTED:
        return None
    said = said_of(codes[0], bare + SORTED[codes[0]])
    return {"all": [[f"label.{codes[0]}", "=", True], *said]} if said else None


# The word by which a sort of a label is made whole.
SORTED = {
    "disability": "残疾",
    "disabled_elder": "失能",
    "destitute": "供养",
    "child_in_need": "",
    "veteran": "",
}


def _implied(bare: str) -> Tree | None:
    """Words that imply a sex or an age."""
    if bare.startswith(("男", "女")) and len(bare) <= 5:
        return ["person.sex", "=", SEXES[bare[0]]]
    if bare in ("老年人", "老人", "老年人口", "60岁以上老人"):
        return ["person.age", ">=", 60]
    if bare in ("儿童", "未成年人", "少年儿童"):
        return ["person.age", "<", 18]
    if bare in ("少数民族", "少数民族人口"):
        return MINORITY
    return None


def _coded(bare: str, corner: str) -> Tree | None:
    """大专, 已婚, 流动人口: a value of a coded fact, that of the corner first."""
    about, bare = plain(corner), re.sub(r"(?:学历|文化程度)(?:者|人员)?$", "", bare)
    tables = sorted(CODED, key=lambda pair: not _named(pair[1], about))
    if bare == "研究生":
        return ["person.education", "in", [str(code) for code in range(10, 20)]]
    if schooling := codes_in(bare):
        return ["person.education", "in", schooling]
    for options in (re.split(r"[/、或()]", bare), re.split(r"[/、或]", bare)):
        for key, table in tables:
            values = [_code_of(table, part) for part in options if part]
            if values and all(values):
                wider = sorted({code for value in values if value for code in _family(table, value)})
                return [key, "in", wider] if len(wider) > 1 else [key, "=", wider[0]]
    return None


def _code_of(table: str, part: str) -> str | None:
    return read_code(table, re.sub(r"(人口|人员|人|者)$", "", part)) or read_code(table, part)


NAMED = {
    "education": "文化|学历|教育",
    "marital": "婚",
    "political": "政治|面貌",
    "employment": "业|职",
    "ethnicity": "族",
}


def _named(table: str, about: str) -> bool:
    return bool(table in NAMED and re.search(NAMED[table], about))


def _family(table: str, code: str) -> list[str]:
    """The codes below a general one: 已婚 takes 初婚, 再婚 and 复婚 in."""
    if table == "marital" and code == "20":
        return ["20", "21", "22", "23"]
    if table == "education" and code.endswith("0") and code not in ("10", "90"):
        below = (f"{code[0]}{digit}" for digit in range(1, 10) if code[0] in "234678")
        return [code, *(each for each in below if each in TABLES["education"].names and each != "44")]
    return [code]


@dataclass(slots=True)
class Wanted:
    """Who is meant by a form: conditions over persons, as of a day, each with the words it was read from."""

    parts: list[tuple[Tree, str]] = field(default_factory=list)
    on: datetime.date | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    period: str = ""
    doubts: list[str] = field(default_factory=list)
    # The words of the title that became no condition.
    leftover: list[str] = field(default_factory=list)

    def add(self, tree: Tree, words: str) -> None:
        """One more condition; the same one twice is one."""
        if all(known != tree for known, _ in self.parts):
            self.parts.append((tree, words))

    @property
    def tree(self) -> Tree:
        """The whole condition, fit for `facts.reading.read`."""
        return {"all": [tree for tree, _ in self.parts]}
