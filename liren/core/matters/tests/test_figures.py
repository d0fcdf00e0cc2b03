"""Figures of the ledger: each number is the length of its list, in worlds made at random, for everybody who looks."""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from liren.core.duty import Refused
from liren.core.figures.actions import close_month
from liren.core.figures.book import all_figures
from liren.core.figures.cells import Cell
from liren.core.figures.counting import Ask, counted_live
from liren.core.figures.freezing import digest_of
from liren.core.figures.models import ClosedMonth, FrozenRow
from liren.core.figures.periods import Period, period_of, this_month
from liren.core.figures.table import lines, shown
from liren.core.matters.figures import CUTS, FIGURES, MATTERS
from liren.core.matters.kinds import all_kinds
from liren.core.matters.models import Circle, Matter, Party
from liren.core.matters.seeking import sought

pytestmark = pytest.mark.django_db

VIEWERS = (
    "secretary",
    "line_worker",
    "grid_worker",
    "grid_worker_2",
    "street_section",
    "outsider",
    "auditor",
)
ONE = [(cut,) for cut in ("month", *CUTS)]
TWO = [("seal", "month"), ("grid", "kind"), ("cause", "source")]


def some(village: Any, seed: int, n: int = 60) -> list[Matter]:
    """Matters at random, over four months, as they may stand."""
    chance = random.Random(seed)
    now = timezone.now()
    kinds = [kind for kind in all_kinds()]
    houses = list(village.house.building.houses.all()[:3])
    rows = []
    for number in range(n):
        kind = chance.choice(kinds[:5])
        area = chance.choice([village.grid_1, village.grid_2, village.community, village.neighbour_grid])
        opened = now - timedelta(days=chance.uniform(0.1, 120))
        contacted = opened + timedelta(hours=chance.uniform(0.2, 50)) if chance.random() < 0.6 else None
        closed = min(opened + timedelta(days=chance.uniform(0.1, 40)), now) if chance.random() < 0.6 else None
        house = chance.choice([*houses, None]) if area == village.grid_1 else None
        rows.append(
            Matter(
                community=area.community(), area=area, kind=kind.key, stage="new", number=f"试-{seed}-{number}",
                title="试", house=house, source=chance.choice(["phone", "counter", "portal", "hotline"]),
                cause=chance.choice(["", *(key for key, _ in kind.causes[:2])]),
                line=chance.choice(["", "", "civil"]), restricted=chance.random() < 0.1,
                opened_at=opened, contacted_at=contacted, closed_at=closed,
                contacted_in_time=chance.choice([True, False]) if contacted else None,
                closed_in_time=chance.choice([True, False, None]) if closed else None,
                reopened=chance.choice([0, 0, 1]),
                solved=chance.choice(["", "yes", "partly", "no"]) if closed else "",
                satisfied=chance.choice(["", "yes", "no"]) if closed else "",
            )
        )  # fmt: skip
    Matter.objects.bulk_create(rows)
    Party.objects.bulk_create(
        Party(matter=row, role="asker", name="甲", phone_hash=chance.choice(["", f"{row.pk:032d}"]))
        for row in rows
    )
    for row in rows:
        if row.restricted:
            Circle.objects.create(matter=row, user=village.secretary)
    return rows


def listed(user: Any, params: Any) -> set[int]:
    return set(sought(Matter.objects.visible_to(user), params, user=user).values_list("pk", flat=True))


def equal(user: Any, cell: Cell) -> None:
    """The number is the length of its list, and the whole of its own."""
    assert cell.count == len(listed(user, cell.params)), (cell.figure.key, cell.params)
    if cell.whole is not None:
        assert cell.whole == len(listed(user, cell.whole_params)), (cell.figure.key, cell.whole_params)


def allowed(by: tuple[str, ...]) -> list[Any]:
    return [
        figure
        for figure in FIGURES
        if ("month" not in by or figure.dated)
        and not (figure.measure and any(c in CUTS and CUTS[c].folds for c in by))
    ]


@pytest.mark.parametrize(("seed", "by"), list(enumerate([(), *ONE, *TWO])), ids=str)
def test_every_number_is_the_length_of_its_list(village: Any, seed: int, by: tuple[str, ...]) -> None:
    some(village, 100 + seed)
    span = Period(this_month().before.before.first, 3)
    for who in VIEWERS[:4]:
        user = village[who]
        for line in counted_live(allowed(by), Ask(user, period=span, by=by)):
            for cell in line.cells.values():
                if cell.count or not by:
                    equal(user, cell)


def test_the_groups_of_a_cut_are_the_whole(village: Any) -> None:
    some(village, 3)
    ask = {"user": village.secretary, "period": this_month().before}
    whole = counted_live(list(FIGURES), Ask(**ask))[0]
    for cut in CUTS:
        parts = counted_live(allowed((cut,)), Ask(**ask, by=(cut,)))
        for figure in allowed((cut,)):
            assert sum(line[figure.key].count for line in parts) == whole[figure.key].count, (cut, figure.key)


