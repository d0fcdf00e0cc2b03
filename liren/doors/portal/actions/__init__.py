"""Every write of the portal, split by noun; import from here."""

from .accounts import call_oneself, close_account, end_session, note_seen, send_code, sweep_codes, use_code
from .announcing import announce, correct_announcement, put_up_again, take_down
from .binding import (
    ask_staff,
    bind_by_number,
    confirm_request,
    refuse_request,
    take_decision_back,
    withdraw_request,
)

__all__ = [
    "announce",
    "ask_staff",
    "bind_by_number",
    "call_oneself",
    "close_account",
    "confirm_request",
    "correct_announcement",
    "end_session",
    "note_seen",
    "put_up_again",
    "refuse_request",
    "send_code",
    "sweep_codes",
    "take_decision_back",
    "take_down",
    "use_code",
    "withdraw_request",
]
