"""Ledgers of the room: every hazard with its grade, party, deadline and rechecker; every paper; every round."""

from typing import Any

from django.urls import reverse

from liren.core.matters.ledgers import columns, ledger_of_kind
from liren.core.matters.seeking import sought
from liren.core.sheets.ledger import Column, Ledger
from liren.core.sheets.narrowing import Filter, Period, State, Within, Words

from .models import GRADES, HazardPaper, Round

STANDING = State(
    (("open", "未销号"), ("overdue", "已逾期"), ("closed", "已销号")),
    by=lambda rows, key: sought(rows, {"state": key}),
)
GRADE = State(GRADES, field="hazard__grade", parameter="grade", name="等级")


def _responsible(matter: Any) -> str:
    hazard = matter.hazard
    return str(hazard.responsible_name or hazard.get_responsible_kind_display())


def _notices(matter: Any) -> str:
    return "、".join(paper.shown_number for paper in matter.hazard_papers.all() if paper.kind == "notice")


def _with_people(rows: Any) -> Any:
    return rows.select_related("hazard__finder", "hazard__checker").prefetch_related("hazard_papers")


HAZARDS = ledger_of_kind(
    "governance.hazard",
    name="隐患台账",
    title="安全隐患排查整改台账",
    detail="hazard",
    columns=columns(
        "number", "opened", "where",
        Column("object", "类型", "cause_name", width=6),
        Column("what", "隐患情况", "title", width=15),
        Column("grade", "等级", "hazard.get_grade_display", width=4, align="center"),
        Column("finder", "发现人", "hazard.finder.name", width=5),
        Column("responsible", "责任方", _responsible, width=8),
        Column("notice", "通知书文号", _notices, width=10),
        Column("deadline", "整改期限", "hazard.deadline_on", width=6),
        "stage",
        Column("checker", "复查人", "hazard.checker.name", width=5),
        "closed",
        Column("referred", "移送", "hazard.get_referred_to_display", width=7),
    ),
    filters=(Period("opened_at", timed=True), Within(), STANDING, GRADE, Words(("number", "title", "place"))),
    rows=_with_people,
    empty="这段时间没有登记过隐患。",
    footnote="等级：一般、较大、重大。复查人和发现人不是同一人；确需一人的，原因记在复查意见书上。",
)  # fmt: skip


def _papers(user: Any) -> Any:
    return HazardPaper.objects.visible_to(user).select_related(
        "matter__area", "matter__house__building", "matter__building", "matter__hazard", "by", "served_by"
    )


class WithinMatter(Within):
    """区域 of what belongs to a matter: its grid, or its whole community."""

    def narrow(self, rows: Any, value: Any, ledger: Ledger) -> Any:
        """Those of the grid, or of the community."""
        return rows.filter(matter__area=value) if value.level == "grid" else rows.filter(community=value)


PAPER_FILTERS: tuple[Filter, ...] = (
    Period("at", timed=True),
    WithinMatter(),
    State(HazardPaper.KINDS, field="kind", parameter="kind", name="文书"),
    Words(("number", "matter__number", "matter__title")),
)

PAPERS = Ledger(
    key="governance.hazard_papers",
    name="隐患文书登记簿",
    title="隐患整改文书登记簿",
    ability="people.see",
    rows=_papers,
    area="matter.area",
    columns=(
        Column("number", "文号", "shown_number", width=9, link=True),
        Column("kind", "文书", "get_kind_display", width=7),
        Column("at", "日期", "at", width=6, day=True),
        Column("matter", "隐患编号", "matter.number", width=8),
        Column(
            "to", "发给谁", lambda paper: paper.words.get("department") or paper.words.get("to", ""), width=9
        ),
        Column("what", "隐患情况", "matter.title", width=16),
        Column("where", "地点", "matter.where", width=10),
        Column("by", "经办人", "by.name", width=5),
        Column("served", "送达", "get_served_display", width=9),
        Column("served_at", "送达日期", "served_at", width=6, day=True),
        Column("receiver", "签收人", "receiver", width=6),
        Column("witness", "见证人", "witness", width=6),
    ),
    filters=PAPER_FILTERS,
    order=("at", "id"),
    link=lambda paper: reverse("governance:hazard_paper", args=[paper.pk]),
    counted="份",
    empty="这段时间没有发过文书。",
    footnote="文号按年连续编，不跳号。",
)


def _rounds(user: Any) -> Any:
    return Round.objects.visible_to(user).newest().exclude(finished_at=None)


ROUNDS = Ledger(
    key="governance.rounds",
    name="安全巡查台账",
    title="安全隐患巡查记录",
    ability="people.see",
    rows=_rounds,
    columns=(
        Column("at", "日期", "begun_at", width=7, day=True),
        Column("name", "巡查地方", "name", width=10, link=True),
        Column("area", "网格", "area.name", width=8),
        Column("by", "巡查人", "by.name", width=6),
        Column("well", "没问题", "well", width=5, align="end"),
        Column("found", "有隐患", "found", width=5, align="end"),
        Column("note", "补充", "note", width=20),
    ),
    filters=(Period("begun_at", timed=True), Within()),
    order=("begun_at", "id"),
    link=lambda patrol: reverse("governance:round", args=[patrol.pk]),
    counted="次",
    empty="这段时间没有巡查记录。",
    footnote="没发现问题也要记。这里不记步数，不记行踪。",
)

LEDGERS = (HAZARDS, PAPERS, ROUNDS)
