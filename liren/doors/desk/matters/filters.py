"""Filters (筛选) of the ledger's list: tabs, seals, urgencies and choices, each a link with the rest of what is asked."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.duty.asked import asked as asked_once
from liren.core.figures.freezing import frozen_words
from liren.core.matters.kinds import Condition, all_kinds
from liren.core.matters.models import Matter, Todo
from liren.core.matters.outcomes import OUTCOMES, SOURCES, URGENCIES
from liren.core.matters.seeking import STATES, filters
from liren.core.pages.templatetags.pages import SEALS

PASSING = ("page",)
YES_NO = {
    "contacted": {"in_time": "按时联系上", "late": "联系晚了", "no": "还没联系上", "yes": "联系上了"},
    "on_time": {"yes": "按时办结", "no": "超时办结", "none": "没有时限", "known": "有时限的"},
    "settled": {"yes": "已解决", "no": "未解决"},
    "solved": {
        "yes": "答复：解决了",
        "partly": "答复：部分解决",
        "no": "答复：没解决",
        "any": "答复过解决没有",
    },
    "satisfied": {"yes": "满意", "partly": "基本满意", "no": "不满意", "any": "评价过"},
    "reopened": {"yes": "重新办过", "no": "没有重办"},
    "merged": {"yes": "并入别处的", "no": "没有并入的"},
}


@dataclass
class Asked:
    """What the list is asked for: the parameters that are filters, in the order of the address."""

    params: dict[str, str]
    sort: str = ""
    tab: str = "open"
    problems: list[str] = field(default_factory=list)

    def address(self, **changes: str) -> str:
        """The same list with some parameters otherwise; an empty one is taken away."""
        query = QueryDict(mutable=True)
        for key, value in {**self.params, "sort": self.sort, **changes}.items():
            if value:
                query[key] = value
        return "?" + query.urlencode()

    def toggled(self, key: str, value: str) -> str:
        """The address with one value of a parameter pressed or released."""
        now = [each for each in self.params.get(key, "").split(",") if each]
        now = [each for each in now if each != value] if value in now else [*now, value]
        return self.address(**{key: ",".join(now)})

    def has(self, key: str, value: str) -> bool:
        """Whether a value is pressed."""
        return value in self.params.get(key, "").split(",")


def asked_by(request: HttpRequest) -> Asked:
    """Reads the address. Without any condition the list is that of open matters; with conditions it holds exactly what
    they say, so that a figure equals the list that it opens.
    """
    params: dict[str, str] = {}
    for key in filters():
        values = [value.strip()[:80] for value in request.GET.getlist(key)]
        if said := ",".join(dict.fromkeys(filter(None, values))):
            params[key] = said
    if dates := period_of(request.GET):
        params["opened"] = dates
    if set(params) <= {"q"}:
        params["state"] = "open"
    return Asked(params, request.GET.get("sort", ""))


def period_of(query: QueryDict) -> str:
    """Two date fields of the form as one period."""
    first, last = query.get("from", ""), query.get("to", "")
    if not (first or last):
        return ""
    return f"{first or '2020-01-01'}..{last or timezone.localdate().isoformat()}"


@dataclass(frozen=True)
class Tab:
    """One face of the ledger."""

    name: str
    address: str
    current: bool
    count: int | None = None
    hot: bool = False


def tabs(asked: Asked, counts: dict[str, int]) -> list[Tab]:
    """在办, 我主办的, 今天到期, 已逾期 … with their counts."""
    state, mine = asked.params.get("state", ""), asked.params.get("holder") == "me"
    rest = {"holder": "", "state": ""}
    found = [
        Tab("在办", asked.address(**{**rest, "state": "open"}), state == "open" and not mine, counts["open"])
    ]
    mine_now = state == "open" and mine
    found.append(
        Tab("我主办的", asked.address(**{**rest, "state": "open", "holder": "me"}), mine_now, counts["mine"])
    )
    for key in ("today", "overdue", "waiting", "stuck", "free"):
        name = STATES[key]
        if counts[key] or state == key or key in ("today", "overdue"):
            hot = key == "overdue" and counts[key] > 0
            found.append(Tab(name, asked.address(**{**rest, "state": key}), state == key, counts[key], hot))
    found.append(Tab("已办结", asked.address(**{**rest, "state": "closed"}), state == "closed"))
    found.append(Tab("全部", asked.address(**{**rest, "state": "all"}), state in ("all", "")))
    return found


def counts_for(user: Any) -> tuple[dict[str, int], list[dict[str, Any]]]:
    """How many are open, by tab, and the open ones by kind and urgency: two queries, whatever there is."""
    open_ones = Matter.objects.visible_to(user).open()
    held = {
        "mine": Count("pk", filter=Q(holder=user)),
        "free": Count("pk", filter=Q(holder=None)),
        "stuck": Count("pk", filter=Q(stuck_since__isnull=False)),
    }
    groups = list(open_ones.order_by().values("kind", "urgency").annotate(n=Count("pk"), **held))
    now = timezone.now()
    end = timezone.localtime(now).replace(hour=23, minute=59, second=59)
    due = Q(paused_at=None, due_at__lt=now)
    today = Q(paused_at=None, due_at__gte=now, due_at__lte=end)
    counts = (
        Todo.objects.visible_to(user)
        .open()
        .main()
        .aggregate(
            overdue=Count("pk", filter=due),
            today=Count("pk", filter=today),
            waiting=Count("pk", filter=Q(waits=True)),
        )
    )
    sums = {key: sum(row[key] for row in groups) for key in held}
    total = asked_once(("open matters", user.pk), lambda: sum(row["n"] for row in groups))
    return {**counts, **sums, "open": total}, groups


def seal_chips(asked: Asked, groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The seven duties, with how many of each are open."""
    seals = {kind.key: kind.seal for kind in all_kinds()}
    counts: dict[str, int] = {}
    for row in groups:
        seal = seals.get(row["kind"], "")
        counts[seal] = counts.get(seal, 0) + row["n"]
    chips = []
    for seal in SEALS:
        if seal in seals.values():
            facts = {"on": asked.has("seal", seal), "url": asked.toggled("seal", seal)}
            chips.append({"seal": seal, "n": counts.get(seal, 0), **facts})
    return chips


