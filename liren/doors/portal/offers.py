"""Offers (能说的事): the kinds that duties open to residents, and each cause of them as a choice of its own."""

from dataclasses import dataclass

from liren.core.areas.models import Area
from liren.core.matters.kinds import Kind, all_kinds
from liren.core.rules.limits import limit


@dataclass(frozen=True)
class Offer:
    """One thing that can be said: ``governance.appeal:leak`` with its words."""

    key: str
    name: str
    kind: Kind
    cause: str = ""


@dataclass(frozen=True)
class Shelf:
    """The offers of one kind: itself alone, or each of its causes."""

    name: str
    hint: str
    icon: str
    offers: tuple[Offer, ...]


def shelves(*, anonymous: bool) -> list[Shelf]:
    """Everything that residents may choose from; without a name only where the kind allows it. A door names no duty:
    what is there depends on which duties are.
    """
    found = []
    for kind in all_kinds():
        shown = kind.portal
        if shown is None or (anonymous and not shown.anonymous):
            continue
        causes = [Offer(f"{kind.key}:{cause}", kind.cause_name(cause), kind, cause) for cause in shown.causes]
        whole = Offer(kind.key, "说不清，直接讲" if causes else shown.name, kind)
        found.append(Shelf(shown.name, shown.hint, shown.icon, (*causes, whole)))
    return found


def offer(key: str, *, anonymous: bool) -> Offer | None:
    """The offer of a key; None for what is not offered."""
    every = (each for shelf in shelves(anonymous=anonymous) for each in shelf.offers)
    return next((each for each in every if each.key == key), None)


def promise(kind: Kind, area: Area) -> str:
    """How soon somebody takes the first step, in words; empty where the kind does not say."""
    clock = kind.flow.start.clock
    key = clock.rule if clock else ""
    return limit(key, area=area).words if key else ""
