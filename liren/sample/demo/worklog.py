"""The demo's work log (工作记录): a month of visits, meetings, rounds and leaflets, written by those who were there."""

import datetime
import tomllib
from pathlib import Path
from typing import Any

from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.logbook.actions import write_record
from liren.core.people.models import Person

from .clock import days_ago

NOTES = Path(__file__).with_suffix(".toml")


def keep_log(community: Area, users: dict[str, User]) -> None:
    """Writes each note on its day; visits belong to somebody who lives where the writer works."""
    for number, note in enumerate(tomllib.loads(NOTES.read_text("utf-8"))["note"]):
        days, hour, writer = note.pop("days"), note.pop("hour"), users[note.pop("who")]
        person = None if "place" in note else _somebody(community, writer, number)
        with days_ago(days, hour, 40):
            write_record(
                **note,
                on=timezone.localdate(),
                begun=datetime.time(hour),
                people=[person] if person else [],
                house=person.house if person else None,
                by=writer,
            )


def _somebody(community: Area, writer: Any, number: int) -> Person:
    """One of those the writer may know of. How many they are changes with the day on which the demo is made."""
    seen = Person.objects.visible_to(writer).filter(community=community, house__isnull=False, status="living")
    place = (60 + number * 11) % seen.count()
    return seen.select_related("area__parent", "house__area__parent").order_by("pk")[place]
