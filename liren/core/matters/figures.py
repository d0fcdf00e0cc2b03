"""Figures of the ledger (事项数字): what is counted of matters, and by what it may be taken apart. Never by colleague."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from liren.core.areas.models import Area
from liren.core.figures import Cut, Figure, Params, Source
from liren.core.figures.areas import community_cut, grid_cut
from liren.core.pages.templatetags.pages import SEALS
from liren.core.places.models import Building

from .kinds import all_kinds
from .models import Matter
from .outcomes import SOURCES
from .seeking import condition

UNKNOWN = "-"
# Who came by these is reached afterwards; who stands at the counter has been.
FROM_AFAR = "phone,portal,hotline"


@lru_cache(maxsize=1)
def _ledger() -> str:
    return reverse("desk:matters")


def _list(params: Params) -> str:
    """The list of the ledger; without a state it would show the open ones alone. A page has hundreds of these."""
    return _ledger() + "?" + urlencode({"state": "all", **params})


@lru_cache(maxsize=1)
def _seals() -> dict[str, str]:
    return {kind.key: kind.seal for kind in all_kinds()}


def _seal(values: tuple[str, ...]) -> str:
    return _seals()[values[0]]


def _of_seal(seal: str) -> Mapping[str, tuple[str, ...]]:
    return {"kind": tuple(kind.key for kind in all_kinds() if kind.seal == seal)}


def _kind_names(keys: Iterable[str]) -> dict[str, str]:
    wanted = set(keys)
    return {kind.key: kind.name for kind in all_kinds() if kind.key in wanted}


def _seal_names(keys: Iterable[str]) -> dict[str, str]:
    wanted = set(keys)
    return {key: name for key, name in SEALS.items() if key in wanted}


def _cause_names(keys: Iterable[str]) -> dict[str, str]:
    wanted = set(keys)
    known = {key: name for kind in all_kinds() for key, name in kind.causes}
    names = {key: name for key, name in known.items() if key in wanted}
    names |= {key: key for key in sorted(wanted - set(names) - {UNKNOWN})}
    return names | ({UNKNOWN: "没有定原因"} if UNKNOWN in wanted else {})


def _building_names(keys: Iterable[str]) -> dict[str, str]:
    wanted = set(keys)
    rows = Building.objects.filter(pk__in=[int(key) for key in wanted - {UNKNOWN}]).order_by(
        "community", "pk"
    )
    names = {str(row.pk): str(row.name) for row in rows}
    return names | ({UNKNOWN: "没有落到楼栋"} if UNKNOWN in wanted else {})


def _source_names(keys: Iterable[str]) -> dict[str, str]:
    wanted = set(keys)
    return {key: str(name) for key, name in SOURCES if key in wanted}


CUTS = {
    cut.key: cut
    for cut in (
        Cut("seal", "七件事", ("kind",), _seal_names, lambda key: {"seal": key}, _seal, _of_seal, folds=True),
        Cut("kind", "事项种类", ("kind",), _kind_names, lambda key: {"kind": key}),
        grid_cut("area"),
        community_cut(),
        Cut(
            "cause", "原因", ("cause",), _cause_names,
            lambda key: {"causeless": "yes"} if key == UNKNOWN else {"cause": key},
            lambda values: values[0] or UNKNOWN,
            lambda key: {"cause": ("" if key == UNKNOWN else key,)},
        ),
        Cut(
            "building", "楼栋", ("building_id",), _building_names,
            lambda key: {"buildingless": "yes"} if key == UNKNOWN else {"building": key},
            lambda values: UNKNOWN if values[0] == "None" else values[0],
            lambda key: {"building_id": ("None" if key == UNKNOWN else key,)},
        ),
        Cut("source", "来源", ("source",), _source_names, lambda key: {"source": key}),
    )
}  # fmt: skip


def _papered(user: Any) -> Any:
    """Restricted matters stand on no paper: it goes farther than any circle."""
    return Matter.objects.visible_to(user).filter(restricted=False)


def _closable(community: Area) -> Any:
    return Matter.objects.filter(community=community, restricted=False)


def _condition(params: Params, user: Any) -> Q:
    return condition(params, user=user)


MATTERS = Source(
    key="matters",
    rows=lambda user: Matter.objects.visible_to(user),
    papered=_papered,
    closable=_closable,
    condition=_condition,
    address=_list,
    dates={"opened": "opened_at", "closed": "closed_at"},
    cuts=CUTS,
    measures={"contact": ("opened_at", "contacted_at")},
)
ASKED = {"source": FROM_AFAR, "reachable": "yes"}

FIGURES = (
    Figure(
        "received", "新收", "期间内登记的事项，一件一号；并入别处的也算，因为有人来说过。",
        MATTERS, {}, dated="opened", order=10,
    ),
    Figure("closed", "办结", "期间内办结的事项，不论哪天登记的。", MATTERS, {}, dated="closed", order=20),
    Figure(
        "in_time", "按时办结率",
        "期间内办结、有时限的事项里，没有超过时限的占多少。停表的时间不算；没有时限的不进分母。",
        MATTERS, {"on_time": "yes"}, of={"on_time": "known"}, dated="closed", order=30,
        basis="各项时限的依据见「规定的数字」，事项页上逐件写明",
    ),
    Figure(
        "response", "响应率",
        "期间内来电、居民端、12345 转来又留了联系方式的，在首次联系时限内联系上的占多少；还没联系上的算没有响应。",
        MATTERS, {"contacted": "in_time"}, of=ASKED, dated="opened", order=40,
        basis="接诉即办「三率」的通常口径；本市考核另有权重的，看「诉求」页",
    ),
    Figure(
        "first_contact", "首次联系用时",
        "期间内来电、居民端、12345 转来、留了联系方式并联系上了的，从登记到第一次联系上的钟点，取中位数："
        "一半比它快，一半比它慢。",
        MATTERS, {**ASKED, "contacted": "yes"}, dated="opened", measure="contact", order=50,
    ),
    Figure(
        "solved", "解决率", "期间内办结、回访或评价时答过的事项里，说「解决了」的占多少。部分解决不算；没问到的不进分母。",
        MATTERS, {"solved": "yes"}, of={"solved": "any"}, dated="closed", order=60,
        basis="接诉即办「三率」的通常口径；本市考核另有权重的，看「诉求」页",
    ),
    Figure(
        "satisfied", "满意率", "期间内办结、回访或评价时答过的事项里，说「满意」的占多少。基本满意不算；没问到的不进分母。",
        MATTERS, {"satisfied": "yes"}, of={"satisfied": "any"}, dated="closed", order=70,
        basis="接诉即办「三率」的通常口径；本市考核另有权重的，看「诉求」页",
    ),
    Figure(
        "repeated", "重复", "期间内登记的事项里，同一处、同类同原因不久前已经有人反映过的占多少。"
        "多久算不久，见「规定的数字」，平台默认 90 天。",
        MATTERS, {"again": "yes"}, of={}, dated="opened", order=80,
    ),
    Figure(
        "late", "超时办结", "期间内办结、超过时限的事项。", MATTERS, {"on_time": "no"}, dated="closed", order=85,
    ),
    Figure(
        "reopened", "重新办过", "期间内办结的事项里，办结后又重新办过的。",
        MATTERS, {"reopened": "yes"}, dated="closed", order=86,
    ),
    Figure("open", "在办", "此刻还没有办结的事项。", MATTERS, {"state": "open"}, order=90),
    Figure(
        "overdue", "逾期", "此刻在办、当前这一步已经过了时限的事项；停表的不算。", MATTERS, {"state": "overdue"}, order=91,
    ),
    Figure("stuck", "停滞", "此刻在办、很久没有动静的事项，每天夜里数一遍。", MATTERS, {"state": "stuck"}, order=92),
)  # fmt: skip
