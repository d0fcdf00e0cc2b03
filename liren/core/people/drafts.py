"""PersonDraft (待登记居民): what is known about a person before there is a record of them."""

import datetime
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, Protocol

from .residences import Household


@dataclass(frozen=True, slots=True)
class LabelDraft:
    """A label to be put on: its code in labels.toml, attributes, and what shows that it is true."""

    code: str
    attributes: dict[str, Any] = field(default_factory=dict)
    evidence: str = ""
    from_on: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class RelationDraft:
    """A guardian, contact or landlord: a name, a telephone, and how the person calls them."""

    kind: str
    name: str
    phone: str = ""
    said: str = ""


class Behind(Protocol):
    """A house, as much of it as entering people needs: House itself, or its id and grid."""

    @property
    def pk(self) -> int:
        """Its id."""

    @property
    def area_id(self) -> int:
        """The grid it lies in."""


@dataclass(slots=True)
class PersonDraft:
    """Everything one entry may say about a person. Codes are those of codes.toml; empty means not said.

    `household` joins a household that stands; drafts of one call with the same `household_key` found one together.
    """

    name: str
    sex: str = "0"
    birth: str = ""
    ethnicity: str = ""
    nationality: str = ""
    education: str = ""
    marital: str = ""
    political: str = ""
    employment: str = ""
    work_unit: str = ""
    former_name: str = ""
    kind: str = "unknown"
    status: str = "living"
    status_on: datetime.date | None = None
    remark: str = ""
    papers: tuple[tuple[str, str], ...] = ()
    phones: tuple[str, ...] = ()
    house: Behind | None = None
    household: Household | None = None
    household_key: Hashable = None
    relation: str = ""
    tenure: str = "unknown"
    from_on: datetime.date | None = None
    from_said: str = ""
    hukou_here: bool | None = None
    hukou_address: str = ""
    household_number: str = ""
    labels: tuple[LabelDraft, ...] = ()
    relations: tuple[RelationDraft, ...] = ()
    verified_on: datetime.date | None = None
    at: str = ""


# The columns of Person that a draft carries under the same name.
PLAIN = (
    "name",
    "sex",
    "birth",
    "ethnicity",
    "nationality",
    "education",
    "marital",
    "political",
    "employment",
    "work_unit",
    "former_name",
    "kind",
    "status",
    "status_on",
    "remark",
    "verified_on",
)
