"""Correcting what the register says of a person: each fact leaves its before and after."""

import datetime
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.audit.actions import record
from liren.core.duty import Refused
from liren.core.privacy.cipher import blind
from liren.core.privacy.masks import mask_id, mask_phone

from ..pastday import WALKED
from ..persons import IdentityPaper, Person, Phone
from ..records import Change, Source
from ..residences import Hukou
from ..words import fill_words
from .closing import locked, past_day
from .registering import CHUNK, exact_day, paper, phone
from .sources import desk_source

# What correct_person may change; papers, phones, hukou, house and status have actions of their own.
CORRECTABLE = frozenset(WALKED)


@transaction.atomic
def correct_person(
    person: Person, *, facts: Mapping[str, str], source: Source | None = None, by: Any
) -> Person:
    """Corrects plain facts of one person. Refuses unknown facts and an empty name."""
    if unknown := set(facts) - CORRECTABLE:
        raise Refused(f"这些内容不能直接改：{'、'.join(sorted(unknown))}")
    if "name" in facts and not facts["name"].strip():
        raise Refused("姓名不能空着")
    if "birth" in facts and not is_partial_day(facts["birth"]):
        raise Refused("出生日期写成 1962-05-07、1962-05 或 1962，不能是以后的日子")
    person = locked(person)
    source = source or desk_source(person.community, f"更正{person.name}", by)
    changed = correct_many([(person, facts, "")], source=source)
    if changed:
        record("people.correct", target=person, fields=sorted(facts), by=by)
    return person


def is_partial_day(text: str) -> bool:
    """Whether a birth is written as the register keeps it, empty included, and lies in the past."""
    if not text:
        return True
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
        return False
    try:
        datetime.date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return text <= timezone.localdate().isoformat()


@transaction.atomic
def correct_many(rows: Iterable[tuple[Person, Mapping[str, str], str]], *, source: Source) -> int:
    """Corrects plain facts of many persons: (person, facts, place in the source). Returns how many facts changed.

    The caller writes the trace, for the whole of what it did.
    """
    touched: dict[int, Person] = {}
    changes: list[Change] = []
    for person, facts, place in rows:
        for fact, after in facts.items():
            before = getattr(person, fact)
            if before == after:
                continue
            setattr(person, fact, after)
            touched[person.pk] = person
            changes.append(
                Change(
                    community_id=person.community_id,
                    person=person,
                    fact=fact,
                    before=str(before)[:200],
                    after=str(after)[:200],
                    source=source,
                    source_at=place,
                )
            )
        if "birth" in facts:
            person.birth_on = exact_day(person.birth)
        if "name" in facts or "former_name" in facts:
            fill_words(person)
    columns = [*sorted(CORRECTABLE), "birth_on", "pinyin", "initials", "words"]
    Person.objects.bulk_update(touched.values(), columns, batch_size=200)
    Change.objects.bulk_create(changes, batch_size=CHUNK)
    return len(changes)


@transaction.atomic
def replace_paper(
    person: Person, *, kind: str, number: str, source: Source | None = None, by: Any
) -> IdentityPaper:
    """Gives a person a new number; the old one of this kind is closed. Refuses a number that somebody else carries."""
    person = locked(person)
    taken = IdentityPaper.objects.filter(
        community=person.community, hash=blind(number, "paper"), ended_on=None
    ).select_related("person")
    for other in taken:
        if other.person_id == person.pk:
            raise Refused("就是这个号码，没有变")
        raise Refused(f"这个证件号已经登记在{other.person.name}名下，请先核对")
    source = source or desk_source(person.community, f"更正{person.name}的证件", by)
    old = person.papers.filter(kind=kind, ended_on=None)
    before = [mask_id(each.number) for each in old]
    old.update(ended_on=timezone.localdate(), end_source=source)
    new = paper(person, kind, number, community=person.community, source=source)
    new.save()
    _note(person, "paper", "、".join(before), mask_id(number), source)
    record("people.replace_paper", target=person, kind=kind, by=by)
    return new


@transaction.atomic
def replace_phones(
    person: Person, *, numbers: Iterable[str], source: Source | None = None, by: Any
) -> list[Phone]:
    """Sets the telephones of a person: those no longer named are closed, new ones opened, known ones kept."""
    person = locked(person)
    wanted = list(dict.fromkeys(numbers))
    stand = {each.number: each for each in person.phones.filter(ended_on=None)}
    if set(wanted) == set(stand):
        return list(stand.values())
    source = source or desk_source(person.community, f"更正{person.name}的电话", by)
    gone = [each.pk for number, each in stand.items() if number not in wanted]
    fresh = [number for number in wanted if number not in stand]
    new = [phone(person, number, community=person.community, source=source) for number in fresh]
    Phone.objects.filter(pk__in=gone).update(ended_on=timezone.localdate(), end_source=source)
    Phone.objects.bulk_create(new)
    _note(person, "phones", _masked(stand), _masked(wanted), source)
    record("people.replace_phones", target=person, closed=len(gone), opened=len(new), by=by)
    return list(person.phones.filter(ended_on=None))


def _masked(numbers: Iterable[str]) -> str:
    return "、".join(mask_phone(number) for number in numbers)


def _note(person: Person, fact: str, before: str, after: str, source: Source) -> Change:
    return Change.objects.create(
        community_id=person.community_id, person=person, fact=fact, before=before, after=after, source=source
    )


@transaction.atomic
def correct_hukou(
    person: Person,
    *,
    here: bool | None,
    address: str,
    household_number: str = "",
    on: datetime.date | None = None,
    source: Source | None = None,
    by: Any,
) -> Hukou:
    """Closes the registration that stands and opens another, from a day on."""
    person, day = locked(person), past_day(on)
    old = person.hukou.filter(to_on=None).first()
    if old is not None and (old.here, old.address, old.household_number) == (here, address, household_number):
        raise Refused("户籍和登记的一样，没有变")
    if old is not None and old.from_on and old.from_on > day:
        raise Refused(f"现在的户籍从 {old.from_on} 起，新的不能早于这一天")
    source = source or desk_source(person.community, f"更正{person.name}的户籍", by)
    if old is not None:
        old.to_on, old.end_source = day, source
        old.save(update_fields=["to_on", "end_source"])
    new = Hukou.objects.create(
        community_id=person.community_id,
        person=person,
        here=here,
        address=address,
        household_number=household_number,
        from_on=day if old is not None else None,
        source=source,
    )
    _note(person, "hukou", old.address if old else "", address, source)
    record("people.correct_hukou", target=person, by=by)
    return new


@transaction.atomic
def verify_person(person: Person, *, on: datetime.date | None = None, by: Any) -> Person:
    """Notes that somebody looked and what the register says is still true."""
    person, day = locked(person), past_day(on)
    person.verified_on = day
    person.save(update_fields=["verified_on"])
    person.residences.filter(to_on=None).update(verified_on=person.verified_on)
    record("people.verify", target=person, by=by)
    return person