@pytest.mark.parametrize("scope", ["community", "grid"])
def test_a_scope_narrows_numbers_and_lists_alike(village: Any, scope: str) -> None:
    some(village, 4)
    key = str(village.community.pk if scope == "community" else village.grid_1.pk)
    ask = Ask(village.street_section, scope=((scope, key),), period=this_month().before, by=("kind",))
    for line in counted_live(allowed(("kind",)), ask):
        for cell in line.cells.values():
            if cell.count:
                equal(village.street_section, cell)
                areas = Matter.objects.filter(pk__in=listed(village.street_section, cell.params))
                assert {row.community_id for row in areas} == {village.community.pk}


def test_the_median_is_the_middle_one(village: Any) -> None:
    some(village, 5)
    by_hand: dict[str, list[float]] = {}
    figure = next(each for each in FIGURES if each.measure)
    span = Period(this_month().before.before.first, 3)
    for line in counted_live([figure], Ask(village.secretary, period=span, by=("kind",))):
        cell = line[figure.key]
        rows = Matter.objects.filter(pk__in=listed(village.secretary, cell.params)) if cell.count else []
        took = sorted((row.contacted_at - row.opened_at).total_seconds() for row in rows)  # type: ignore[operator]
        by_hand[line.name] = took
        half = len(took) // 2
        middle = None if not took else took[half] if len(took) % 2 else (took[half - 1] + took[half]) / 2
        assert cell.seconds == (pytest.approx(middle, abs=0.01) if middle is not None else None)
    assert any(len(took) > 1 for took in by_hand.values())


@pytest.mark.parametrize("by", [(), ("seal", "month"), ("grid",)], ids=str)
def test_more_matters_need_no_more_queries(village: Any, by: tuple[str, ...]) -> None:
    def asked() -> int:
        village.secretary.forget_posts()
        with CaptureQueriesContext(
            connection,
        ) as queries:
            lines(allowed(by), Ask(village.secretary, period=this_month().before, by=by))
        return len(queries)

    some(village, 6, 20)
    few = asked()
    some(village, 7, 150)
    assert asked() <= few


def test_who_is_outside_counts_nothing_and_restricted_ones_count_for_their_circle_alone(village: Any) -> None:
    rows = some(village, 8)
    own = [row for row in rows if row.community_id == village.community.pk]
    received = next(each for each in FIGURES if each.key == "received")
    ask = {"period": Period(this_month().before.before.before.before.first, 6)}

    def total(who: str, **more: Any) -> int:
        return counted_live([received], Ask(village[who], **ask, **more))[0]["received"].count

    plain = [row for row in own if not row.restricted]
    assert len(plain) < len(own)
    assert total("deputy") <= len(plain)
    assert total("outsider") == len([row for row in rows if row not in own and not row.restricted])
    assert total("auditor") == 0
    circle = {row.pk for row in rows if row.restricted}
    assert total("secretary") == len(plain) + len(circle)
    assert total("secretary", paper=True) == len(plain)


def test_nothing_can_be_cut_by_colleague(village: Any) -> None:
    """There is no such cut, no figure allows one, and asking for it fails."""
    forbidden = {"holder", "user", "by", "opened_by", "done_by", "worker"}
    for figure in all_figures():
        assert not forbidden & set(figure.cuts)
        assert not forbidden & (set(figure.params) | set(figure.of or {})), figure.key
        for cut in figure.source.cuts.values():
            assert not any("holder" in name or "user" in name or name.endswith("by") for name in cut.fields)
    for cut in sorted(forbidden):
        with pytest.raises(ValueError, match="cannot be taken apart"):
            counted_live(list(FIGURES), Ask(village.secretary, period=this_month(), by=(cut,)))


def test_a_median_is_never_folded(village: Any) -> None:
    figure = next(each for each in FIGURES if each.measure)
    with pytest.raises(ValueError, match="median"):
        counted_live([figure], Ask(village.secretary, period=this_month(), by=("seal",)))


@pytest.fixture
def closed(village: Any) -> Period:
    some(village, 9, 120)
    month = this_month().before
    close_month(village.community, month=month, by=None)
    return month


def test_a_closed_month_says_what_was_counted_when_it_was_closed(village: Any, closed: Period) -> None:
    dated = [figure for figure in FIGURES if figure.dated]
    for by in ((), ("kind",), ("grid",), ("cause",)):
        ask = Ask(village.deputy, period=closed, by=by, scope=(("community", str(village.community.pk)),))
        live, frozen = counted_live(dated, ask), lines(dated, ask)
        assert [line.name for line in frozen] == [line.name for line in live]
        for now, then in zip(live, frozen, strict=True):
            for key, cell in then.cells.items():
                assert cell.is_frozen and not cell.differs(now[key]), (by, key)


