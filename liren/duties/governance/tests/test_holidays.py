"""Clocks of appeals over nights, a long holiday and its make-up Saturday, as the page of the matter says them.

National Day of 2026: off from Thursday 1 to Wednesday 7 October, Saturday 10 October is worked for it.
"""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from liren.core.accounts.models import Post
from liren.core.matters.models import Matter
from liren.core.rules.limits import limit
from liren.duties.governance.appeals import classes

pytestmark = pytest.mark.django_db
ClientAs = Callable[[Any], Client]
EVE = "2026-09-30 18:30"


class Desk:
    """The page of an appeal, opened and looked at on days of one's choice."""

    def __init__(self, user: Any, client_as: ClientAs) -> None:
        Post.objects.update(from_on=date(2026, 1, 1))
        self.user, self.client_as, self.matter = user, client_as, Matter()

    def at(self, moment: str, act: Callable[[Client], Any]) -> Any:
        """Somebody signs in at this moment and does something."""
        with time_machine.travel(f"{moment}+08:00", tick=False):
            self.user.forget_posts()
            return act(self.client_as(self.user))

    def open(self, moment: str, urgency_class: str) -> "Desk":
        """An appeal without a caller, accepted and being worked on a moment later."""
        facts = {
            "title": "路灯不亮", "area": self.user.community.pk, "source": "counter", "once": moment,
            "own-urgency_class": urgency_class,
        }  # fmt: skip

        def act(client: Client) -> None:
            assert client.post("/matters/new/governance.appeal/", facts).status_code == 302
            self.matter = Matter.objects.get(once__isnull=False, title="路灯不亮")
            for seen, move in enumerate(("accept", "reached")):
                answer = client.post(
                    f"/matters/{self.matter.pk}/move/{move}/", {"seen": seen, "once": f"{moment}{move}"}
                )
                assert answer.status_code == 302, unescape(answer.content.decode())

        self.at(moment, act)
        self.matter.refresh_from_db()
        assert self.matter.stage == "doing"
        return self

    def clock(self, moment: str) -> tuple[str, str]:
        """What the clock says then, and by when it should be done, with its ground beside it."""
        page = unescape(
            self.at(moment, lambda client: client.get(f"/matters/{self.matter.pk}/")).content.decode()
        )
        rule = limit(classes.BY_KEY[self.matter.appeal.urgency_class].rule)
        ground = re.search(r'id="clock".*?</div>', page, re.S)
        assert ground and rule.basis in ground[0] and rule.words in ground[0]
        words, due = (
            re.search(pattern, page, re.S)
            for pattern in (r'popovertarget="clock"><b class="\w*">(.*?)</b>', r"应于 (.*?)</span>")
        )
        assert words and due
        return words[1], due[1]

    def queue(self, moment: str) -> str:
        """The line of the workbench."""
        page = unescape(self.at(moment, lambda client: client.get("/matters/")).content.decode())
        row = next(row for row in page.split("<tr") if self.matter.number in row)
        return re.sub(r"<[^>]+>", " ", row)


@pytest.fixture
def desk(village: Any, client_as: ClientAs) -> Desk:
    return Desk(village.secretary, client_as)


def test_working_days_begin_after_the_holiday_and_count_its_make_up_saturday(desk: Desk) -> None:
    desk.open(EVE, "w5")
    assert desk.clock(EVE) == ("剩 5 个工作日", "10月13日 17:30")
    for day, left in (
        ("10-01", 5),
        ("10-07", 5),
        ("10-08", 4),
        ("10-09", 3),
        ("10-10", 2),
        ("10-11", 2),
        ("10-12", 1),
    ):
        assert desk.clock(f"2026-{day} 09:00") == (f"剩 {left} 个工作日", "10月13日 17:30")
    assert desk.clock("2026-10-13 09:30") == ("剩 8 小时", "今天 17:30")
    assert desk.clock("2026-10-13 17:31") == ("逾期 1 分钟", "今天 17:30")
    assert desk.clock("2026-10-14 08:30") == ("逾期 1 个工作日", "昨天 17:30")
    assert desk.clock("2026-10-18 10:00") == ("逾期 3 个工作日", "10月13日 17:30")


def test_hours_run_through_night_and_holiday(desk: Desk) -> None:
    desk.open(EVE, "h24")
    assert desk.clock(EVE) == ("剩 1 天", "10月1日 18:30")
    assert desk.clock("2026-10-01 00:10") == ("剩 18 小时", "今天 18:30")
    assert desk.clock("2026-10-01 18:00") == ("剩 30 分钟", "今天 18:30")
    assert desk.clock("2026-10-01 19:00") == ("逾期 30 分钟", "今天 18:30")
    assert desk.clock("2026-10-02 03:00") == ("逾期 8 小时", "昨天 18:30")
    assert desk.clock("2026-10-07 12:00") == ("逾期 5 天", "10月1日 18:30")


def test_two_hours_of_the_night_are_over_before_morning(desk: Desk) -> None:
    desk.open("2026-10-03 23:20", "h2")
    assert desk.clock("2026-10-03 23:50") == ("剩 1 小时", "10月4日 01:20")
    assert desk.clock("2026-10-04 00:20") == ("剩 1 小时", "今天 01:20")
    assert desk.clock("2026-10-04 08:30") == ("逾期 7 小时", "今天 01:20")


def test_days_that_end_in_the_holiday_end_with_the_first_working_day(desk: Desk) -> None:
    desk.open(EVE, "d7")
    assert desk.clock(EVE) == ("剩 8 天", "10月8日 23:59")
    assert desk.clock("2026-10-07 20:00") == ("剩 1 天", "10月8日 23:59")
    assert desk.clock("2026-10-08 20:00") == ("剩 3 小时", "今天 23:59")
    assert desk.clock("2026-10-09 00:01") == ("逾期 1 天", "昨天 23:59")


@pytest.mark.parametrize(
    ("opened", "due"),
    [
        ("2026-10-09 20:00", "10月15日 17:30"),  # Friday evening: the make-up Saturday is the first day
        ("2026-10-10 10:00", "10月16日 17:30"),  # on the make-up Saturday: Sunday is off, Monday the first
        ("2026-10-10 23:00", "10月16日 17:30"),
        ("2026-10-11 10:00", "10月16日 17:30"),  # Sunday, off
    ],
)
def test_around_the_make_up_saturday(desk: Desk, opened: str, due: str) -> None:
    assert desk.open(opened, "w5").clock(opened) == ("剩 5 个工作日", due)


def test_the_list_says_the_same_as_the_page(desk: Desk) -> None:
    desk.open(EVE, "w5")
    assert "10月13日" in desk.queue("2026-10-07 09:00")
    assert "今天 17:30" in desk.queue("2026-10-13 09:00")
    assert "逾期 1 个工作日" in desk.queue("2026-10-14 09:00")
