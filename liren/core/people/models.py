"""Django looks for models here; each noun keeps its own file."""

from .persons import IdentityPaper, Person, Phone
from .records import Change, Label, Merge, Relation, Source
from .residences import Household, Hukou, Residence

__all__ = [
    "Change",
    "Household",
    "Hukou",
    "IdentityPaper",
    "Label",
    "Merge",
    "Person",
    "Phone",
    "Relation",
    "Residence",
    "Source",
]
