"""Every write to the register of people, one noun a file."""

from .bonds import Bond, relate_many
from .correcting import (
    correct_hukou,
    correct_many,
    correct_person,
    replace_paper,
    replace_phones,
    verify_person,
)
from .events import come_back, die, give_birth, go_away, move_in, move_out
from .households import change_tenants, name_head, split_household
from .labels import end_label, put_label, review_label
from .merging import merge, unmerge
from .registering import register_many, register_person, register_rows
from .relations import add_relation, end_relation
from .sources import desk_source, open_source

__all__ = [
    "Bond",
    "add_relation",
    "change_tenants",
    "come_back",
    "correct_hukou",
    "correct_many",
    "correct_person",
    "desk_source",
    "die",
    "end_label",
    "end_relation",
    "give_birth",
    "go_away",
    "merge",
    "move_in",
    "move_out",
    "name_head",
    "open_source",
    "put_label",
    "register_many",
    "register_person",
    "register_rows",
    "relate_many",
    "replace_paper",
    "replace_phones",
    "review_label",
    "split_household",
    "unmerge",
    "verify_person",
]