def test_a_closed_month_does_not_change(village: Any, closed: Period) -> None:
    dated = [figure for figure in FIGURES if figure.dated]
    user = village.secretary

    def numbers(by: tuple[str, ...]) -> list[Any]:
        ask = Ask(user, period=closed, by=by)
        wanted = [figure for figure in dated if not (figure.measure and by == ("seal",))]
        return [
            (line.name, cell.count, cell.whole, cell.words)
            for line in lines(wanted, ask)
            for cell in line.cells.values()
        ]

    user.forget_posts()
    ways: list[tuple[str, ...]] = [(), ("seal",), ("grid",), ("cause",), ("kind",)]
    before = [numbers(by) for by in ways]
    assert sum(count for _, count, *_ in before[0])
    Matter.objects.filter(community=village.community).update(
        closed_at=None, closed_in_time=None, solved="", satisfied="", cause="", area=village.grid_2, contacted_at=None,
    )  # fmt: skip
    some(village, 10, 50)
    assert [numbers(by) for by in ways] == before
    received = shown(dated, Ask(user, period=closed), [village.community.pk])["received"]
    assert received.differs and received.anew is not None and received.anew.count > received.cell.count


@pytest.mark.parametrize("by", [(), ("grid",), ("cause",), ("kind", "month"), ("seal", "month")], ids=str)
def test_a_frozen_number_is_the_length_of_its_list(village: Any, closed: Period, by: tuple[str, ...]) -> None:
    Matter.objects.filter(community=village.community).update(closed_at=None, cause="")
    wanted = [each for each in allowed(by) if each.dated]
    for who in ("secretary", "deputy", "line_worker", "grid_worker"):
        user = village[who]
        found = lines(wanted, Ask(user, period=closed, by=by))
        assert found and all(cell.is_frozen for line in found for cell in line.cells.values())
        for line in found:
            for cell in line.cells.values():
                equal(user, cell)


def test_nobody_learns_of_others_by_frozen_numbers(village: Any, closed: Period) -> None:
    assert not FrozenRow.objects.filter(key__in=Matter.objects.filter(restricted=True).values("pk")).exists()
    received = [each for each in FIGURES if each.key == "received"]
    plain = Matter.objects.visible_to(village.deputy).filter(restricted=False)
    month = sought(plain, {"opened": closed.text})
    assert lines(received, Ask(village.deputy, period=closed))[0]["received"].count == month.count()
    hidden = month.first()
    assert hidden is not None
    Matter.objects.filter(pk=hidden.pk).update(restricted=True)
    assert lines(received, Ask(village.deputy, period=closed))[0]["received"].count == month.count()
    grid = lines(received, Ask(village.grid_worker, period=closed))[0]["received"]
    own = Matter.objects.visible_to(village.grid_worker).filter(restricted=False)
    assert grid.count == sought(own, {"opened": closed.text}).count() > 0
    outside = Ask(village.outsider, period=closed)
    frozen = {"frozen": grid.params["frozen"]}
    assert not listed(village.outsider, frozen)
    assert lines(received, outside, [village.community.pk])[0]["received"].count == 0


def test_the_database_refuses_to_change_a_closed_month(village: Any, closed: Period) -> None:
    for change in (
        lambda: FrozenRow.objects.update(marks=""),
        lambda: FrozenRow.objects.all()._raw_delete("default"),
        lambda: ClosedMonth.objects.update(rows=0),
    ):
        with pytest.raises(DatabaseError, match="do not change"), transaction.atomic():
            change()
    month = ClosedMonth.objects.get()
    rows = list(FrozenRow.objects.filter(closed=month).order_by("source", "key"))
    assert rows and (len(rows), digest_of(rows)) == (month.rows, month.digest)


def test_a_month_is_closed_once_and_not_before_it_is_over(village: Any, closed: Period) -> None:
    with pytest.raises(Refused, match="封存过"):
        close_month(village.community, month=closed, by=None)
    with pytest.raises(Refused, match="还没有过完"):
        close_month(village.community, month=this_month(), by=None)
    assert ClosedMonth.objects.count() == 1


@pytest.mark.parametrize(
    "value",
    ["x", "2026-10~received", "2026-10~nobody~n", "2026-10~received~n~worker=1", "2026-13~received~n"],
)
def test_a_frozen_list_that_cannot_be_read_is_said(village: Any, value: str) -> None:
    with pytest.raises(Refused, match="看不懂"):
        listed(village.secretary, {"frozen": value})


def test_periods() -> None:
    assert [period_of(text).text for text in ("2026-10", "2026-Q4", "2026")] == [
        "2026-10", "2026-10..2026-12", "2026-01..2026-12",
    ]  # fmt: skip
    assert [period_of(text).name for text in ("2026-10", "2026-Q4", "2026")] == [
        "2026年10月",
        "2026年第四季度",
        "2026年",
    ]
    assert period_of("2026-Q1").before.key == "2025-Q4" and period_of("2026").before.key == "2025"
    for text in ("2026-13", "2026-Q5", "yesterday", "1999", ""):
        with pytest.raises(Refused):
            period_of(text)


def test_each_figure_says_how_it_is_counted() -> None:
    for figure in FIGURES:
        assert len(figure.meaning) > 10 and figure.source is MATTERS
