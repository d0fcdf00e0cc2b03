"""Reading rosters (读名册): from a file of a stranger's making to people and problems, without a database.

`read_roster(path, guide)` is the way in; see `guide.Guide` for what has to be known of the community.
"""

from .guide import Guide
from .records import Contact, Label, Problem, Reading, ReadPerson, ReadTable, Source
from .roster import read_roster, read_workbook

__all__ = [
    "Contact",
    "Guide",
    "Label",
    "Problem",
    "ReadPerson",
    "ReadTable",
    "Reading",
    "Source",
    "read_roster",
    "read_workbook",
]
