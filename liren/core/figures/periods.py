"""Period (期间): a month, a quarter, a year, or any run of months, and how people and the filter language say it."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from liren.core.duty import Refused


@dataclass(frozen=True)
class Period:
    """So many months from the first day of one on."""

    first: date
    months: int = 1

    @property
    def last(self) -> date:
        """The first day of the last month."""
        return stepped(self.first, self.months - 1)

    @property
    def key(self) -> str:
        """``2026-10``, ``2026-Q4``, ``2026``: what stands in the address of a page."""
        if self.months == 12 and self.first.month == 1:
            return f"{self.first.year}"
        if self.months == 3 and self.first.month % 3 == 1:
            return f"{self.first.year}-Q{(self.first.month + 2) // 3}"
        return self.text

    @property
    def text(self) -> str:
        """``2026-10`` or ``2026-10..2026-12``: what the filter language takes."""
        first, last = f"{self.first:%Y-%m}", f"{self.last:%Y-%m}"
        return first if self.months == 1 else f"{first}..{last}"

    @property
    def name(self) -> str:
        """As people say it."""
        year, month = self.first.year, self.first.month
        if self.months == 1:
            return f"{year}年{month}月"
        if self.key.isdecimal():
            return f"{year}年"
        if "Q" in self.key:
            return f"{year}年第{'一二三四'[month // 3]}季度"
        return f"{year}年{month}月至{self.last.year}年{self.last.month}月"

    @property
    def called(self) -> str:
        """What it is compared with is called so: 上月, 上季度, 上年."""
        return {1: "上月", 3: "上季度", 12: "上年"}.get(self.months, "之前")

    @property
    def before(self) -> "Period":
        """As many months before it."""
        return Period(stepped(self.first, -self.months), self.months)

    @property
    def after(self) -> "Period":
        """As many months after it."""
        return Period(stepped(self.first, self.months), self.months)

    def each(self) -> list[date]:
        """The first day of each month."""
        return [stepped(self.first, step) for step in range(self.months)]

    def is_over(self, today: date | None = None) -> bool:
        """Whether its last day has passed."""
        return self.after.first <= (today or timezone.localdate())


def stepped(month: date, steps: int) -> date:
    """The first day of the month so many months later."""
    year, index = divmod(month.year * 12 + month.month - 1 + steps, 12)
    return date(year, index + 1, 1)


def this_month() -> Period:
    """The month that is running."""
    return Period(timezone.localdate().replace(day=1))


def period_of(text: str) -> Period:
    """The period of an address; Refused for one that cannot be read."""
    found = re.fullmatch(r"(20\d\d)(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?", text.strip())
    if not found:
        raise Refused("这个期间看不懂，请重新选")
    year = int(found[1])
    if found[2]:
        return Period(date(year, int(found[2]) * 3 - 2, 1), 3)
    return Period(date(year, int(found[3]), 1)) if found[3] else Period(date(year, 1, 1), 12)


def run_of(text: str) -> Period:
    """The period of the filter language, ``2026-10`` or ``2026-10..2026-12``; ValueError for another."""
    found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])(?:\.\.(20\d\d)-(0[1-9]|1[0-2]))?", text)
    if not found:
        raise ValueError(text)
    first = date(int(found[1]), int(found[2]), 1)
    if not found[3]:
        return Period(first)
    months = (int(found[3]) - first.year) * 12 + int(found[4]) - first.month + 1
    if months < 1:
        raise ValueError(text)
    return Period(first, months)
