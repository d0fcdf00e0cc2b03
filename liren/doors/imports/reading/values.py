"""Values (取值): readers of cells with a memory, because a roster says 汉族 thirty thousand times.

Each reader is a dictionary that fills itself: `list(map(reader.__getitem__, column))` is the whole hot path.
"""

from collections.abc import Callable, Hashable
from datetime import date
from operator import mul
from typing import Any

from liren.core.people import codes, dates, identity, labelling, naming, phones
from liren.core.people.dates import PartialDate
from liren.core.people.identity import IdentityCheck
from liren.core.people.phones import Phones
from liren.core.sheets.workbook import text_of

from .freetext import members_in
from .surnames import SURNAMES

NO = frozenset("否 无 没有 × ✗ ✘ 0 / - — n no 不是 x 未 不 空 不详 ☐ □ 〇 false".split())
YES = frozenset("√ ✓ ✔ 是 1 有 y yes v ☑ ■ ● ★ ▲ 对 已 true 打勾 享受 ○ o ✅ 属于 在享 符合".split())
NOTHING = frozenset(["", *"无 / \\ - — —— 、 . 不详 未知 没有 暂无 无。 \u2014".split()])


# What the seventeen digits weigh when all are nought: in bytes, a nought is 48.
ZEROS = 48 * sum(identity.WEIGHTS)


class Memory(dict):
    """A reader of one kind of cell that remembers what it has read."""

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, key: Hashable) -> Any:
        value = self[key] = self.read(key)
        return value

    def column(self, values: list[Any]) -> list[Any]:
        """A whole column at once."""
        return list(map(self.__getitem__, values))


class Readers:
    """The readers of one roster, sharing the day that counts as today."""

    def __init__(self, as_of: date) -> None:
        self.as_of = as_of
        self.names = Memory(read_name)
        self.ids = Memory(self._identity)
        self.births = Memory(self._birth)
        self.days = Memory(lambda value: dates.read_date(value, as_of=as_of, future_ok=True))
        self.phones = Memory(read_phones)
        self.texts = Memory(read_text)
        self.labels = Memory(labelling.find)
        self.statuses = Memory(labelling.find_status)
        self.members = Memory(members_in)
        self.ticks = Memory(is_ticked)
        self.coded = {table: Memory(_code_reader(table)) for table in codes.TABLES}
        self.coded["status"] = Memory(_read_status)

    def _birth(self, value: Any) -> PartialDate:
        if type(value) is str and len(value) == 10 and value[4] == "-" and value[7] == "-":
            try:
                exact = date.fromisoformat(value)
            except ValueError:
                exact = None
            if exact is not None and dates.EARLIEST_YEAR <= exact.year and exact <= self.as_of:
                return PartialDate(value, exact)
        return dates.read_date(value, as_of=self.as_of)

    def _identity(self, value: Any) -> IdentityCheck:
        quick = self._plain_identity(value) if type(value) is str and len(value) == 18 else None
        return quick or identity.check(value, on=self.as_of)

    def _plain_identity(self, number: str) -> IdentityCheck | None:
        """The common flawless resident number, without the care that the others need."""
        first17 = number[:17]
        if not (first17.isdigit() and number.isascii()) or number[0] in "089":
            return None
        total = sum(map(mul, first17.encode(), identity.WEIGHTS)) - ZEROS
        if identity.CHECK_DIGITS[total % 11] != number[17]:
            return None
        try:
            born = date.fromisoformat(number[6:14])
        except ValueError:
            return None
        if born.year < identity.EARLIEST_YEAR or born > self.as_of or number[:2] not in identity.PROVINCES:
            return None
        return IdentityCheck("resident_id", number, born, identity.sex_in(number))


def read_name(value: Any) -> str:
    """A tidy name; short plain ones need no care."""
    if type(value) is str and 1 < len(value) < 5 and value.isalpha() and not value.isascii():
        return value if value not in NOT_NAMES else ""
    return naming.tidy_name(value)


NOT_NAMES = frozenset("不详 未知 空户 空关 空房 空置 无人 待补 待查".split())


def read_phones(value: Any) -> Phones:
    """Phones of a cell; a plain mobile number needs no care."""
    if type(value) is float and value.is_integer():
        value = str(int(value))
    if type(value) is str:
        if len(value) == 11 and value[0] == "1" and value.isdigit() and value.isascii():
            return Phones((value,))
        if value in NOTHING:
            return Phones()
    return phones.read_phones(value)


def read_text(value: Any) -> str:
    """Free text; strokes and 无 are nothing."""
    text = text_of(value).strip(" \u00a0\u3000\t\r\n")
    return "" if text in NOTHING else text


def is_ticked(value: Any) -> bool:
    """Does a tick column say yes? Any word that is no denial counts, as 重度 under 失能 does."""
    text = text_of(value).lower()
    if not text or text in NO:
        return False
    if text in YES:
        return True
    # a name under 志愿者 is the helper's, not a tick
    looks_like_name = 2 <= len(text) <= 3 and text[0] in SURNAMES and not labelling.find(text)
    return len(text) < 20 and text[0] not in "否无未不非" and not looks_like_name


def _read_status(value: Any) -> str:
    """A column for the status holds words of the table, or a remark: 死亡未销户."""
    return codes.read("status", value) or labelling.find_status(value) or ""


def _code_reader(table: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        return codes.read(table, value) or ""

    return read
