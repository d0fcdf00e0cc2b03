"""Entering persons into the register, one or thirty thousand by the same road."""

import datetime
from collections.abc import Hashable, Iterable, Sequence
from itertools import islice
from operator import attrgetter
from typing import Any

from django.db import transaction

from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.duty import Refused, tell
from liren.core.privacy.cipher import blind, blind_tail, seal

from ..drafts import PLAIN, LabelDraft, PersonDraft, RelationDraft
from ..inserting import Row, count_again, insert_rows, reserve_ids
from ..labelling import LabelKind, label
from ..persons import IdentityPaper, Person, Phone
from ..records import Label, Relation, Source
from ..residences import Household, Hukou, Residence
from ..wordindex import entered_at_once
from ..words import words_of
from .sources import desk_source

CHUNK = 1000
_plain = attrgetter(*PLAIN)
# From so many at once on, the database is told how its tables have grown.
MANY = 500


@transaction.atomic
def register_person(
    draft: PersonDraft, *, community: Area, source: Source | None = None, born: bool = False, by: Any
) -> Person:
    """Enters one person. Refuses an empty name and a number that somebody else carries."""
    if not draft.name.strip():
        raise Refused("请填写姓名")
    refuse_double(community, draft)
    source = source or desk_source(community, f"登记{draft.name}", by)
    [person] = register_many([draft], community=community, source=source, by=by)
    if born:
        tell("person.born", person=person)
    elif person.is_present:
        tell("person.moved_in", person=person, house=person.house)
    return person


def refuse_double(community: Area, draft: PersonDraft) -> None:
    """Refuses a draft with a number that somebody of the community carries."""
    hashes = [blind(number, "paper") for _kind, number in draft.papers]
    holder = IdentityPaper.objects.filter(community=community, hash__in=hashes, ended_on=None)
    if hashes and (paper := holder.select_related("person").first()):
        raise Refused(f"这个证件号已经登记在{paper.person.name}名下，请先核对")


@transaction.atomic
def register_many(drafts: Sequence[PersonDraft], *, community: Area, source: Source, by: Any) -> list[Person]:
    """Enters many persons and gives back their records, in the order of the drafts."""
    ids = register_rows(drafts, community=community, source=source, by=by)
    persons = Person.objects.select_related("house__building", "area", "community").in_bulk(ids)
    return [persons[pk] for pk in ids]


# No savepoint inside a larger work: SQLite keeps a copy of every page touched since one was set, and walks the copies
# at each row, so that thirty thousand rows would cost the square of their number.
@transaction.atomic(savepoint=False)
def register_rows(
    drafts: Sequence[PersonDraft],
    *,
    community: Area,
    source: Source,
    households: dict[Hashable, int] | None = None,
    by: Any,
) -> list[int]:
    """Enters many persons with all that belongs to them, in one statement a table for each thousand; one trace for
    all. Returns their ids in the order of the drafts.

    A caller that comes several times with one roster hands in the same `households`, so that a household whose
    members come in two calls is founded once.
    """
    households = _found_households(drafts, community, source, {} if households is None else households)
    ids: list[int] = []
    rows = iter(drafts)
    while chunk := list(islice(rows, CHUNK)):
        ids += _enter(chunk, households, community, source)
    if len(ids) >= MANY:
        count_again(Person, IdentityPaper, Phone, Household, Residence, Label)
    record("people.register", community=community, source=source.pk, persons=len(ids), by=by)
    return ids


def _found_households(
    drafts: Iterable[PersonDraft], community: Area, source: Source, known: dict[Hashable, int]
) -> dict[Hashable, int]:
    """Founds the households that are not known yet; returns the ids of all, and tells the caller's `known` of the new.

    One of which everybody is gone already is closed at once: it is known, and stands no more.
    """
    last: dict[Hashable, datetime.date] = {}
    lived_in: set[Hashable] = set()
    wanted: dict[Hashable, dict[str, Any]] = {}
    today = source.day
    for draft in drafts:
        key = draft.household_key
        if draft.household is not None or key is None or key in known:
            continue
        if draft.status in Person.PRESENT:
            lived_in.add(key)
        day = draft.status_on or today
        last[key] = max(day, last.get(key, day))
        if key not in wanted:
            wanted[key] = _household(draft, _origin(community, source))
    for key, row in wanted.items():
        row["closed_on"] = None if key in lived_in else last[key]
        row["close_source_id"] = None if key in lived_in else source.pk
    known.update(zip(wanted, insert_rows(Household, list(wanted.values())), strict=True))
    return known


def _household(draft: PersonDraft, origin: Row) -> dict[str, Any]:
    house = draft.house
    return {
        **origin,
        "area_id": house.area_id if house else origin["community_id"],
        "house_id": house.pk if house else None,
        "number": draft.household_number,
        "opened_on": draft.from_on,
    }


