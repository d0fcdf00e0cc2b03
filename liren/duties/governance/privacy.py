"""What this duty says of itself about people; each room says its own."""

from .appeals import privacy as appeals

__all__ = ["appeals"]
