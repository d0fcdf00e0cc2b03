"""Every write of the room beside the moves of the flow."""

from .keeping import add_photos, correct_hazard, dissuade, serve_paper
from .points import add_point, close_point, lay_out_points
from .rounds import begin_round, finish_round, mark_hazard, mark_rest_well, mark_well, take_back_mark
from .sweeping import lapse_overdue

__all__ = [
    "add_photos",
    "add_point",
    "begin_round",
    "close_point",
    "correct_hazard",
    "dissuade",
    "finish_round",
    "lapse_overdue",
    "lay_out_points",
    "mark_hazard",
    "mark_rest_well",
    "mark_well",
    "serve_paper",
    "take_back_mark",
]
