"""Setting (填表场合): for which community, as of which day, by whom, about whom — and what the user said."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from liren.core.areas.models import Area
from liren.core.people.facts.worded import Places
from liren.core.people.models import Person
from liren.core.people.residences import Household
from liren.core.places.models import Building, House

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a card is about: a person, a household (its head), or a house."""

    kind: str
    pk: int


@dataclass(slots=True)
class Setting:
    """All that a filling depends on besides the form. Without a user it is the house itself that asks."""

    community: Area
    today: datetime.date
    user: Any = None
    target: Target | None = None
    # The records of a kind (dispute, hazard, appeal) in a period; None where there is no ledger.
    records: Callable[[str, datetime.date | None, datetime.date | None], Sequence[Record]] | None = None
    # What the user said: of places by their key, of populations by sheet, typed values by cell.
    told: dict[str, str] = field(default_factory=dict)
    people_told: dict[str, Any] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    as_of: datetime.date | None = None
    masked: bool = False
    file_name: str = ""
    _places: Places | None = None

    @property
    def unit(self) -> str:
        """Who fills the form."""
        return self.community.organisation or self.community.name

    def people(self) -> Any:
        """The people of the community that the asker may see."""
        seen = Person.objects.filter(community=self.community).unmerged()
        return seen if self.user is None else seen.visible_to(self.user)

    def houses(self) -> Any:
        """The houses likewise."""
        seen = House.objects.filter(community=self.community)
        return seen if self.user is None else seen.visible_to(self.user)

    def households(self) -> Any:
        """The households likewise."""
        seen = Household.objects.filter(community=self.community)
        return seen if self.user is None else seen.visible_to(self.user)

    @property
    def places_known(self) -> Places:
        """The grids and buildings by name, asked for once."""
        if self._places is None:
            self._places = self.places()
        return self._places

    def places(self) -> Places:
        """The grids and buildings by name."""
        grids = Area.objects.filter(parent=self.community, level=Area.Level.GRID).order_by("code")
        buildings = Building.objects.filter(community=self.community).order_by("sort")
        return Places(
            tuple(grids.values_list("name", flat=True)), tuple(buildings.values_list("name", flat=True))
        )
