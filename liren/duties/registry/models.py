"""Django looks for models here; each room keeps its own."""

from .files.models import SavedView
from .onesheet.models import Filling, FormTemplate, HandOut
from .quality.models import DoubtfulPair, PaperDoubt, Sweep

__all__ = ["DoubtfulPair", "Filling", "FormTemplate", "HandOut", "PaperDoubt", "SavedView", "Sweep"]
