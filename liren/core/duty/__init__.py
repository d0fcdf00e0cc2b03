"""Duty (七件事之一) and door (入口): what they offer, and the book in which they write themselves.

Doors show what duties offer without knowing them, and core tells duties what happened without knowing them either:
upper floors write themselves in, lower floors and doors read.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .refused import Refused

__all__ = [
    "Ability",
    "Door",
    "Duty",
    "Hit",
    "MenuItem",
    "Panel",
    "Refused",
    "Section",
    "abilities",
    "all_doors",
    "all_duties",
    "deeds_about",
    "finders",
    "menu_for",
    "panels_for",
    "register",
    "register_door",
    "sections_for",
    "tell",
]

# Everything that core may tell, and the particulars that come with it. A closed list: a listener to anything else
# is an error at start.
HAPPENINGS: Mapping[str, tuple[str, ...]] = {
    "person.born": ("person",),
    "person.moved_in": ("person", "house"),
    "person.moved_out": ("person",),
    "person.died": ("person",),
    "person.merged": ("kept", "gone"),
    "person.unmerged": ("kept", "back"),
    "household.split": ("household", "new"),
    "house.tenants_changed": ("house",),
    "house.vacated": ("house",),
    "matter.opened": ("matter",),
    "matter.moved": ("matter", "entry"),
    "matter.merged": ("matter", "into"),
    "matter.answered": ("matter", "entry"),
    # A form that a matter was about went out, filled.
    "form.handed_out": ("matter", "receiver", "by"),
}

# Pages to which every duty may give a part of its own.
SECTIONS = ("burden",)


@dataclass(frozen=True)
class Ability:
    """Something that a post may allow: key ``people.edit``, Chinese name."""

    key: str
    name: str


@dataclass(frozen=True)
class MenuItem:
    """One line of the spine: `url` is a URL name; `ability` hides it from those who may not; `seal` marks a duty."""

    name: str
    url: str
    icon: str = ""
    seal: str = ""
    ability: str = ""
    group: str = "people"  # top · duties · people · foot; any other is found by the palette alone
    order: int = 50
    words: str = ""  # further words and pinyin by which the palette finds the page
    first_step: str = (
        ""  # what to say of it while the register is still empty; only pages to begin with have it
    )
    count: Callable[[Any], int] | None = None  # how many of its things wait, shown beside the name


@dataclass(frozen=True)
class Hit:
    """One line of a search result: what it is, a second line, where it leads."""

    group: str
    name: str
    note: str
    url: str
    icon: str = "user"


@dataclass(frozen=True)
class Panel:
    """A card on the workbench: title, rows of (text, note, url), and where the whole list stands.

    `deeds` are buttons, one for each row: (words, address that is posted to). `link` says what `url` leads to.
    """

    title: str
    rows: tuple[tuple[str, str, str], ...]
    url: str = ""
    icon: str = ""
    count: int | None = None
    empty: str = ""
    link: str = "看全部"
    deeds: tuple[tuple[str, str], ...] = ()

    @property
    def lines(self) -> list[tuple[tuple[str, str, str], tuple[str, str] | None]]:
        """The rows, each with its button where it has one."""
        return [(row, self.deeds[n] if n < len(self.deeds) else None) for n, row in enumerate(self.rows)]


@dataclass(frozen=True)
class Section:
    """A part that one duty gives to a page of another: sentences, then lines under their heads."""

    title: str
    words: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    lines: tuple[tuple[str, ...], ...] = ()
    url: str = ""


Finder = Callable[[Any, str, int], Iterable[Hit]]


@dataclass(frozen=True)
class Duty:
    """One of the seven duties and all that it offers to the doors."""

    key: str
    name: str
    seal: str
    order: int
    menu: tuple[MenuItem, ...] = ()
    abilities: tuple[Ability, ...] = ()
    finders: tuple[Finder, ...] = ()
    panels: tuple[Callable[[Any], Panel | None], ...] = ()
    ledgers: tuple[Any, ...] = ()  # of core.sheets.ledger; the book need not know what one is
    kinds: tuple[Any, ...] = ()  # of core.matters.kinds
    figures: tuple[Any, ...] = ()  # of core.figures
    # Parts for pages of others, by the name of the page: (user, area) → Section.
    sections: Mapping[str, Callable[[Any, Any], Section | None]] = field(default_factory=dict)
    # Buttons on the page of any matter: (matter, user) → (words, address that is posted to).
    deeds: tuple[Callable[[Any, Any], list[tuple[str, str]]], ...] = ()
    hears: Mapping[str, Callable[..., None]] = field(default_factory=dict)


@dataclass(frozen=True)
class Door:
    """A way in: its pages in the menu, and the abilities it asks for."""

    key: str
    name: str
    menu: tuple[MenuItem, ...] = ()
    abilities: tuple[Ability, ...] = ()
    finders: tuple[Finder, ...] = ()
    panels: tuple[Callable[[Any], Panel | None], ...] = ()
    ledgers: tuple[Any, ...] = ()
    figures: tuple[Any, ...] = ()  # those that core declares, told by the door that shows them
    hears: Mapping[str, Callable[..., None]] = field(default_factory=dict)


_duties: dict[str, Duty] = {}
_doors: dict[str, Door] = {}


def register(duty: Duty) -> Duty:
    """Writes a duty into the book; raises ValueError for a second one of the same key."""
    if duty.key in _duties:
        raise ValueError(f"two duties called {duty.key}")
    _duties[duty.key] = duty
    return duty


def register_door(door: Door) -> Door:
    """Writes a door into the book; raises ValueError for a second one of the same key."""
    if door.key in _doors:
        raise ValueError(f"two doors called {door.key}")
    _doors[door.key] = door
    return door


def all_duties() -> list[Duty]:
    """Every duty, in the order of the seven."""
    return sorted(_duties.values(), key=lambda duty: duty.order)


def all_doors() -> list[Door]:
    """Every door, by key."""
    return sorted(_doors.values(), key=lambda door: door.key)


def everybody() -> list[Duty | Door]:
    """Duties, then doors."""
    return [*all_duties(), *all_doors()]


def abilities() -> dict[str, Ability]:
    """Every ability that core, a duty or a door declares."""
    from .of_core import CORE

    return {a.key: a for a in [*CORE, *(a for each in everybody() for a in each.abilities)]}


def menu_for(user: Any) -> list[MenuItem]:
    """The lines of the spine that this user may open."""
    items = [item for each in everybody() for item in each.menu if not item.ability or user.can(item.ability)]
    return sorted(items, key=lambda item: item.order)


def finders() -> list[Finder]:
    """Who answers when something is looked for."""
    return [finder for each in everybody() for finder in each.finders]


def panels_for(user: Any) -> list[Panel]:
    """The cards that duties and doors put on this user's workbench."""
    asked = (panel(user) for each in everybody() for panel in each.panels)
    return [panel for panel in asked if panel is not None]


