"""Former residents (曾经的居民): tenants who have left, people who have died, those registered here and gone away."""

import datetime
from random import Random

from liren.core.people.drafts import PersonDraft

from ..invented import mobile, resident_id
from .names import given_name, surname
from .residents import ANCHOR, ELSEWHERE, Census


def former_residents(census: Census, drafts: list[PersonDraft]) -> list[PersonDraft]:
    """People of the past behind today's doors; and among today's some who are registered but away."""
    dice = census.dice
    gone: list[PersonDraft] = []
    for draft in drafts:
        if draft.relation != "02":
            _go_away(dice, draft)
        elif draft.tenure == "tenant" and dice.random() < 0.55:
            gone.append(_tenant_before(census, draft))
        elif draft.marital == "30" and dice.random() < 0.6:
            gone.append(_late_spouse(census, draft))
    return gone


def _go_away(dice: Random, draft: PersonDraft) -> None:
    """Grown children who study or work elsewhere and stay registered."""
    if (
        draft.kind == "registered"
        and draft.relation in {"20", "30"}
        and draft.birth < "2008"
        and dice.random() < 0.2
    ):
        draft.status = "away"


def _tenant_before(census: Census, now: PersonDraft) -> PersonDraft:
    dice, number = census.dice, census.next()
    born = ANCHOR - datetime.timedelta(days=dice.randint(21 * 365, 45 * 365))
    left = (now.from_on or ANCHOR) - datetime.timedelta(days=dice.randint(1, 40))
    male = dice.random() < 0.5
    county, home = dice.choice(ELSEWHERE)
    return PersonDraft(
        name=surname(dice) + given_name(dice, male=male, born=born.year),
        sex="1" if male else "2",
        birth=born.isoformat(),
        kind="migrant",
        status="moved_out",
        status_on=left,
        house=now.house,
        household_key=("before", now.household_key),
        relation="02",
        tenure="tenant",
        from_on=left - datetime.timedelta(days=dice.randint(90, 900)),
        hukou_here=False,
        hukou_address=home,
        papers=(("resident_id", resident_id(born, male=male, sequence=number, county=county)),),
        phones=(mobile(number),),
    )


def _late_spouse(census: Census, widow: PersonDraft) -> PersonDraft:
    dice, number = census.dice, census.next()
    male = widow.sex == "2"
    # Where only the year is known, the middle of it.
    near = datetime.date.fromisoformat(f"{widow.birth}-06-15"[:10])
    born = near - datetime.timedelta(days=dice.randint(-900, 2200))
    return PersonDraft(
        name=surname(dice) + given_name(dice, male=male, born=born.year),
        sex="1" if male else "2",
        birth=born.isoformat(),
        kind="registered",
        status="deceased",
        status_on=ANCHOR - datetime.timedelta(days=dice.randint(10, 1900)),
        house=widow.house,
        household_key=widow.household_key,
        relation="10",
        tenure=widow.tenure,
        from_on=widow.from_on,
        hukou_here=True,
        hukou_address=widow.hukou_address,
        papers=(("resident_id", resident_id(born, male=male, sequence=number)),),
    )
