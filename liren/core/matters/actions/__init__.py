"""Every write on matters. Each takes the matter first, facts by name, `by` last, and raises Refused with a sentence."""

from .handing import call_back, hand_off, open_slip, urge
from .holding import assign, drop_from_circle, hand_over_all, holders_for, name_to_circle
from .joining import follow_up, link, merge, split
from .keeping import add_party, archive, attach, attach_files, correct_matter
from .moving import move
from .opening import PartyDraft, open_matter
from .telling import appraise, comment, contact
from .timing import ask_colleague, finish_todo, pause_clock, resume_clock, set_due
from .triaging import overrule_triage, weigh

__all__ = [
    "PartyDraft",
    "add_party",
    "appraise",
    "archive",
    "ask_colleague",
    "assign",
    "attach",
    "attach_files",
    "call_back",
    "comment",
    "contact",
    "correct_matter",
    "drop_from_circle",
    "finish_todo",
    "follow_up",
    "hand_off",
    "hand_over_all",
    "holders_for",
    "link",
    "merge",
    "move",
    "name_to_circle",
    "open_matter",
    "open_slip",
    "overrule_triage",
    "pause_clock",
    "resume_clock",
    "set_due",
    "split",
    "urge",
    "weigh",
]
