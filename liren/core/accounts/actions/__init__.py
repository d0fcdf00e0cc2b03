"""Every write about accounts, split by noun; import from here."""

from .accounts import close_account, hire, open_account, reset_password, set_password
from .posts import end_post, give_post
from .second import begin_second, confirm_second, end_second, new_recovery_codes, use_second
from .sign_ins import (
    end_other_sign_ins,
    end_sign_in,
    end_this_sign_in,
    forget_old_sign_ins,
    note_seen,
    note_sign_in,
)
from .starting import make_setup_code, start_house

__all__ = [
    "begin_second",
    "close_account",
    "confirm_second",
    "end_other_sign_ins",
    "end_post",
    "end_second",
    "end_sign_in",
    "end_this_sign_in",
    "forget_old_sign_ins",
    "give_post",
    "hire",
    "make_setup_code",
    "new_recovery_codes",
    "note_seen",
    "note_sign_in",
    "open_account",
    "reset_password",
    "set_password",
    "start_house",
    "use_second",
]
