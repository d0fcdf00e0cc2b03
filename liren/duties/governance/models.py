"""Django looks for models here; each room keeps its own."""

from .appeals.models import Appeal, OrderFile
from .hazards.models import CheckPoint, Dissuasion, Hazard, HazardPaper, Round, RoundMark

__all__ = ["Appeal", "CheckPoint", "Dissuasion", "Hazard", "HazardPaper", "OrderFile", "Round", "RoundMark"]
