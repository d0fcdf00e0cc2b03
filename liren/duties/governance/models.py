"""Django looks for models here; each room keeps its own."""

from .appeals.models import Appeal, OrderFile

__all__ = ["Appeal", "OrderFile"]