def urgency_chips(asked: Asked, groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """急 难 愁 盼, with how many of each are open."""
    chips = []
    for key, name, _ in URGENCIES:
        n = sum(row["n"] for row in groups if row["urgency"] == key)
        facts = {"on": asked.has("urgency", key), "url": asked.toggled("urgency", key)}
        chips.append({"key": key, "name": name, "n": n, **facts})
    return chips


def choices_for(user: Any, asked: Asked) -> dict[str, Any]:
    """What the drawer of further conditions offers."""
    seen = Area.objects.visible_to(user) if not user.is_system else Area.objects.none()
    return {
        "kinds": [(kind.key, kind.name) for kind in all_kinds()],
        "holders": User.objects.visible_to(user).filter(is_active=True).order_by("name").values("pk", "name"),
        "areas": seen.filter(level__in=("community", "grid")).values("pk", "name"),
        "sources": SOURCES,
        "outcomes": [(key, name) for key, name in OUTCOMES.items()],
        "first": asked.params.get("opened", "").partition("..")[0],
        "last": asked.params.get("opened", "").partition("..")[2],
    }


def conditions(asked: Asked, user: Any) -> list[dict[str, str]]:
    """The conditions in force that no tab and no chip shows, each with the address without it."""
    found = []
    for key, value in asked.params.items():
        if key in ("state", "seal", "urgency", "q") or (key == "holder" and value == "me"):
            continue
        found.append({"words": in_words(key, value, user), "without": asked.address(**{key: ""})})
    if asked.params.get("state") in ("paused", "archived"):
        found.append({"words": STATES[asked.params["state"]], "without": asked.address(state="open")})
    return found


def in_words(key: str, value: str, user: Any) -> str:
    """A condition as people say it."""
    own = filters()[key]
    if isinstance(own, Condition):
        return "、".join(own.words.get(each, each) for each in value.split(","))
    if key in YES_NO:
        return "、".join(YES_NO[key].get(each, each) for each in value.split(","))
    names: dict[str, Any] = {
        "kind": lambda: {kind.key: kind.name for kind in all_kinds()},
        "source": lambda: dict(SOURCES),
        "cause": lambda: {key: name for kind in all_kinds() for key, name in kind.causes},
        "outcome": lambda: OUTCOMES,
    }
    if key in names:
        known = names[key]()
        return "、".join(known.get(each, each) for each in value.split(","))
    if key in ("opened", "closed"):
        return f"{'登记' if key == 'opened' else '办结'}：{value.replace('..', ' 至 ')}"
    if key == "holder":
        return f"主办：{_name_of(User.objects.visible_to(user), value) or '没有'}"
    if key == "area":
        return _name_of(Area.objects.visible_to(user), value)
    said = {"house": "同一户", "building": "同一栋楼", "person": "同一个人", "parent": "同一件事的后续"}
    return frozen_words(value) if key == "frozen" else said.get(key, value)


def _name_of(rows: Any, value: str) -> str:
    row = rows.filter(pk=int(value)).first() if value.isdecimal() else None
    return str(row) if row else ""
