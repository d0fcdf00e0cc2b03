"""The tables of the residents' portal (居民端), gathered."""

from .accounts import ResidentAccount, ResidentSession, SignInCode
from .announcements import Announcement
from .bindings import Binding, BindingRequest
from .floods import Tally
from .submissions import Draft, DraftPhoto, Submission

__all__ = [
    "Announcement",
    "Binding",
    "BindingRequest",
    "Draft",
    "DraftPhoto",
    "ResidentAccount",
    "ResidentSession",
    "SignInCode",
    "Submission",
    "Tally",
]
