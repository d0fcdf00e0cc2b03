"""Outcome (结果): how a try to send ended."""

from enum import StrEnum


class Outcome(StrEnum):
    """Outcome (结果): whether it arrived, certainly did not, or nobody knows."""

    SENT = "sent"
    REFUSED = "refused"  # the other side said no for good
    UNREACHABLE = "unreachable"  # it certainly did not arrive: another try is safe
    UNKNOWN = "unknown"  # it may have arrived
