"""Pages of 数据质量: everything that may be wrong, one list for each check, doubles side by side."""

from dataclasses import dataclass
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.pages import found, refused_response, say, show
from liren.core.pages.paging import page_of
from liren.core.pages.permits import needs
from liren.core.people.models import Label, Person
from liren.core.privacy.tiers import Tier

from . import actions
from .checks import CHECKS, COLUMNS, Check, check
from .comparing import side_by_side
from .counting import figures
from .models import DoubtfulPair, Sweep

MOST_AT_ONCE = 100


@dataclass(frozen=True)
class Figure:
    """One check with what it finds."""

    check: Check
    count: int


def _worker(request: HttpRequest) -> User:
    return cast(User, request.user)


def _sweep(user: User) -> tuple[Area | None, Sweep | None]:
    """The community that this user may have gone through, and when that was done last."""
    community = user.community
    if community is None:
        return None, None
    last = Sweep.objects.visible_to(user).filter(community=community).first()
    return (community if user.can("quality.decide", community) else None), last


@needs("people.see")
def overview(request: HttpRequest) -> HttpResponse:
    """Every check with its figure: what was counted last at once, what is so now a moment later."""
    user = _worker(request)
    known = figures(user, now="now" in request.GET)
    rows = [Figure(each, known.counts.get(each.key, 0)) for each in CHECKS]
    may_sweep, sweep = _sweep(user)
    context = {
        "columns": [
            [(name, [row for row in rows if row.check.group == name]) for name in names] for names in COLUMNS
        ],
        "known": known,
        "stale": known.counts.get("stale", 0),
        "doubles": known.counts.get("doubles", 0),
        "sweep": sweep,
        "may_sweep": may_sweep,
    }
    return show(request, "registry/quality/overview.html", context, fragment="figures")


@needs("people.see")
def one_check(request: HttpRequest, check_key: str) -> HttpResponse:
    """The list of one check."""
    asked = check(check_key)
    if asked is None:
        raise Http404
    user = _worker(request)
    page = page_of(asked.subject.fetch(asked.rows(user)), request)
    may_sweep, sweep = _sweep(user)
    context = {
        "check": asked,
        "page": page,
        "may_mend": user.can(asked.ability),
        "sweep": sweep,
        "may_sweep": may_sweep,
    }
    if asked.key == "doubles":
        context |= {"pairs": side_by_side(page.rows, user), "may_decide": user.can("quality.decide")}
        return show(request, "registry/quality/doubles.html", context, fragment="list")
    context |= {"lines": asked.lines(page), "bulk": asked.bulk if user.can("people.edit") else None}
    return show(request, "registry/quality/check.html", context, fragment="list")


@needs("people.edit")
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Notes that all who are ticked were looked at."""
    people = Person.objects.visible_to(_worker(request)).present().select_related("area", "community")
    return _at_once(request, people, actions.verify_all, "stale", "记下了：今天核实过 {} 人")


@needs("people.edit")
@require_POST
def review(request: HttpRequest) -> HttpResponse:
    """Notes that the evidence of all the labels that are ticked still holds."""
    labels = Label.objects.visible_to(_worker(request)).open().filter(tier__lt=Tier.T3)
    labels = labels.select_related("person__area", "community")
    return _at_once(request, labels, actions.review_all, "label-review", "记下了：{} 个标签还成立")


def _at_once(request: HttpRequest, rows: Any, act: Any, key: str, said: str) -> HttpResponse:
    """What is ticked, as far as this user may see it, handed to an action."""
    back = reverse("registry:check", args=[key])
    ticked = [int(pk) for pk in request.POST.getlist("row") if pk.isdecimal() and len(pk) < 19]
    try:
        done = act(list(rows.filter(pk__in=ticked[:MOST_AT_ONCE]).order_by("pk")), by=_worker(request))
    except Refused as refusal:
        return refused_response(request, refusal, back)
    say(request, said.format(done))
    return HttpResponseRedirect(back)


def _pair(request: HttpRequest, pk: int) -> DoubtfulPair:
    pairs = DoubtfulPair.objects.select_related("one__area", "other__area")
    pair: DoubtfulPair = found(pairs, _worker(request), pk=pk)
    for person in (pair.one, pair.other):
        if not _worker(request).can("quality.decide", person.area):
            raise PermissionDenied(f"您的岗位在{person.area.name}还不能定。请本社区的同事来看。")
    return pair


@needs("quality.decide")
@require_POST
def pair_different(request: HttpRequest, pk: int) -> HttpResponse:
    """They are two people."""
    return _decide(
        request, _pair(request, pk), actions.tell_apart, "记下了：不是同一个人，以后不再问", undo=True
    )


@needs("quality.decide")
@require_POST
def pair_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Perhaps they are one after all."""
    return _decide(request, _pair(request, pk), actions.doubt_again, "已撤回，这一对又排在里面", undo=False)


def _decide(request: HttpRequest, pair: DoubtfulPair, act: Any, said: str, *, undo: bool) -> HttpResponse:
    back = reverse("registry:check", args=["doubles"])
    try:
        act(pair, by=_worker(request))
    except Refused as refusal:
        return refused_response(request, refusal, back)
    say(request, said, undo=reverse("registry:pair_again", args=[pair.pk]) if undo else "")
    return HttpResponseRedirect(back)


@needs("quality.decide")
@require_POST
def sweep(request: HttpRequest) -> HttpResponse:
    """Asks the worker to go through the community."""
    back = reverse("registry:quality")
    community, _ = _sweep(_worker(request))
    try:
        if community is None:
            raise Refused("通查要由能看全社区的同事来点")
        actions.ask_for_sweep(community, by=_worker(request))
    except Refused as refusal:
        return refused_response(request, refusal, back)
    say(request, "已经开始通查，几分钟后来看")
    return HttpResponseRedirect(back)
