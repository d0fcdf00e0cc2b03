"""Django looks for models here; each room keeps its own."""

from .files.models import SavedView
from .quality.models import DoubtfulPair, PaperDoubt, Sweep

__all__ = ["DoubtfulPair", "PaperDoubt", "SavedView", "Sweep"]
