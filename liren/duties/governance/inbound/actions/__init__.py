"""Writes of the room beside the flow."""

from .calendar import add_own, drop_own, leave_out, take_up, think_again
from .lists import add_item, begin_lists, correct_item, end_item, load_items
from .tasks import correct_task, note_work, receive_task, send_task, took_report

__all__ = [
    "add_item",
    "add_own",
    "begin_lists",
    "correct_item",
    "correct_task",
    "drop_own",
    "end_item",
    "leave_out",
    "load_items",
    "note_work",
    "receive_task",
    "send_task",
    "take_up",
    "think_again",
    "took_report",
]
