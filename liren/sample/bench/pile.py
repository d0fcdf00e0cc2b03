"""Pile (事项堆): a ledger of many years on top of a crowd, for measuring only."""

import datetime
from collections.abc import Iterator
from random import Random
from typing import Any

from django.db import connection
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.duty.keys import BEGINNING, RANDOM_BITS
from liren.core.matters.kinds import all_kinds
from liren.core.matters.models import Entry, Matter, Series, Todo
from liren.core.people.models import Person

from .rows import Table

MATTERS, ENTRIES, OPEN, YEARS = 100_000, 10, 2_500, 5
WHAT = ("漏水", "停车", "噪声", "楼道堆物", "路灯不亮", "电梯停运", "代办居住证", "照看老人", "借会议室")


def pile_up(matters: int = MATTERS) -> dict[str, int]:
    """Writes so many matters of the first community, ten entries each; the last of them are open."""
    if Matter.objects.exists():
        return {"matters": Matter.objects.count(), "entries": Entry.objects.count()}
    dice = Random(11)
    community = Area.objects.communities()[0]
    pile = _Pile(community, dice)
    for start in range(0, matters, 5000):
        pile.write(range(start, min(start + 5000, matters)), matters)
    pile.finish()
    return {"matters": matters, "entries": matters * ENTRIES}


class _Pile:
    """Everything that the rows of one community are made of."""

    def __init__(self, community: Area, dice: Random) -> None:
        self.community, self.dice = community, dice
        self.kinds = [kind for kind in all_kinds() if not kind.restricted and kind.details is None]
        self.grids = list(community.children.values_list("pk", flat=True)) or [community.pk]
        self.staff = list(
            User.objects.filter(posts__area__path__startswith=community.path).values_list("pk", flat=True)
        )
        self.houses = list(
            Person.objects.filter(community=community, house__isnull=False)
            .values_list("house_id", "area_id", "house__building_id")[:5000]
        )  # fmt: skip
        self.now = timezone.now().replace(microsecond=0)
        self.numbers: dict[tuple[str, int], int] = {}
        self.matter = Table(
            Matter, "key", "community_id", "area_id", "kind", "number", "stage", "title", "house_id", "building_id",
            "holder_id", "source", "opened_at", "moved_at", "closed_at", "closed_in_time", "outcome", "urgency",
            "contacted_at", "contacted_in_time",
        )  # fmt: skip
        self.entry = Table(Entry, "matter_id", "at", "by_id", "what", "stage", "note")
        self.todo = Table(
            Todo, "id", "matter_id", "community_id", "area_id", "seal", "rank", "stage", "what", "holder_id", "start_at",
            "due_at", "done_at", "done_by_id", "in_time",
        )  # fmt: skip

    def write(self, places: range, total: int) -> None:
        """So many matters with their entries and todos."""
        rows = [self._one(place, total) for place in places]
        self.matter.write([row[0] for row in rows])
        self.entry.write([entry for row in rows for entry in row[1]])
        self.todo.write([row[2] for row in rows])

    def _one(self, place: int, total: int) -> tuple[tuple[Any, ...], list[tuple[Any, ...]], tuple[Any, ...]]:
        dice = self.dice
        kind = self.kinds[place % len(self.kinds)]
        is_open = place >= total - OPEN
        age = (total - place) / total * 365 * YEARS
        opened = self.now - datetime.timedelta(days=age, seconds=dice.randrange(40_000))
        key = (int(opened.timestamp() * 1000) - BEGINNING) << RANDOM_BITS | place
        house, area, building = dice.choice(self.houses)
        holder = dice.choice(self.staff)
        closed = None if is_open else opened + datetime.timedelta(days=dice.random() * 5 + 0.1)
        stage = kind.flow.start if is_open else kind.flow.stage(kind.flow.path[-1])
        title = f"{dice.choice(WHAT)}，第 {place} 件"
        matter = (
            key, self.community.pk, area, kind.key, self._number(kind.series, opened.year), stage.key, title, house,
            building, holder, dice.choice(("counter", "phone", "portal")), _at(opened), _at(closed or opened),
            closed and _at(closed), None if closed is None else dice.random() < 0.9, "" if is_open else "done",
            dice.choice(("urgent", "hard", "worry", "hope")), _at(opened), True,
        )  # fmt: skip
        entries = list(self._entries(key, opened, holder, stage.key))
        due = (
            opened + datetime.timedelta(days=5)
            if closed
            else self.now + datetime.timedelta(days=dice.random() * 9 - 2)
        )
        start = min(opened, due)
        todo = (
            key, key, self.community.pk, area, kind.seal, dice.randrange(1, 5), stage.key, kind.flow.start.todo, holder,
            _at(start), _at(due), closed and _at(closed), holder if closed else None, True if closed else None,
        )  # fmt: skip
        return matter, entries, todo

    def _entries(
        self, key: int, opened: datetime.datetime, holder: int, stage: str
    ) -> Iterator[tuple[Any, ...]]:
        for step in range(ENTRIES):
            what = "open" if step == 0 else "comment" if step % 3 else "contact"
            yield (
                key,
                _at(opened + datetime.timedelta(hours=step)),
                holder,
                what,
                stage,
                "打过电话，约好明天上门看",
            )

    def _number(self, sign: str, year: int) -> str:
        last = self.numbers[sign, year] = self.numbers.get((sign, year), 0) + 1
        return f"{sign}-{year}-{last:04d}"

    def finish(self) -> None:
        """The numbers go on where the pile ends."""
        Series.objects.bulk_create(
            Series(community=self.community, sign=sign, year=year, last=last)
            for (sign, year), last in self.numbers.items()
        )
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _at(moment: datetime.datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"
