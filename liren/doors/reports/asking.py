"""What the pages are asked for: a month, a quarter or a year, and everything, one community or one grid."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.figures.counting import Ask, Together
from liren.core.figures.periods import Period, period_of, stepped, this_month

MONTHS = 24
YEARS = 3


@dataclass(frozen=True)
class Asked:
    """Period and scope of a page, for one user."""

    user: Any
    period: Period
    area: Area | None
    areas: list[Area]
    together: Together | None = None

    @property
    def scope(self) -> tuple[tuple[str, str], ...]:
        """The scope as a group of a cut."""
        if self.area is None:
            return ()
        return (("grid" if self.area.level == Area.Level.GRID else "community", str(self.area.pk)),)

    @property
    def communities(self) -> list[int]:
        """The communities that the page is about; their months are closed, or not."""
        if self.area is not None:
            own = self.area.community()
            return [own.pk] if own else []
        return sorted(set(self.user.community_ids()))

    @property
    def places(self) -> str:
        """The cut by place: grids of one community, communities of a street."""
        return "grid" if len(self.communities) == 1 else "community"

    @property
    def where(self) -> str:
        """The scope in words."""
        if self.area is not None and self.area.level == Area.Level.GRID and self.area.parent:
            return f"{self.area.parent.name}{self.area.name}"
        if self.area is not None:
            return str(self.area.name)
        return self.user.community.name if len(self.communities) == 1 and self.user.community else "全部社区"

    @property
    def params(self) -> dict[str, str]:
        """The scope in the filter language."""
        return {"area": str(self.area.pk)} if self.area else {}

    def ask(self, *by: str, period: Period | None = None, paper: bool = False) -> Ask:
        """The question for figures."""
        return Ask(self.user, self.scope, period or self.period, by, paper, self.together)

    def address(self, **changes: str) -> str:
        """The same page with something else."""
        now = {"period": self.period.key, "area": str(self.area.pk) if self.area else "", **changes}
        return "?" + urlencode({key: value for key, value in now.items() if value})


def asked_by(request: HttpRequest, name: str = "period") -> Asked:
    """Reads the address; what cannot be read is this month, and everything."""
    user: Any = request.user
    areas = (
        list(Area.objects.visible_to(user).filter(level__in=("community", "grid")).select_related("parent"))
        if not user.is_system
        else []
    )
    area = next((each for each in areas if str(each.pk) == request.GET.get("area", "")), None)
    try:
        period = period_of(request.GET.get(name, ""))
    except Refused:
        period = this_month()
    if period.first > this_month().first:
        period = this_month()
    return Asked(user, period, area, areas)


def sizes(asked: Asked) -> list[tuple[str, str, bool]]:
    """月, 季, 年: the period of that size in which the shown one lies or ends; name, address, whether it is shown."""
    last = min(asked.period.last, this_month().first)
    quarter = Period(date(last.year, (last.month - 1) // 3 * 3 + 1, 1), 3)
    ways = (("月", Period(last)), ("季", quarter), ("年", Period(date(last.year, 1, 1), 12)))
    return [(name, asked.address(period=way.key), way.months == asked.period.months) for name, way in ways]


def periods_offered(asked: Asked) -> list[tuple[str, str]]:
    """Periods of the size that is shown, the newest first."""
    now = timezone.localdate().replace(day=1)
    size = asked.period.months
    first = {3: date(now.year, (now.month - 1) // 3 * 3 + 1, 1), 12: date(now.year, 1, 1)}.get(size, now)
    count = {3: 8, 12: YEARS}.get(size, MONTHS)
    offered = [Period(stepped(first, -size * back), size) for back in range(count)]
    if asked.period not in offered:
        offered.append(asked.period)
    return [(each.key, each.name) for each in offered]
