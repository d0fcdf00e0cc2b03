"""The book of ledgers (台账目录): every ledger that a duty or a door offers, by key and by who offers it."""

from typing import Any

from liren.core import duty

from .ledger import Ledger


def shelves() -> list[tuple[str, str, list[Ledger]]]:
    """Name and seal of each duty or door that offers ledgers, with these, in the order of the seven; doors first."""
    everybody: list[Any] = [*duty.all_doors(), *duty.all_duties()]
    offering = [each for each in everybody if each.ledgers]
    return [(each.name, getattr(each, "seal", ""), list(each.ledgers)) for each in offering]


def all_ledgers() -> dict[str, Ledger]:
    """Every ledger by its key; ValueError when two have the same."""
    found: dict[str, Ledger] = {}
    for _, _, ledgers in shelves():
        for each in ledgers:
            if found.setdefault(each.key, each) is not each:
                raise ValueError(f"two ledgers called {each.key}")
    return found


def shelves_for(user: Any) -> list[tuple[str, str, list[Ledger]]]:
    """The shelves with the ledgers that this user may open; empty shelves are left out."""
    seen = [
        (name, seal, [one for one in ledgers if user.can(one.ability)]) for name, seal, ledgers in shelves()
    ]
    return [shelf for shelf in seen if shelf[2]]
