"""Every parameter of the one filter language, against matters whose answers are known."""

from typing import Any

import pytest
from django.utils import timezone

from liren.core.duty import Refused
from liren.core.matters import actions
from liren.core.matters.models import Matter
from liren.core.matters.seeking import FILTERS, STATES, counted, period, sought

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(village: Any) -> dict[str, Matter]:
    def opened(title: str, **facts: Any) -> Matter:
        return actions.open_matter(
            "governance.errand", community=village.community, title=title, by=village.secretary, **facts
        )

    return {
        "mine": opened("取药", house=village.house, holder=village.secretary),
        "free": opened("换锁", building=village.walk_up),
        "done": actions.move(
            opened("量血压", holder=village.grid_worker),
            "finish",
            note="好",
            outcome="done",
            by=village.secretary,
        ),
    }


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"state": "open"}, {"mine", "free"}),
        ({"state": "closed"}, {"done"}),
        ({"state": "free"}, {"free"}),
        ({"state": "overdue"}, set()),
        ({"state": "waiting"}, set()),
        ({"state": "paused"}, set()),
        ({"state": "stuck"}, set()),
        ({"state": "archived"}, set()),
        ({"seal": "zheng"}, {"mine", "free", "done"}),
        ({"seal": "min"}, set()),
        ({"kind": "governance.errand", "stage": "new"}, {"mine", "free"}),
        ({"holder": "me"}, {"mine"}),
        ({"holder": "none"}, {"free"}),
        ({"outcome": "done"}, {"done"}),
        ({"settled": "yes"}, {"done"}),
        ({"settled": "no"}, set()),
        ({"on_time": "yes"}, {"done"}),
        ({"contacted": "no"}, {"mine", "free", "done"}),
        ({"solved": "none"}, {"mine", "free", "done"}),
        ({"solved": "any"}, set()),
        ({"q": "取药"}, {"mine"}),
        ({"reopened": "yes"}, set()),
        ({"merged": "no"}, {"mine", "free", "done"}),
        ({"page": "2", "sort": "due"}, {"mine", "free", "done"}),
    ],
    ids=lambda each: None if isinstance(each, set) else str(each),
)
def test_each_parameter(
    village: Any, three: dict[str, Matter], params: dict[str, str], found: set[str]
) -> None:
    rows = set(sought(Matter.objects.visible_to(village.secretary), params, user=village.secretary))
    assert rows == {three[name] for name in found}
    assert counted(village.secretary, params) == len(found)


def test_places_and_months(village: Any, three: dict[str, Matter]) -> None:
    month = f"{timezone.localdate():%Y-%m}"
    for params, names in (
        ({"house": str(village.house.pk)}, {"mine"}),
        ({"building": str(village.walk_up.pk)}, {"free"}),
        ({"area": str(village.grid_1.pk)}, {"mine", "done"}),
        ({"area": str(village.street.pk), "opened": month}, {"mine", "free", "done"}),
        ({"closed": month}, {"done"}),
        ({"opened": "2019"}, set()),
    ):
        rows = sought(Matter.objects.visible_to(village.secretary), params, user=village.secretary)
        assert set(rows) == {three[name] for name in names}, params


def test_nobody_counts_what_they_may_not_see(village: Any, three: dict[str, Matter]) -> None:
    for name in FILTERS:
        value = {"state": "open", "seal": "zheng", "opened": "2026"}.get(name)
        if value:
            assert counted(village.outsider, {name: value}) == 0


@pytest.mark.parametrize(
    "params", [{"state": "x"}, {"opened": "yesterday"}, {"house": "a"}, {"opened": "2026-13"}, {"area": "0"}]
)
def test_what_cannot_be_read_is_said(village: Any, params: dict[str, str]) -> None:
    with pytest.raises(Refused, match="看不懂"):
        counted(village.secretary, params)


def test_every_state_can_be_asked_for(village: Any) -> None:
    for state in STATES:
        assert counted(village.secretary, {"state": state}) == 0


def test_a_period_has_an_end() -> None:
    start, end = period("2026-12")
    assert (start.isoformat()[:10], end.isoformat()[:10]) == ("2026-12-01", "2027-01-01")
    start, end = period("2026-02-27..2026-03")
    assert (start.isoformat()[:10], end.isoformat()[:10]) == ("2026-02-27", "2026-04-01")