def sections_for(page: str, user: Any, area: Any = None) -> list[Section]:
    """What duties have to say on a page of another; raises ValueError for a page that takes nothing."""
    if page not in SECTIONS:
        raise ValueError(f"{page} takes no sections")
    asked = (each.sections[page](user, area) for each in all_duties() if page in each.sections)
    return [section for section in asked if section is not None]


def deeds_about(matter: Any, user: Any) -> list[tuple[str, str]]:
    """The buttons that duties put on the page of a matter."""
    return [deed for each in all_duties() for offered in each.deeds for deed in offered(matter, user)]


def tell(happening: str, **facts: Any) -> None:
    """Tells everybody who listens, in the same transaction: duties in the order of the seven, then doors."""
    if happening not in HAPPENINGS:
        raise ValueError(f"nothing called {happening} ever happens")
    for each in everybody():
        if listener := each.hears.get(happening):
            listener(**facts)


def check_book() -> None:
    """Raises ValueError when somebody listens to something that never happens."""
    for each in everybody():
        if unknown := set(each.hears) - set(HAPPENINGS):
            raise ValueError(f"{each.key} listens to {sorted(unknown)}")
    for one in all_duties():
        if strange := set(one.sections) - set(SECTIONS):
            raise ValueError(f"{one.key} gives something to {sorted(strange)}")
