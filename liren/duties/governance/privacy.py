"""What this duty says of itself about people; each room says its own."""

from .appeals import privacy as appeals
from .hazards import privacy as hazards

__all__ = ["appeals", "hazards"]
