"""Django looks for models here; each room keeps its own."""

from .files.models import SavedView
from .onesheet.models import Filling, FormTemplate, FormTurn, HandOut
from .quality.models import DoubtfulPair, PaperDoubt, Sweep

__all__ = [
    "DoubtfulPair",
    "Filling",
    "FormTemplate",
    "FormTurn",
    "HandOut",
    "PaperDoubt",
    "SavedView",
    "Sweep",
]
