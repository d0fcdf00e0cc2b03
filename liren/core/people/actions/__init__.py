"""Every write to the register of people, one noun a file."""

from .correcting import correct_hukou, correct_many, correct_person, replace_paper, replace_phones, verify_person
from .events import change_tenants, die, give_birth, move_in, move_out, split_household
from .labels import end_label, put_label
from .merging import merge, unmerge
from .registering import register_many, register_person
from .sources import desk_source, open_source

__all__ = [
    "change_tenants",
    "correct_hukou",
    "correct_many",
    "correct_person",
    "desk_source",
    "die",
    "end_label",
    "give_birth",
    "merge",
    "move_in",
    "move_out",
    "open_source",
    "put_label",
    "register_many",
    "register_person",
    "replace_paper",
    "replace_phones",
    "split_household",
    "unmerge",
    "verify_person",
]
