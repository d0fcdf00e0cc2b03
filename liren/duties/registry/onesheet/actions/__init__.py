"""What is written in this room."""

from .disposing import dispose_hand_out, forget_typed
from .filling import answer_place, begin_filling, change_people, choose_target, set_day, type_values
from .handing import fetch, hand_out, previewed
from .keeping import drop_template, fill_again, keep_template
from .turns import fill_turn, open_due_turns

__all__ = [
    "answer_place",
    "begin_filling",
    "change_people",
    "choose_target",
    "dispose_hand_out",
    "drop_template",
    "fetch",
    "fill_again",
    "fill_turn",
    "forget_typed",
    "hand_out",
    "keep_template",
    "open_due_turns",
    "previewed",
    "set_day",
    "type_values",
]
