"""Guide (导入须知): what a reading must know of the community – its buildings, its day, corrected columns."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from liren.core.places.addresses import AddressBook, spell


@dataclass(slots=True)
class Guide:
    """The buildings an address may name, the day that counts as today, and the user's corrections."""

    book: AddressBook
    as_of: date
    # what stands before an address in full: 海东市临江区槐荫街道里仁社区
    prefix: str = ""
    # building key -> its address within the community: 里仁路88弄1号楼
    addresses: Mapping[str, str] = field(default_factory=dict)
    # fingerprint of headings -> column -> key, as corrected by a user before
    remembered: Mapping[str, Mapping[int, str]] = field(default_factory=dict)

    def full_address(self, building: str, unit: str, room: str) -> str:
        """The address as a household register writes it, for 同住址."""
        known = self.book.buildings.get(building)
        if known is None or not room:
            return ""
        spelled = spell(self.addresses.get(building) or known.name, unit, room)
        return f"{self.prefix}{spelled}{'室' if room[-1:].isdigit() else ''}"

    @classmethod
    def from_places(cls, path: Path) -> "Guide":
        """The guide of a places file (community, grids and buildings as JSON)."""
        content = json.loads(path.read_text("utf-8"))
        community, buildings = content["community"], content["buildings"]
        return cls(
            AddressBook(buildings, within=community.get("address_prefix", "")),
            date.fromisoformat(community["as_of"]),
            community.get("address_prefix", ""),
            {building["key"]: building.get("address", "") for building in buildings},
        )
