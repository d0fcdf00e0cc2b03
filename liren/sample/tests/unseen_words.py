"""Word forms (文字表格): lists, cards with ticks, two tables, a table inside a cell, a tall photo, a cross table."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from .oracle import BLANK, Truth, World, address, agrees, has, is_person, lives, phone, worn

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{SPACE}}}"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = f"""<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="{KIND}"/></Types>"""
LINKS = """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
 Target="word/document.xml"/></Relationships>"""
TALL = {"first": '<w:vMerge w:val="restart"/>', "more": "<w:vMerge/>", "": ""}


def words(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def cell(text: str, span: int = 1, tall: str = "", inside: str = "") -> str:
    wide = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f"<w:tc><w:tcPr>{wide}{TALL[tall]}</w:tcPr>{inside}{words(text)}</w:tc>"


def table(*rows: list[str]) -> str:
    lines = ("".join(each if each.startswith("<w:tc>") else cell(each) for each in row) for row in rows)
    return "<w:tbl><w:tblPr/>" + "".join(f"<w:tr>{line}</w:tr>" for line in lines) + "</w:tbl>"


def document(*blocks: str) -> bytes:
    body = "".join(each if each.startswith("<") else words(each) for each in blocks)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", TYPES)
        made.writestr("_rels/.rels", LINKS)
        made.writestr(
            "word/document.xml", f'<w:document xmlns:w="{SPACE}"><w:body>{body}</w:body></w:document>'
        )
    return out.getvalue()


def tables_of(content: bytes) -> list[list[list[str]]]:
    """Every table, those inside cells as well, as rows of words."""
    root = ElementTree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"))  # noqa: S314
    return [
        [
            [
                "".join(node.text or "" for part in each.findall(f"{W}p") for node in part.iter(f"{W}t"))
                for each in line.findall(f"{W}tc")
            ]
            for line in found.findall(f"{W}tr")
        ]
        for found in root.iter(f"{W}tbl")
    ]


@dataclass
class Word:
    """A Word form, whom it is about, and (want, got) of what was written."""

    content: bytes
    pairs: Callable[[list[Any], Any, World], Iterator[tuple[Any, Any]]]
    who: Truth | None = None

    def target(self, world: World) -> str | None:
        return world.first(self.who) if self.who else None

    def wrong(self, done: Any, world: World) -> Iterator[Any]:
        key = self.target(world) or ""
        about = world.people.get(key) or world.homes.get(key)
        for want, got in self.pairs(tables_of(done.content), about, world):
            if not agrees(want, got):
                yield want, got


def _list(tables: list[Any], _: Any, world: World) -> Iterator[tuple[Any, Any]]:
    people = [
        each
        for each in world.said["persons"]
        if lives(each) and worn(each, "失能老人").get("level") == "重度"
    ]
    lines = {row[1]: row for row in tables[0][1:] if row[1]}
    yield len(people), len(lines)
    for each in people:
        yield each["id_number"], lines[each["name"]][2]
        yield address(each), lines[each["name"]][3]


def _card(tables: list[Any], about: Any, world: World) -> Iterator[tuple[Any, Any]]:
    (said,) = tables
    year, month, _ = about["birth_date"].split("-")
    yield about["name"], said[0][1]
    yield ("☑男 □女" if about["sex"] == "男" else "□男 ☑女"), said[0][3]
    yield f"{year}年{int(month)}月", said[0][5]
    yield about["id_number"], said[1][1]
    yield "☑有 ☐无", said[2][1]
    yield ("（√）是 （ ）否" if has(about, "低保") else "（ ）是 （√）否"), said[2][3]
    yield worn(about, "残疾人")["guardian"], said[3][2]
    yield worn(about, "残疾人")["guardian_phone"] or "", said[3][4]
    yield BLANK, said[4][1]


def _home(tables: list[Any], about: Any, world: World) -> Iterator[tuple[Any, Any]]:
    head, (card, members) = world.head(about), tables
    others = [each for each in world.members(about["key"]) if each is not head]
    yield head["name"], card[0][1]
    yield head["id_number"], card[0][3]
    yield len(others) + 1, card[1][3]
    yield len(others), sum(bool(row[0]) for row in members[1:])
    for each, row in zip(others, members[1:], strict=False):
        yield each["name"], row[0]
        yield each["age"], row[2]
        yield BLANK, row[3]


def _inside(tables: list[Any], about: Any, world: World) -> Iterator[tuple[Any, Any]]:
    outer, inner = tables
    yield about["name"], inner[0][1]
    yield about["id_number"], inner[1][1]
    yield BLANK, outer[0][1]
    yield phone(about), outer[1][3]


def _photo(tables: list[Any], about: Any, world: World) -> Iterator[tuple[Any, Any]]:
    (said,) = tables
    yield about["name"], said[0][1]
    yield "照片", said[0][4]
    yield worn(about, "党员")["branch"], said[1][1]
    yield worn(about, "党员")["join_date"], said[1][3]
    yield BLANK, said[2][1]


def _figures(tables: list[Any], _: Any, world: World) -> Iterator[tuple[Any, Any]]:
    old = [each for each in world.said["persons"] if lives(each) and each["age"] >= 60]
    for row, (low, high) in enumerate(((60, 79), (80, 200)), 1):
        these = [each for each in old if low <= each["age"] <= high]
        yield len(these), tables[0][row][1]
        yield sum(each["sex"] == "男" for each in these), tables[0][row][2]
    yield len(old), tables[0][3][1]


WORDS = {
    "名册": Word(
        document(
            "附件2",
            "重度失能老人护理补贴花名册",
            "填报单位（盖章）：                填报日期：    年  月  日",
            table(["序号", "姓名", "身份证号码", "家庭住址", "备注"], *[[""] * 5] * 3),
            "负责人：          经办人：",
        ),
        _list,
    ),
    "卡片": Word(
        document(
            "残疾人家庭无障碍改造申请表",
            table(
                ["姓名", "", "性别", "□男 □女", "出生年月", "    年   月"],
                ["身份证号", cell("", 2), "联系电话", cell("", 2)],
                ["有无残疾证", cell("☐有 ☐无", 2), "是否低保", cell("（ ）是 （ ）否", 2)],
                ["监护人", "姓名", "", "联系电话", cell("", 2)],
                ["申请理由", cell("", 5)],
            ),
        ),
        _card,
        lambda p, w: lives(p) and bool(worn(p, "残疾人").get("guardian")),
    ),
    "两张表": Word(
        document(
            "困难家庭入户核查表",
            "一、家庭基本情况",
            table(["户主姓名", "", "身份证号", ""], ["现住址", "", "家庭人口数", ""]),
            "二、家庭成员情况",
            table(["姓名", "与户主关系", "年龄", "健康状况"], *[[""] * 4] * 2),
            "核查人签名：          年   月   日",
        ),
        _home,
        lambda h, w: (
            not is_person(h)
            and len(w.members(h["key"])) == 3
            and lives(w.head(h))
            and w.head(h)["residence_type"] == "户籍人口"
        ),
    ),
    "表中表": Word(
        document(
            "居民服务申请单",
            table(
                ["申请人信息", cell("", 3, inside=table(["姓名", ""], ["身份证号", ""]))],
                ["住址", "", "电话", ""],
                ["申请事项", "", "备注", ""],
            ),
        ),
        _inside,
        lambda p, w: lives(p) and p["age"] > 40,
    ),
    "照片": Word(
        document(
            "流动党员登记表",
            table(
                ["姓名", "", "性别", "", cell("照片", 1, "first")],
                ["所在党支部", "", "入党时间", "", cell("", 1, "more")],
                ["主要简历", cell("", 4)],
            ),
        ),
        _photo,
        lambda p, w: lives(p) and has(p, "党员"),
    ),
    "统计": Word(
        document(
            "老年人口年龄分布统计表",
            "统计截止时间：2026年6月30日",
            table(["年龄段", "人数", "男"], ["60-79岁", "", ""], ["80岁以上", "", ""], ["合计", "", ""]),
        ),
        _figures,
    ),
}
