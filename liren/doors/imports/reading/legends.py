"""Legends (图例): 灰底为已迁出, 红色字体为已去世 – from a note to the rows that it speaks of."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from liren.core.people import codes, labelling
from liren.core.sheets.colours import NEIGHBOURS
from liren.core.sheets.workbook import Look, Sheet

COLOUR = re.compile(
    r"(?:标|涂|打|填)?(?:成|为|上|了)?(?:浅|深|淡|大|亮|暗|鲜)?(?P<colour>灰|黄|红|绿|蓝|橙|橘|紫|粉|青|棕|褐)(?:色)?"
    r"(?P<what>(?:的)?(?:底纹|底色|底|背景色?|填充|单元格|格子?|行|色块|字体|文字|字|标记|标注|标识|标示|标出|显示|部分|标|框)*)"
    r"|(?P<strike>删除线|中划线|划线|划掉|划去|横线划|划除|打叉)"
)
FONT_WORDS, FILL_WORDS = re.compile(r"字"), re.compile(r"底|背景|填充|单元格|格|行|色块|涂|框")
ALIASES = {"橘": "橙", "青": "蓝", "褐": "棕"}
# 红色字体为已去世; 已去世的标红: between the colour and its meaning
LINKS = re.compile(r"^[\s的者]*(?:的?(?:人员|居民|住户|表示|代表|系|指|即|为|是|:|=|-|—)+)?")
MOVED = re.compile(r"搬|迁|退租|离开|离沪|不住")
DIED = re.compile(r"故|去世|死亡|过世|逝|亡")
AWAY = re.compile(r"空挂|人户分离|户在人不在|人不在|挂户|不在此居住|外出|未居住|不在住")


@dataclass(frozen=True, slots=True)
class Legend:
    """One entry: the look, and the field with the value that it means."""

    colour: str
    where: str
    field: str
    value: str
    said: str

    def fits(self, look: Look, colours: tuple[str, ...]) -> bool:
        """Does a look carry this meaning? `colours` are the names accepted for the legend's colour."""
        if self.where == "strike":
            return look.strike
        fill, font = look.fill in colours, look.font in colours
        return font if self.where == "font" else fill if self.where == "fill" else fill or font


def find_legends(texts: Iterable[str]) -> list[Legend]:
    """All legend entries in titles, notes and footers."""
    legends = []
    for text in texts:
        if COLOUR.search(text):
            for clause in re.split(r"[;；。\n]+", unicodedata.normalize("NFKC", text)):
                legends.extend(_in_clause(clause))
    return list(dict.fromkeys(legends))


def _in_clause(clause: str) -> list[Legend]:
    found = list(COLOUR.finditer(clause))
    if not found:
        return []
    # 已迁出的用灰底标出: the meaning stands before the colour
    before = [
        clause[: found[0].start()],
        *(clause[a.end() : b.start()] for a, b in pairwise(found)),
    ]
    after = [*before[1:], clause[found[-1].end() :]]
    backwards = _meaning(before[0]) is not None and _meaning(after[0].split(",")[0].split("、")[0]) is None
    legends = []
    for hit, text in zip(found, before if backwards else after, strict=True):
        meaning = _meaning(text)
        if meaning is not None:
            legends.append(Legend(_colour(hit), _where(hit), *meaning, clause.strip()))
    return legends


def _colour(hit: re.Match[str]) -> str:
    return ALIASES.get(hit["colour"], hit["colour"]) if hit["colour"] else ""


def _where(hit: re.Match[str]) -> str:
    if hit["strike"]:
        return "strike"
    if FONT_WORDS.search(hit["what"]):
        return "font"
    return "fill" if FILL_WORDS.search(hit[0]) else "any"


def _meaning(text: str) -> tuple[str, str] | None:
    """The field and value that the words beside a colour mean."""
    text = LINKS.sub("", text).strip()
    status = labelling.find_status(text) or _status(text)
    if status:
        return "status", status
    found = labelling.find(text)
    if found:
        return "labels", found[0].code
    for word in re.findall(r"户籍|流动|外来|外地|境外|租住|租户|租客|本地|来沪|暂住", text):
        if kind := codes.read("residence_kind", word):
            return "residence_kind", kind
    return None


def _status(text: str) -> str | None:
    for pattern, code in ((DIED, "deceased"), (AWAY, "away"), (MOVED, "moved_out")):
        if pattern.search(text):
            return code
    return None


def colour_keys(sheet: Sheet, texts: Iterable[tuple[int, str]]) -> list[Legend]:
    """A key of coloured cells: [黄] 已搬离 [灰] 已故, the word in the coloured cell or right beside it."""
    legends = []
    rows = {row for row, _ in texts}
    for row in rows & set(sheet.looks):
        for look, columns in sheet.looks[row].items():
            for column in range(columns.bit_length()):
                if not columns >> column & 1:
                    continue
                own = sheet.text(row, column)
                said = own or sheet.text(row, column + 1)
                meaning = _meaning(said) if said and len(said) <= 12 else None
                if meaning and not COLOUR.search(said):
                    legends.append(_entry(look, own, meaning, said))
    return list(dict.fromkeys(legends))


def _entry(look: Look, own: str, meaning: tuple[str, str], said: str) -> Legend:
    if look.fill:
        return Legend(look.fill, "fill", *meaning, said)
    if look.strike:
        return Legend("", "strike", *meaning, said)
    return Legend(look.font, "font", *meaning, said)


def marked_rows(
    legends: list[Legend], sheet: Sheet, rows: list[int], name: int, width: int
) -> dict[int, list[Legend]]:
    """The rows of people to which a legend applies: name cell, or at least half of the row, in that look."""
    marked: dict[int, list[Legend]] = {}
    looked = [(row, sheet.looks[row]) for row in rows if row in sheet.looks]
    for legend in legends:
        exact = any(legend.fits(look, (legend.colour,)) for _, looks in looked for look in looks)
        colours = (legend.colour,) if exact else (legend.colour, *NEIGHBOURS.get(legend.colour, ()))
        hits = [
            row for row, looks in looked if _applies(legend, looks, colours, sheet.rows[row], name, width)
        ]
        if len(hits) <= max(3, 0.7 * len(rows)):
            for row in hits:
                marked.setdefault(row, []).append(legend)
    return marked


def _applies(
    legend: Legend, looks: dict[Look, int], colours: tuple[str, ...], row: list[object], name: int, width: int
) -> bool:
    bits = 0
    for look, columns in looks.items():
        if legend.fits(look, colours):
            bits |= columns
    if bits >> name & 1:
        return True
    filled = sum(1 for column, cell in enumerate(row) if cell != "" and column < width)
    hit = sum(1 for column, cell in enumerate(row) if cell != "" and bits >> column & 1)
    return bits != 0 and hit >= 0.5 * filled
