"""Django looks for models here; each noun keeps its own file."""

from .circles import Circle
from .entries import Attachment, Entry
from .handoffs import Handoff
from .matters import Matter, MatterDetail
from .parties import MatterLink, Party
from .series import Series
from .todos import Todo

__all__ = [
    "Attachment",
    "Circle",
    "Entry",
    "Handoff",
    "Matter",
    "MatterDetail",
    "MatterLink",
    "Party",
    "Series",
    "Todo",
]
