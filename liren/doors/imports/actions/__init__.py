"""Every write of the import door, one step a file."""

from .applying import apply_batch, run_applying
from .batches import (
    abandon,
    correct_columns,
    note_look,
    read_again,
    rescue,
    start_applying,
    start_batch,
    start_undoing,
)
from .deciding import decide, ignore_problem, mend, take_rows
from .keeping import erase
from .reading import read_batch
from .sheets import change_sheet, error_sheet
from .undoing import run_undoing, undo_batch, what_prevents

__all__ = [
    "abandon",
    "apply_batch",
    "change_sheet",
    "correct_columns",
    "decide",
    "erase",
    "error_sheet",
    "ignore_problem",
    "mend",
    "note_look",
    "read_again",
    "read_batch",
    "rescue",
    "run_applying",
    "run_undoing",
    "start_applying",
    "start_batch",
    "start_undoing",
    "take_rows",
    "undo_batch",
    "what_prevents",
]
