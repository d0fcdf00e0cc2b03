"""Every write of the portal, split by noun; import from here."""

from .accounts import (
    Pause,
    call_oneself,
    close_account,
    end_session,
    note_seen,
    open_account,
    send_code,
    sweep_codes,
    use_code,
)
from .announcing import announce, correct_announcement, put_up_again, take_down
from .binding import (
    ask_staff,
    bind_by_number,
    confirm_request,
    refuse_request,
    take_decision_back,
    withdraw_request,
)
from .drafting import add_photos, choose_kind, drop_photo, say_how_to_reach, sweep_drafts, tell_more
from .following import ask_again, drop_matter, note_read, rate, say_more
from .slips import answer_slip
from .submitting import submit, submit_without_name

__all__ = [
    "Pause",
    "add_photos",
    "announce",
    "answer_slip",
    "ask_again",
    "ask_staff",
    "bind_by_number",
    "call_oneself",
    "choose_kind",
    "close_account",
    "confirm_request",
    "correct_announcement",
    "drop_matter",
    "drop_photo",
    "end_session",
    "note_read",
    "note_seen",
    "open_account",
    "put_up_again",
    "rate",
    "refuse_request",
    "say_how_to_reach",
    "say_more",
    "send_code",
    "submit",
    "submit_without_name",
    "sweep_codes",
    "sweep_drafts",
    "take_decision_back",
    "take_down",
    "tell_more",
    "use_code",
    "withdraw_request",
]
