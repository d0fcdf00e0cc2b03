"""The burden report (负担报告): what was asked of the community in a month or quarter, by whom, and what it cost.

Every number is a set of parameters of the list; hours are of tasks and senders, never of colleagues.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils import timezone

from liren.core.matters.models import Matter
from liren.core.matters.seeking import filters, sought

from .filters import NONE
from .hours import said
from .models import InboundTask

Params = Mapping[str, str]
ALL: Params = {"kind": "governance.inbound"}
# How often a year, as the burden of a form is told; daily ones on about 250 working days.
TIMES = {"once": 1, "daily": 250, "weekly": 52, "monthly": 12, "quarterly": 4, "yearly": 1}
COUNTS: tuple[tuple[str, str, Params], ...] = (
    ("all", "收到任务", {}),
    ("on_list", "清单内", {"admission": "on_list,assist"}),
    ("taken", "清单外，承接了", {"admission": "taken"}),
    ("refused", "未准入，退回", {"admission": "refused"}),
    ("undecided", "还没定", {"admission": NONE}),
    ("forms", "要填表的", {"forms": "yes"}),
    ("late", "超过要求时限", {"late": "yes"}),
    ("sent_back", "被退回补正", {"sent_back": "yes"}),
    ("worked", "记了用时的", {"worked": "yes"}),
)


@dataclass(frozen=True)
class Figure:
    """A number with the list behind it."""

    key: str
    name: str
    count: int
    params: Params

    @property
    def url(self) -> str:
        """The list; its length is the number."""
        return reverse("desk:matters") + "?" + urlencode(self.params)


@dataclass(frozen=True)
class Line:
    """One sender, or everything together."""

    name: str
    figures: tuple[Figure, ...]
    minutes: int
    forms: int
    is_named: bool = True

    def of(self, key: str) -> Figure:
        """The figure of a key."""
        return next(figure for figure in self.figures if figure.key == key)

    @property
    def total(self) -> int:
        """How many tasks."""
        return self.of("all").count

    @property
    def hours(self) -> str:
        """The time it took."""
        return said(self.minutes)


@dataclass(frozen=True)
class Report:
    """The whole report of a span."""

    span: "Span"
    whole: Line
    senders: tuple[Line, ...]
    often: tuple[tuple[str, int], ...]
    times: int
    repeated: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Span:
    """A month ``2026-11`` or a quarter ``2026-Q4``."""

    key: str

    @property
    def months(self) -> tuple[int, int]:
        """The first and the last month."""
        if "Q" in self.key:
            last = int(self.key[-1]) * 3
            return last - 2, last
        return int(self.key[5:]), int(self.key[5:])

    @property
    def year(self) -> int:
        """The year."""
        return int(self.key[:4])

    @property
    def opened(self) -> str:
        """As a parameter of the list."""
        if "Q" not in self.key:
            return self.key
        first, last = self.months
        end = date(self.year + last // 12, last % 12 + 1, 1).toordinal() - 1
        return f"{self.year}-{first:02d}-01..{date.fromordinal(end)}"

    @property
    def words(self) -> str:
        """``2026年11月``, ``2026年第四季度``."""
        if "Q" in self.key:
            return f"{self.year}年第{'一二三四'[int(self.key[-1]) - 1]}季度"
        return f"{self.year}年{self.months[0]}月"


def spans(today: date | None = None) -> list[Span]:
    """The months of a year back and the quarters in which they lie, the newest first."""
    day = today or timezone.localdate()
    months = [divmod(day.year * 12 + day.month - 1 - back, 12) for back in range(12)]
    quarters = list(dict.fromkeys(f"{year}-Q{month // 3 + 1}" for year, month in months))
    return [Span(f"{year}-{month + 1:02d}") for year, month in months] + [Span(key) for key in quarters]


def span_of(said_span: str) -> Span:
    """The span of an address; this month for what cannot be read."""
    known = {span.key: span for span in spans()}
    if said_span in known:
        return known[said_span]
    if re.fullmatch(r"20\d\d-(?:0[1-9]|1[0-2]|Q[1-4])", said_span):
        return Span(said_span)
    return spans()[0]


def reported(user: Any, span: Span, where: Params) -> Report:
    """Everything of one span that this user may know of, in a fixed number of queries."""
    params = {**ALL, "opened": span.opened, "merged": "no", **where}
    rows = sought(Matter.objects.visible_to(user), params, user=user).order_by()
    columns = _columns(user)
    whole = _line("合计", rows.aggregate(**columns), params)
    groups = rows.values("inboundtask__sender_unit").annotate(**columns)
    senders = [_of_sender(group, params) for group in groups]
    senders.sort(key=lambda line: (-line.of("all").count, line.name))
    often, times, repeated = _forms(rows)
    return Report(span, whole, tuple(senders), often, times, repeated)


def _columns(user: Any) -> dict[str, Any]:
    known = filters()
    counts: dict[str, Any] = {
        key: Count("pk", filter=Q(*(known[name](value, user) for name, value in params.items())))
        for key, _, params in COUNTS
        if params
    }
    return {
        "n_all": Count("pk"), **{f"n_{key}": count for key, count in counts.items()},
        "sum_minutes": Sum("inboundtask__minutes"), "sum_forms": Sum("inboundtask__forms"),
    }  # fmt: skip


def _line(name: str, row: Mapping[str, Any], params: Params, *, named: bool = True) -> Line:
    figures = tuple(Figure(key, title, row[f"n_{key}"], {**params, **more}) for key, title, more in COUNTS)
    return Line(name, figures, row["sum_minutes"] or 0, row["sum_forms"] or 0, named)


def _of_sender(group: Mapping[str, Any], params: Params) -> Line:
    unit = str(group["inboundtask__sender_unit"] or "")
    return _line(unit or "没写来件单位", group, {**params, "sender": unit or NONE}, named=bool(unit))


def _forms(rows: Any) -> tuple[tuple[tuple[str, int], ...], int, tuple[tuple[str, int], ...]]:
    """How often forms are wanted, how many hand-ins that makes in a year, and headings asked for more than once."""
    tasks = InboundTask.objects.filter(matter__in=rows, forms__gt=0).only(
        "forms", "forms_often", "form_fields"
    )
    often: Counter[str] = Counter()
    fields: Counter[str] = Counter()
    times = 0
    for task in tasks:
        how = task.forms_often or "once"
        often[how] += task.forms
        times += task.forms * TIMES[how]
        fields.update(set(task.fields_asked))
    names = dict(InboundTask._meta.get_field("forms_often").choices)  # type: ignore[arg-type]
    told = tuple((str(names[key]), often[key]) for key in TIMES if often[key])
    return (
        told,
        times,
        tuple(
            sorted(((field, n) for field, n in fields.items() if n > 1), key=lambda pair: (-pair[1], pair[0]))
        ),
    )


def brief(report: Report, where: str) -> list[str]:
    """The report in plain sentences."""
    whole = report.whole
    if not whole.of("all").count:
        return [f"{report.span.words}，{where}没有收到上级交办。"]
    named = sum(line.is_named for line in report.senders)
    said_all = [
        f"{report.span.words}，{where}收到上级交办 {whole.of('all').count} 件，来自 {named} 个单位。"
        f"清单内 {whole.of('on_list').count} 件，清单外说明理由后承接 {whole.of('taken').count} 件，"
        f"未准入退回 {whole.of('refused').count} 件，还没定的 {whole.of('undecided').count} 件。"
    ]
    if report.whole.forms:
        often = "、".join(f"{name} {n} 张" for name, n in report.often)
        said_all.append(
            f"其中 {whole.of('forms').count} 件要填表，共 {whole.forms} 张（{often}），照这样一年要交 {report.times} 次。"
        )
    if report.repeated:
        fields = "、".join(f"「{field}」{n} 次" for field, n in report.repeated[:8])
        said_all.append(f"同样的内容重复要：{fields}。多半居民底册里就有，建议报一次、共享用。")
    if whole.minutes:
        said_all.append(f"记下来的用时一共 {whole.hours}，涉及 {whole.of('worked').count} 件。")
    if whole.of("late").count or whole.of("sent_back").count:
        said_all.append(
            f"超过要求时限 {whole.of('late').count} 件，退回补正 {whole.of('sent_back').count} 件。"
        )
    top = next((line for line in report.senders if line.is_named), None)
    if top and named > 1:
        said_all.append(f"交办最多的是{top.name}，{top.of('all').count} 件。")
    return said_all
