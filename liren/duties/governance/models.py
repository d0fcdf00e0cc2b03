"""Django looks for models here; each room keeps its own."""

from .appeals.models import Appeal, OrderFile
from .hazards.models import CheckPoint, Dissuasion, Hazard, HazardPaper, Round, RoundMark
from .inbound.models import CalendarChoice, CalendarItem, DutyItem, InboundTask

__all__ = [
    "Appeal",
    "CalendarChoice",
    "CalendarItem",
    "CheckPoint",
    "Dissuasion",
    "DutyItem",
    "Hazard",
    "HazardPaper",
    "InboundTask",
    "OrderFile",
    "Round",
    "RoundMark",
]
