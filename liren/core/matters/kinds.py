"""Kind (事项种类): what a room declares so that its work becomes matters of the one ledger."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from liren.core import duty

from .flow import Flow


@dataclass(frozen=True)
class Portal:
    """How a kind offers itself to residents: what they read, and whether it may come without a name."""

    name: str
    hint: str
    icon: str = "message"
    anonymous: bool = False
    causes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Condition:
    """A parameter by which lists of one kind alone are narrowed: what it means, and its values in words."""

    means: Callable[[str, Any], Any]
    words: Mapping[str, str]

    def __call__(self, value: str, user: Any) -> Any:
        """The condition on matters; KeyError for a value that it does not know."""
        return self.means(value, user)


@dataclass(frozen=True)
class Kind:
    """Kind (事项种类): key ``governance.appeal``, name, flow, and the sign of its running numbers (治-2026-0137).

    `series` is unique among kinds. `seal` is the mark of the duty. `danger` is where triage begins, 0–40.
    `form` is the shape of what the room keeps beside (a Django form), written by `details(matter, by=, **facts)` in
    the transaction of the opening; `sheet(matter)` gives it back as (name, words) for page and paper.
    `restricted` matters are known to their named circle alone, `line` limits to those who serve that line.
    """

    key: str
    name: str
    flow: Flow
    series: str
    seal: str
    order: int = 50
    hint: str = ""
    danger: int = 0
    causes: tuple[tuple[str, str], ...] = ()
    cause_label: str = "原因"  # what forms and lists call that in this room
    form: Any = None
    details: Callable[..., None] | None = None
    sheet: Callable[[Any], list[tuple[str, str]]] | None = None
    line: str = ""
    restricted: bool = False
    portal: Portal | None = None
    by_hand: bool = True  # whether it may be opened from the desk's general form
    sends: str = ""  # an ability by which those above a community may open it there as well
    older: tuple[Flow, ...] = ()
    # What lists may be narrowed by beside the parameters of every matter (see seeking.py).
    filters: Mapping[str, Condition] = field(default_factory=dict, hash=False)
    # Pages of the room about one matter, for this user: (name, address).
    links: Callable[[Any, Any], list[tuple[str, str]]] | None = None

    def flow_of(self, version: int) -> Flow:
        """The flow by which a matter was begun: one goes on as it began. KeyError for a version nobody kept."""
        for flow in (self.flow, *self.older):
            if flow.version == version:
                return flow
        raise KeyError(f"{self.key} has no flow of version {version}")

    def cause_name(self, key: str) -> str:
        """A cause in words."""
        return dict(self.causes).get(key, "")


def all_kinds() -> list[Kind]:
    """Every kind of every duty, in the order in which people look for them."""
    return sorted(_book().values(), key=lambda kind: (kind.order, kind.key))


def kind(key: str) -> Kind:
    """The kind of a key; KeyError for one that nobody declares."""
    return _book()[key]


@lru_cache(maxsize=1)
def _book() -> dict[str, Kind]:
    """Read once: the book is closed when the server has started."""
    book: dict[str, Kind] = {}
    signs: dict[str, str] = {}
    for each in duty.all_duties():
        for found in each.kinds:
            if found.key in book or found.series in signs:
                raise ValueError(f"two kinds share {found.key} or the sign {found.series}")
            book[found.key] = found
            signs[found.series] = found.key
    return book
