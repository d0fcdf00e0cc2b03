"""Earlier months of the demo (前几个月): what came in before the stories of the last weeks, so that figures, briefs and
comparisons have something to say. Made from earlier.toml by the calendar, the same on every machine.
"""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.figures.periods import stepped
from liren.core.matters import actions
from liren.core.matters.actions import PartyDraft
from liren.core.matters.models import Matter
from liren.core.people.models import Person

from .clock import days_ago

MONTHS = 5
# The last weeks are told by hand.
TOLD = timedelta(days=36)
EVERY = 2.2
LAST_HOUR = 16


def earlier_months(community: Area, users: dict[str, User], dice: Random) -> None:
    """Opens and ends some dozen matters a month, the oldest first, as they would have been written down."""
    told = tomllib.loads((Path(__file__).parent / "earlier.toml").read_text("utf-8"))
    here = Person.objects.filter(community=community, house__isnull=False, status="living")
    people = list(here.select_related("house__building", "house__area", "area").order_by("pk")[900:])
    for day in _days(dice):
        story = dice.choice(told["appeal"] if dice.random() < 0.45 else told["errand"])
        grids = [post.area_id for post in users[story["holder"]].current_posts]
        near = [person for person in people if person.area_id in grids]
        person = dice.choice(near or people)
        _tell(community, users, dice, day, story, person)


def _days(dice: Random) -> Iterator[int]:
    """How many days back each of them came."""
    today = timezone.localdate()
    day: date = stepped(today.replace(day=1), -MONTHS)
    while day < today - TOLD:
        yield (today - day).days
        day += timedelta(days=max(1, round(dice.expovariate(1 / EVERY))))


def _tell(
    community: Area, users: dict[str, User], dice: Random, days: int, story: dict[str, Any], person: Person
) -> None:
    """One matter from its opening to its end."""
    holder, office = users[story["holder"]], users["fuzhuren"]
    kind = story.get("kind", "governance.appeal")
    details: dict[str, Any] = {"details": {"urgency_class": ""}} if kind == "governance.appeal" else {}
    with days_ago(days, dice.randint(9, LAST_HOUR)):
        matter = actions.open_matter(
            kind, community=community, title=story["title"], house=person.house, cause=story.get("cause", ""),
            source=dice.choice(("phone", "counter", "phone", "portal")), holder=holder,
            parties=[PartyDraft(person=person)], by=office, **details,
        )  # fmt: skip
    took = dice.choice((1, 2, 2, 3, 4, 6, 9))
    if kind == "governance.appeal":
        _answer(matter, story, holder, dice, days, took)
        return
    if matter.source != "counter" and dice.random() < 0.85:
        with days_ago(days, 17):
            actions.contact(matter, how="phone", reached=True, note="说好哪天来办", by=holder)
    with days_ago(days - took, 15, 50):
        actions.move(matter, "finish", note=story["done"], outcome="done", by=holder)
    if dice.random() < 0.6:
        _rate(matter, dice, days - took - 3, office)


def _answer(matter: Matter, story: dict[str, Any], holder: User, dice: Random, days: int, took: int) -> None:
    """An appeal: taken up, called back soon or late, done, answered, closed."""
    late = dice.random() < 0.12
    with days_ago(days, 17):
        actions.move(matter, "accept", by=holder)
    with days_ago(days - (2 if late else 0), 17, 40):
        actions.contact(matter, how="phone", reached=True, note="听明白了，约好时间", by=holder)
        actions.move(matter, "reached", by=holder)
    with days_ago(days - 2 - took, 15):
        actions.move(matter, "reply", note=story["done"], inner="已和当事人说定", by=holder)
    if dice.random() < 0.8:
        _rate(matter, dice, days - 3 - took, holder)
    with days_ago(days - 3 - took, 16):
        actions.move(matter, "close", note="电话回访", outcome="resolved", proof="通话记录", by=holder)


def _rate(matter: Matter, dice: Random, days: int, by: User) -> None:
    """What was said when somebody asked; whoever was not pleased says so."""
    solved = dice.choice(("yes",) * 7 + ("partly", "partly", "no"))
    satisfied = dice.choice(("yes",) * 3 + ("partly",)) if solved == "yes" else dice.choice(("partly", "no"))
    with days_ago(days, 11):
        actions.appraise(matter, solved=solved, satisfied=satisfied, words="", by=by)
