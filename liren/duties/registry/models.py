"""Django looks for models here; each room keeps its own."""

from .files.models import SavedView

__all__ = ["SavedView"]
