"""The heading of a ledger (表头): which unit, which period, who made it — on the screen, on paper and in the file."""

import datetime
from typing import Any

from liren.core.areas.models import Area
from liren.core.pages.words import full_day
from liren.core.sheets.narrowing import Narrowed
from liren.core.sheets.outgoing import Form


def place_of(asked: Narrowed, user: Any) -> Area | None:
    """The community that a ledger is about; that of the user's first post unless one was asked for."""
    return (asked.area.community() if asked.area else None) or user.community


def unit_of(asked: Narrowed, user: Any) -> str:
    """The unit on the paper: the committee by its full name, and the grid when only one was asked for."""
    place = place_of(asked, user)
    own = (place.organisation or place.name) if place else ""
    return f"{own} {asked.area.name}" if asked.area and asked.area.level == Area.Level.GRID else own


def form_of(asked: Narrowed, maker: str, reviewer: str, day: datetime.date, mark: str, user: Any) -> Form:
    """All that stands around the rows."""
    span = "，".join([str(asked.span or "全部"), *asked.sentences])
    return Form(unit_of(asked, user), span, maker.strip(), reviewer.strip(), full_day(day), mark)
