"""Paging (翻页): a page of a list, which always says from where to where and how many there are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from .words import thousands

PER_PAGE = 20
SIZES = (20, 50, 100)
# Counting further than this costs more than the figure is worth; the pager then says 「多于」.
COUNT_UP_TO = 10_000


@dataclass(frozen=True)
class Page:
    """One page: its rows, its place, and how many there are, as far as was counted."""

    rows: Sequence[Any]
    number: int
    per_page: int
    total: int
    capped: bool = False

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def first(self) -> int:
        """Place of the first row, from 1."""
        return (self.number - 1) * self.per_page + 1 if self.rows else 0

    @property
    def last(self) -> int:
        """Place of the last row."""
        return (self.number - 1) * self.per_page + len(self.rows)

    @property
    def pages(self) -> int:
        """How many pages there are, as far as was counted."""
        return max(1, -(-self.total // self.per_page))

    @property
    def has_next(self) -> bool:
        """Whether a page follows."""
        return self.number < self.pages

    @property
    def said_total(self) -> str:
        """``1,046``, or ``多于 10,000``."""
        return f"多于 {thousands(self.total)}" if self.capped else thousands(self.total)

    @property
    def numbers(self) -> list[int | None]:
        """Numbers to show; None stands for a gap."""
        near = {1, self.pages, *range(self.number - 1, self.number + 2)}
        shown = sorted(n for n in near if 1 <= n <= self.pages)
        out: list[int | None] = []
        for number in shown:
            if out and out[-1] is not None and number - out[-1] > 1:
                out.append(None)
            out.append(number)
        return out


def _asked(request: HttpRequest, name: str, otherwise: int) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 8 else otherwise


def _counted(rows: QuerySet[Any], most: int) -> int:
    """How many there are, up to so many. Their order is of no matter, and putting thousands in order takes its time."""
    loose = rows if rows.query.is_sliced else rows.order_by()
    return int(loose[:most].count())


def page_of(
    rows: QuerySet[Any] | Sequence[Any],
    request: HttpRequest,
    *,
    per_page: int = PER_PAGE,
    total: int | None = None,
    count_up_to: int = COUNT_UP_TO,
) -> Page:
    """The page that ``?page=`` and ``?per=`` ask for; beyond the end it is the last one."""
    per = _asked(request, "per", per_page)
    per = per if per in SIZES else per_page
    if total is None:
        total = _counted(rows, count_up_to + 1) if isinstance(rows, QuerySet) else len(rows)
    capped = total > count_up_to
    total = min(total, count_up_to)
    number = min(max(1, _asked(request, "page", 1)), max(1, -(-total // per)))
    start = (number - 1) * per
    return Page(list(rows[start : start + per]), number, per, total, capped)
