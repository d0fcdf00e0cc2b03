"""Columns (列): what the register can show of a person, and the export can take along."""

from dataclasses import dataclass
from typing import Any

from liren.core.facts import Fact, Kind, facts_for
from liren.core.privacy.tiers import Tier


@dataclass(frozen=True)
class Shown:
    """One column: a fact of the catalogue, or one of the four that are drawn in their own way."""

    key: str
    name: str
    fact: Fact | None = None

    @property
    def number(self) -> bool:
        """Whether it stands to the right."""
        return self.fact is not None and self.fact.kind == "number"


OWN = (Shown("paper", "证件号"), Shown("phones", "电话"), Shown("labels", "标签"), Shown("family", "户"))
DEFAULT = ("person.sex", "person.age", "paper", "house.code", "family", "phones", "labels", "person.verified")
# The name stands first, always; what follows from the age is seen by the age.
ELSEWHERE = frozenset(
    {
        "person.name",
        "person.elder",
        "person.senior",
        "person.under_three",
        "person.minor",
        "person.birth_month",
    }
)


def allowed_columns(user: Any) -> list[Shown]:
    """Every column this user may show. Labels stand together in one column, economic ones only for their line."""
    facts = [each for each in facts_for(user) if each.tier < Tier.T3 and each.key not in ELSEWHERE]
    facts = [each for each in facts if each.kind != Kind.LABEL]
    known = {each.key: Shown(each.key, each.name, each) for each in facts}
    known |= {each.key: each for each in OWN}
    first = [known[key] for key in DEFAULT if key in known]
    return first + [each for key, each in known.items() if key not in DEFAULT]


def chosen_columns(user: Any, keys: list[str]) -> list[Shown]:
    """The chosen columns in the order of the catalogue; the usual ones when nothing was chosen."""
    wanted = set(keys) or set(DEFAULT)
    return [each for each in allowed_columns(user) if each.key in wanted]
