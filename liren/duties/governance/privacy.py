"""What this duty says of itself about people; each room says its own."""

from .appeals import privacy as appeals
from .hazards import privacy as hazards
from .inbound import privacy as inbound

__all__ = ["appeals", "hazards", "inbound"]
