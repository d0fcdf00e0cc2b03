"""The tables of the residents' portal (居民端), gathered."""

from .accounts import ResidentAccount, ResidentSession, SignInCode
from .announcements import Announcement
from .bindings import Binding, BindingRequest
from .floods import Tally

__all__ = [
    "Announcement",
    "Binding",
    "BindingRequest",
    "ResidentAccount",
    "ResidentSession",
    "SignInCode",
    "Tally",
]
