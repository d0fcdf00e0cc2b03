"""Homes (住址): from the cells of a row, its section, title and sheet to a house of the community."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from liren.core.places.addresses import Address, AddressBook
from liren.core.sheets.workbook import text_of

BUILDING_IN_TITLE = re.compile(
    r"(?P<lane>[\d一二三四五六七八九十百]+弄)?(?P<number>[\d一二三四五六七八九十百]+|[A-Za-z甲乙丙丁])(?:号楼|幢楼?|栋楼?|座|#楼?|号)"
)
RANGE = re.compile(
    r"[至到~～—、及和,，\-－]\s*[\d一二三四五六七八九十]+(弄|号|栋|幢|#)|[\d一二三四五六七八九十]\s*[至到~～—、,，\-－]\s*$"
)
UNIT_IN_TITLE = re.compile(r"(?P<unit>\d+|[一二三四五六七八九十]+|[A-Z])(?:单元|门洞)")
SAME_AS_HUKOU = re.compile(r"^(同|与)?(户籍|户口)(所在)?(地|住)?(址|所在地)?(一致|相同|同)?$|^同左$|^同户籍")
SAME_AS_HOME = re.compile(
    r"^(同|与)(现)?(居)?(住|居住)(地|址|所|宅)*(一致|相同)?$|^同(住址|现住址|现居住地|居住地|居住地址|左|右|前|地址|现住地|本址)$|^(人户一致|户在人在|人户同在|同现住)$"
)


MONTHS = {
    name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)
}
DAY_MONTH = re.compile(
    r"^(?P<day>\d{1,2})-(?P<month>[A-Za-z]{3})$|^(?P<first>[A-Za-z]{3})-(?P<last>\d{1,2})$"
)


def undated(value: Any) -> Any:
    """2-Jan, as a spreadsheet shows a date that was a room number, becomes the date again."""
    found = DAY_MONTH.match(value) if type(value) is str and 4 < len(value) < 7 else None
    if found is None:
        return value
    month, day = MONTHS.get((found["month"] or found["first"]).lower()), int(found["day"] or found["last"])
    return date(2024, month, day) if month and 1 <= day <= 28 else value


class Homes:
    """Reads addresses of one table; equal cells are read once."""

    def __init__(self, book: AddressBook) -> None:
        self.book = book
        self.known: dict[tuple[Any, ...], Address] = {}

    def building_in(self, text: str) -> tuple[str, str]:
        """Building key and unit that a sheet name, title or section names; "" when none or several."""
        text = text.strip()
        unit = UNIT_IN_TITLE.search(text)
        unit_text = text_of(unit["unit"]) if unit else ""
        if len(text) <= 12 and (found := self.book.building(UNIT_IN_TITLE.sub("", text) or text)):
            return found.key, unit_text
        for known in self.book.buildings.values():
            if known.name == text:
                return known.key, unit_text
        hits = []
        for hit in BUILDING_IN_TITLE.finditer(text):
            if RANGE.search(text[max(0, hit.start() - 4) : hit.start()]) or RANGE.match(
                text[hit.end() : hit.end() + 6]
            ):
                return "", ""
            if found := self.book.building(hit[0]):
                hits.append(found.key)
        return (hits[0], unit_text) if len(set(hits)) == 1 else ("", unit_text if not hits else "")

    def section(self, text: str, lane: str = "") -> tuple[str, str, str]:
        """Building, unit and, where the section row is a household's, the whole address.

        `lane` is what the sheet says: under 12弄 a section 4号 is 12弄4号.
        """
        if lane and re.match(r"\d+号(?!楼)", text) and (known := self.book.building(f"{lane}{text}")):
            return known.key, "", ""
        for piece in re.split(r"[\s,，;；(（:：]+", text):
            found = self.book.parse(piece) if any(c.isdigit() for c in piece) and len(piece) > 4 else None
            if found is not None and found.building and found.room and not found.problem:
                return found.building, found.unit or "", piece
        return (*self.building_in(text), "")

    def read(self, home: str, home_unit: str, address: Any, parts: Sequence[Any]) -> Address:
        """The house of a row: `parts` are lane, building, unit, floor and room cells, `address` one cell for all."""
        key = (home, home_unit, address, type(address), *parts, type(parts[4]))
        found = self.known.get(key)
        if found is None:
            parts = [*parts[:4], undated(parts[4])]
            found = self.known[key] = self._read(home, home_unit, undated(address), parts)
        return found

    def _read(self, home: str, home_unit: str, address: Any, parts: Sequence[Any]) -> Address:
        lane, building, unit, _, room = parts
        if address != "" and text_of(address):
            if building == "" and room == "":
                return self._whole(home, home_unit or unit, address)
            found = self._whole(home, home_unit or unit, address)
            if found.building and found.room and not found.problem:
                return found
        if building != "" or room != "" or lane != "":
            return self._parts(home, home_unit, lane, building, unit, room)
        return Address(home or None, problem="address_missing")

    def _whole(self, home: str, home_unit: Any, address: Any) -> Address:
        found = self.book.parse(address, building=home or None, unit=home_unit or None)
        if found.problem == "address_unknown" and home:
            # the sheet's building is only a guess; the cell may name another one
            alone = self.book.parse(address)
            return found if alone.problem else alone
        return found

    def _roomless(self, home: str, home_unit: str, building: Any) -> Address:
        """A building alone, or with its room in the same cell (26弄5号 乙)."""
        whole, said = self._whole(home, home_unit, building), text_of(building)
        known = self.book.building(said)
        if (whole.room and not whole.problem) or known is None:
            return whole
        return Address(known.key, problem="address_missing", said=said)

    def _parts(self, home: str, home_unit: str, lane: Any, building: Any, unit: Any, room: Any) -> Address:
        said = text_of(building)
        if lane != "" and said:
            said = _in_lane(text_of(lane), said)
        if not said:
            if home:
                return self.book.parse(room, building=home, unit=unit or home_unit or None)
            return self.book.parse(room, unit=unit or None)
        if self.book.building(said) is not None:
            if room == "" and unit == "":
                return self._roomless(home, home_unit, building)
            return self.book.parse(room, building=said, unit=unit or None)
        if room == "" and unit == "":
            return self._whole(home, home_unit, building)
        joined = said
        if unit != "":
            spoken = text_of(unit)
            joined += spoken if spoken.endswith(("单元", "门", "梯")) else f"{spoken}单元"
        found = self.book.parse(joined + text_of(room))
        return (
            found
            if not found.problem
            else Address(problem="address_unknown", said=f"{joined}{text_of(room)}")
        )


def _in_lane(lane: str, said: str) -> str:
    """A building cell (4, 4号) with the lane that a column or the sheet gives."""
    number = re.sub(r"(号楼?|幢|栋|#)?$", "", said)
    return f"{lane if lane.endswith('弄') else lane + '弄'}{number}号" if number.isdigit() else said