def _enter(
    drafts: list[PersonDraft], households: dict[Hashable, int], community: Area, source: Source
) -> list[int]:
    origin = {"community_id": community.pk, "source_id": source.pk}
    ids = reserve_ids(Person, len(drafts))
    with entered_at_once(ids[0], ids[-1]):
        insert_rows(Person, [_person(draft, origin) for draft in drafts], ids)
    pairs = list(zip(ids, drafts, strict=True))
    insert_rows(
        IdentityPaper, [paper_row(pk, kind, number, origin) for pk, d in pairs for kind, number in d.papers]
    )
    insert_rows(Phone, [phone_row(pk, number, origin) for pk, d in pairs for number in d.phones])
    stays = (_residence(pk, d, households, source, origin) for pk, d in pairs)
    insert_rows(Residence, [row for row in stays if row])
    insert_rows(Hukou, [row for pk, d in pairs if (row := _hukou(pk, d, origin))])
    insert_rows(
        Label, [_label_row(pk, x, source, origin, d.verified_on) for pk, d in pairs for x in d.labels]
    )
    insert_rows(Relation, [_relation(pk, each, origin) for pk, d in pairs for each in d.relations])
    return ids


def _person(draft: PersonDraft, origin: Row) -> Row:
    house = draft.house
    return {
        **origin,
        **dict(zip(PLAIN, _plain(draft), strict=True)),
        **words_of(draft.name, draft.former_name),
        "area_id": house.area_id if house else origin["community_id"],
        "house_id": house.pk if house and draft.status in Person.PRESENT else None,
        "source_at": draft.at,
        "birth_on": exact_day(draft.birth),
    }


def exact_day(birth: str) -> datetime.date | None:
    """The day of a birth that is known to the day."""
    return datetime.date.fromisoformat(birth) if len(birth) == 10 else None


def paper_row(person: int, kind: str, number: str, origin: Row) -> Row:
    """An identity paper as a row."""
    return {
        **origin,
        "person_id": person,
        "kind": kind,
        "sealed": seal(number),
        "hash": blind(number, "paper"),
        "tail": blind_tail(number, "paper"),
    }


def phone_row(person: int, number: str, origin: Row) -> Row:
    """A telephone number as a row."""
    return {
        **origin,
        "person_id": person,
        "sealed": seal(number),
        "hash": blind(number, "phone"),
        "tail": blind_tail(number, "phone"),
    }


def paper(person: Person, kind: str, number: str, *, community: Area, source: Source) -> IdentityPaper:
    """An identity paper, not yet saved."""
    return IdentityPaper(**paper_row(person.pk, kind, number, _origin(community, source)))


def phone(person: Person, number: str, *, community: Area, source: Source) -> Phone:
    """A telephone number, not yet saved."""
    return Phone(**phone_row(person.pk, number, _origin(community, source)))


def label_row(person: Person, draft: LabelDraft, *, community: Area, source: Source) -> Label:
    """A label, not yet saved; tier, line and review day come from the catalogue."""
    return Label(**_label_row(person.pk, draft, source, _origin(community, source)))


def _origin(community: Area, source: Source) -> dict[str, int]:
    return {"community_id": community.pk, "source_id": source.pk}


def _residence(
    person: int, draft: PersonDraft, households: dict[Hashable, int], source: Source, origin: Row
) -> Row | None:
    household = draft.household.pk if draft.household else households.get(draft.household_key)
    if draft.house is None and household is None:
        return None
    gone = draft.status not in Person.PRESENT
    return {
        **origin,
        "person_id": person,
        "house_id": draft.house.pk if draft.house else None,
        "household_id": household,
        "relation": draft.relation,
        "tenure": draft.tenure,
        "from_on": draft.from_on,
        "from_said": draft.from_said,
        # Someone who is gone already has lived here until a day that the roster may not name.
        "to_on": (draft.status_on or source.day) if gone else None,
        "end_reason": draft.status if gone else "",
        "end_source_id": source.pk if gone else None,
        "verified_on": draft.verified_on,
    }


def _hukou(person: int, draft: PersonDraft, origin: Row) -> Row | None:
    if draft.hukou_here is None and not draft.hukou_address:
        return None
    return {
        **origin,
        "person_id": person,
        "here": draft.hukou_here,
        "address": draft.hukou_address,
        "household_number": draft.household_number,
    }


def _label_row(
    person: int, draft: LabelDraft, source: Source, origin: Row, seen: datetime.date | None = None
) -> Row:
    known = label(draft.code)
    start = draft.from_on or source.day
    # A label that began long ago was looked at when it was written down, or when its person was.
    looked = max(start, source.day, seen or start)
    return {
        **origin,
        "person_id": person,
        "code": draft.code,
        "tier": known.tier,
        "line": known.line,
        "attributes": draft.attributes,
        "evidence": draft.evidence or source.title[:120],
        "from_on": start,
        "review_on": next_review(known, looked),
    }


def next_review(known: LabelKind, looked: datetime.date) -> datetime.date | None:
    """When somebody has to look at the evidence again; None for labels that need no review."""
    return looked + datetime.timedelta(days=30 * known.review_months) if known.review_months else None


def _relation(person: int, draft: RelationDraft, origin: Row) -> Row:
    return {
        **origin,
        "person_id": person,
        "kind": draft.kind,
        "other_name": draft.name,
        "other_phone_sealed": seal(draft.phone) if draft.phone else None,
        "said": draft.said,
    }
