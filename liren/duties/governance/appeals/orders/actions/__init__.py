"""Orders by file: received for a dry run, taken over bite by bite, by the worker when it is long, or thrown away."""

from .receiving import drop_orders, look_at, read_content, receive_orders
from .running import rescue, run_taking, start_taking
from .taking import take_orders

__all__ = [
    "drop_orders",
    "look_at",
    "read_content",
    "receive_orders",
    "rescue",
    "run_taking",
    "start_taking",
    "take_orders",
]
