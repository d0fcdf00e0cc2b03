"""Residents (居民): a household of the demo as drafts, with everything a well-kept roster says of its people."""

import datetime
from dataclasses import dataclass
from random import Random

from django.utils import timezone

from liren.core.people.drafts import PersonDraft
from liren.core.places.models import House

from ..invented import HOME_COUNTY, landline, mobile, resident_id
from .families import Member, family
from .layout import PREFIX
from .names import FOREIGN, given_name, surname
from .standing import put_labels

# Everybody is as old as on this day, on every machine; what is recent is reckoned from today.
ANCHOR = datetime.date(2026, 6, 30)
# Invented counties in real provinces.
ELSEWHERE = (
    ("411597", "河南省信阳市固淮县龙王镇石佛村"),
    ("341297", "安徽省阜阳市颍涡县双桥乡刘寨村"),
    ("320998", "江苏省盐城市射湖县合德镇兴东村"),
    ("361197", "江西省上饶市鄱江县莲湖乡山背村"),
    ("421098", "湖北省荆州市江洪县汊河镇新堤村"),
    ("511397", "四川省南充市嘉仪县河舒镇石梁村"),
    ("330398", "浙江省温州市瓯泰县罗阳镇南院村"),
    ("371797", "山东省菏泽市曹巨县古营集镇李楼村"),
)
UNITS = (
    "海东地铁集团",
    "柳荫路小学",
    "临江区中心医院",
    "海东港务公司",
    "远景保险代理公司",
    "惠民超市",
    "安居物业",
    "海东城市设计院",
)


@dataclass(slots=True)
class Census:
    """The dice and the counter of numbers: each person gets numbers that nobody else has."""

    dice: Random
    community: str
    counter: int = 0
    foreigners: int = 0

    def next(self) -> int:
        """A number for the next person."""
        self.counter += 1
        return self.counter

    def foreigner(self) -> tuple[str, str, str]:
        """Name, sex and nationality of the next one from abroad: no name twice before all were given."""
        self.foreigners += 1
        return FOREIGN[(self.foreigners - 1) % len(FOREIGN)]


def household(census: Census, house: House, *, built_in: int) -> list[PersonDraft]:
    """A household behind a door, head first."""
    dice = census.dice
    members = family(dice)
    head_surname = surname(dice)
    home = dice.choice(ELSEWHERE)
    # Some who own their flat came from elsewhere and kept their hukou there.
    settled_elsewhere = not members[0].tenant and dice.random() < 0.07
    since = _since(dice, members, built_in)
    drafts: list[PersonDraft] = []
    first = census.counter + 1
    for member in members:
        name = head_surname if member.surname == "head" else surname(dice)
        local = member.local and not settled_elsewhere
        drafts.append(_draft(census, member, name, house=house, home=home, local=local, since=since))
    for draft in drafts:
        draft.household_key = house.building.name, house.unit, house.room
        draft.household_number = f"H{first:06d}"
        put_labels(dice, draft)
    _settle_family(drafts)
    return drafts


def _since(dice: Random, members: list[Member], built_in: int) -> datetime.date:
    if members[0].tenant:
        return ANCHOR - datetime.timedelta(days=dice.randint(20, 1300))
    # As grown-ups, and not before the house stood.
    earliest = max(built_in, ANCHOR.year - members[0].age + 22)
    year = dice.randint(min(earliest, ANCHOR.year - 1), ANCHOR.year - 1)
    return datetime.date(year, dice.randint(1, 12), dice.randint(1, 28))


