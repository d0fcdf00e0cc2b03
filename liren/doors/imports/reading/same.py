"""Same person (同一人) within one roster: merge what is surely one, report what is not, keep namesakes apart."""

from collections.abc import Iterable, Set
from dataclasses import dataclass, fields
from typing import Any

from liren.core.people.naming import name_key

from .records import Problem, ReadPerson, Source
from .telling import tell

SINGLE = tuple(
    field.name
    for field in fields(ReadPerson)
    if field.name not in ("phones", "labels", "contacts", "sources")
)
WORD_LENGTH_OF_BIRTH = 10


@dataclass(slots=True)
class Outcome:
    """The people that remain, and what is to be told."""

    people: list[ReadPerson]
    problems: list[Problem]


def settle_doubles(
    people: list[ReadPerson], said_ids: list[str], from_cards: Set[int] = frozenset()
) -> Outcome:
    """`said_ids` are the numbers as written, in step with `people`; the head of a household's card is also in the
    list of members on it, which is no double worth telling (`from_cards` holds their ids as objects).
    """
    problems = _Told(from_cards)
    gone = _by_number(people, problems)
    _by_name(people, said_ids, gone, problems)
    return Outcome([person for place, person in enumerate(people) if place not in gone], problems)


class _Told(list[Problem]):
    """The problems told, and which people come from cards."""

    def __init__(self, from_cards: Set[int]) -> None:
        super().__init__()
        self.from_cards = from_cards


def _by_number(people: list[ReadPerson], problems: _Told) -> set[int]:
    gone: set[int] = set()
    first: dict[str, int] = {}
    for place, person in enumerate(people):
        number = person.id_number
        if not number:
            continue
        known = first.setdefault(number, place)
        if known == place:
            continue
        other = people[known]
        if person.name == other.name or name_key(person.name) == name_key(other.name):
            _merge(other, person, problems)
        else:
            problems.append(
                _problem(
                    person, "id_number", "id_conflict", row=_row(other, person), other=other.name, said=number
                )
            )
        gone.add(place)
    return gone


def _by_name(people: list[ReadPerson], said_ids: list[str], gone: set[int], problems: _Told) -> None:
    groups: dict[str, list[int]] = {}
    for place, person in enumerate(people):
        if place not in gone:
            groups.setdefault(person.name, []).append(place)
    for places in groups.values():
        if len(places) > 1 and any(not people[place].id_number for place in places):
            _in_group(people, said_ids, places, gone, problems)


def _in_group(
    people: list[ReadPerson], said_ids: list[str], places: list[int], gone: set[int], problems: _Told
) -> None:
    for index, place in enumerate(places):
        for earlier in places[:index]:
            if earlier in gone or place in gone:
                continue
            verdict = _compare(people[earlier], people[place], said_ids[earlier], said_ids[place])
            if verdict == "same":
                _merge(people[earlier], people[place], problems)
                gone.add(place)
            elif verdict == "maybe":
                problems.append(
                    _problem(
                        people[place], "name", "duplicate_person", sentence="maybe_duplicate",
                        row=_row(people[earlier], people[place]), said=people[place].name,
                    )
                )  # fmt: skip


def _compare(one: ReadPerson, two: ReadPerson, said_one: str, said_two: str) -> str:
    """same, maybe or different, for two people of one name."""
    if one.id_number and two.id_number:
        return "different"
    if said_one and said_one == said_two:
        return "same"
    born = _agree(one.birth, two.birth)
    if born is False or (one.sex and two.sex and one.sex != two.sex):
        return "different"
    if one.id_number and said_two and not _one_slip(one.id_number, said_two):
        return "different"
    if two.id_number and said_one and not _one_slip(two.id_number, said_one):
        return "different"
    house = bool(one.building and one.room) and (one.building, one.unit, one.room) == (
        two.building,
        two.unit,
        two.room,
    )
    phone = not set(one.phones).isdisjoint(two.phones)
    exact = born and len(one.birth) == len(two.birth) == WORD_LENGTH_OF_BIRTH
    if (exact and (house or phone)) or (house and phone):
        return "same"
    return "maybe" if house or (born and phone) else "different"


def _agree(one: str, two: str) -> bool | None:
    if not one or not two:
        return None
    return one.startswith(two) or two.startswith(one)


def _one_slip(number: str, said: str) -> bool:
    """Could the written number be this one, cut, masked or with a digit or two wrong?"""
    if said.startswith(number[:12]) or number[6:14] in said:
        return True
    return sum(a != b for a, b in zip(number, said, strict=False)) + abs(len(number) - len(said)) <= 2


def _merge(into: ReadPerson, other: ReadPerson, problems: _Told) -> None:
    one_card = into.sources[0].sheet == other.sources[0].sheet and {id(into), id(other)} & problems.from_cards
    if not one_card:
        problems.append(_problem(other, "name", "duplicate_person", row=_row(into, other), said=other.name))
    for name in SINGLE:
        ours, theirs = getattr(into, name), getattr(other, name)
        if theirs and (not ours or (name == "birth" and theirs.startswith(ours))):
            setattr(into, name, theirs)
    into.phones = _joined(into.phones, other.phones)
    into.labels = tuple({label.code: label for label in (*other.labels, *into.labels)}.values())
    into.contacts = _joined(into.contacts, other.contacts)
    into.sources = _joined(into.sources, other.sources)


def _joined(one: Iterable[Any], two: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(dict.fromkeys((*one, *two)))


def _row(other: ReadPerson, person: ReadPerson) -> str:
    there, here = other.sources[0], person.sources[0]
    return str(there.row) if there.sheet == here.sheet else f"{there.row}（工作表“{there.sheet}”）"


def _problem(
    person: ReadPerson, field: str, reason: str, *, sentence: str = "", said: str = "", **facts: str
) -> Problem:
    source: Source = person.sources[0]
    message = tell(sentence or reason, said=said, **facts)
    return Problem(source.sheet, source.row, field, reason, message, said=said)