def _draft(
    census: Census,
    member: Member,
    family_name: str,
    *,
    house: House,
    home: tuple[str, str],
    local: bool,
    since: datetime.date,
) -> PersonDraft:
    dice, number = census.dice, census.next()
    born = ANCHOR - datetime.timedelta(days=int(member.age * 365.25) + dice.randint(1, 360))
    male = member.sex == "1"
    draft = PersonDraft(
        name=family_name + given_name(dice, male=male, born=born.year),
        sex=member.sex,
        birth=born.isoformat(),
        ethnicity="01" if dice.random() < 0.965 else dice.choice(("03", "11", "06", "08", "15", "10")),
        nationality="中国",
        house=house,
        relation=member.relation,
        tenure="tenant" if member.tenant else "owner",
        kind="registered" if local else "migrant",
        hukou_here=local,
        hukou_address=f"{PREFIX}{census.community}{house.spelt}"
        if local
        else f"{home[1]}{dice.randint(1, 90)}号",
        from_on=max(since, born),
        papers=(("resident_id", _paper(born, male, number, HOME_COUNTY if local else home[0])),),
        phones=_phones(dice, member.age, number),
        verified_on=_verified(dice),
    )
    _life(dice, draft, member.age)
    if member.foreign:
        _foreigner(draft, number, census.foreigner())
    return draft


def _paper(born: datetime.date, male: bool, number: int, county: str) -> str:
    return resident_id(born, male=male, sequence=number, county=county)


def _phones(dice: Random, age: int, number: int) -> tuple[str, ...]:
    if age < 12:
        return ()
    found = (mobile(number),) if dice.random() < 0.93 else ()
    return (*found, landline(number)) if age > 60 and dice.random() < 0.4 else found


def _verified(dice: Random) -> datetime.date | None:
    """Most were looked at within half a year; some not for long, a few never."""
    today, luck = timezone.localdate(), dice.random()
    if luck < 0.03:
        return None
    days = dice.randint(3, 170) if luck < 0.88 else dice.randint(185, 700)
    return today - datetime.timedelta(days=days)


def _life(dice: Random, draft: PersonDraft, age: int) -> None:
    """School, work, marriage: what fits the age."""
    draft.education = _education(dice, age)
    draft.employment = _employment(dice, draft, age)
    draft.political = _political(dice, age)
    draft.marital = "10" if age < 24 else dice.choices(("20", "10", "40"), (60, 30, 10))[0]
    if draft.employment == "E1":
        draft.work_unit = dice.choice(UNITS)


def _education(dice: Random, age: int) -> str:
    if age < 7:
        return "92"
    if age < 19:
        return ("80", "70", "60")[min(2, (age - 7) // 6)]
    if age > 68:
        return dice.choices(("91", "80", "70", "60", "30"), (6, 40, 34, 15, 5))[0]
    return dice.choices(("70", "60", "40", "30", "20", "14"), (22, 18, 12, 22, 22, 4))[0]


def _employment(dice: Random, draft: PersonDraft, age: int) -> str:
    if age < 7:
        return "E3"
    if age < 20:
        return "31"
    if age >= (60 if draft.sex == "1" else 55):
        return "80"
    return dice.choices(("E1", "51", "54", "70", "E2"), (76, 8, 8, 6, 2))[0]


def _political(dice: Random, age: int) -> str:
    if age < 14:
        return ""
    if age < 28:
        return dice.choices(("03", "13", "01"), (45, 52, 3))[0]
    return dice.choices(("13", "01", "05", "06"), (87, 12, 0.5, 0.5))[0]


def _foreigner(draft: PersonDraft, number: int, known: tuple[str, str, str]) -> None:
    draft.name, draft.sex, draft.nationality = known
    draft.kind, draft.hukou_here, draft.hukou_address, draft.ethnicity = "overseas", None, "", ""
    draft.papers = (("passport", f"X{number:08d}"),)
    draft.political = ""


def _settle_family(drafts: list[PersonDraft]) -> None:
    """Husband and wife are married, those whose husband or wife is not there and who are old are widowed."""
    together = {"02", "10"} <= {draft.relation for draft in drafts}
    for draft in drafts:
        if (together and draft.relation in {"02", "10"}) or draft.relation == "38":
            draft.marital = "20"
        elif draft.relation == "20" and any(other.relation == "38" for other in drafts):
            draft.marital = "20"
        elif draft.relation == "02" and draft.birth < "1952":
            draft.marital = "30"
