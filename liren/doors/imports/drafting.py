"""Drafting (成稿): a person as read becomes a PersonDraft that the register's own actions take."""

import datetime

from liren.core.people.drafts import LabelDraft, PersonDraft, RelationDraft
from liren.core.people.labelling import label
from liren.core.people.models import Person, Relation, Residence
from liren.core.privacy.tiers import Tier

from .doors_map import HouseAt
from .reading import ReadPerson

ROLES = {
    "guardian": Relation.Kind.GUARDIAN,
    "landlord": Relation.Kind.LANDLORD,
    "contact": Relation.Kind.CONTACT,
}
TENURES = frozenset(Residence.Tenure.values)
# As plain texts: a member of a list of choices is slower to write than a text, ten thousand times.
UNKNOWN_KIND, LIVING = str(Person.Kind.UNKNOWN), str(Person.Status.LIVING)
UNKNOWN_TENURE, RENTED = str(Residence.Tenure.UNKNOWN), str(Residence.Tenure.TENANT)
HUKOU_HERE = {"registered": True, "migrant": False, "overseas": False}
HEADS = {"01": "02"}  # 本人 in the column 与户主关系 is the head


def draft_of(read: ReadPerson, *, house: HouseAt | None, place: str) -> PersonDraft:
    """Everything the roster says, in the register's words; what it does not say stays empty."""
    kind = read.residence_kind or UNKNOWN_KIND
    return PersonDraft(
        name=read.name,
        sex=read.sex or "0",
        birth=read.birth,
        ethnicity=read.ethnicity,
        nationality=read.nationality,
        education=read.education,
        marital=read.marital,
        political=read.political,
        employment=read.employment,
        work_unit=read.work_unit[:120],
        kind=kind,
        status=read.status or LIVING,
        remark=read.remark[:200],
        papers=((read.id_kind or "resident_id", read.id_number),) if read.id_number else (),
        phones=tuple(dict.fromkeys(read.phones)),
        house=house,
        household_key=(house.pk, read.household or read.head_name) if house else None,
        relation=HEADS.get(read.relation, read.relation),
        tenure=_tenure(read),
        from_on=_day(read.moved_in),
        from_said=read.moved_in[:10],
        hukou_here=HUKOU_HERE.get(kind),
        hukou_address=read.hukou_address[:160],
        labels=labels_of(read) if read.labels else (),
        relations=_relations(read) if read.contacts else (),
        at=place,
    )


def _relations(read: ReadPerson) -> tuple[RelationDraft, ...]:
    return tuple(
        RelationDraft(ROLES[each.role], each.name[:60], each.phones[0] if each.phones else "", each.said[:30])
        for each in read.contacts
        if each.name and each.role in ROLES
    )


def labels_of(read: ReadPerson) -> tuple[LabelDraft, ...]:
    """The labels a roster may put on: not those the register computes, and none of tier T3, which only named persons
    may register one by one.
    """
    wanted = {each.code: LabelDraft(each.code, dict(each.attributes)) for each in read.labels}
    return tuple(
        draft for code, draft in wanted.items() if not label(code).derived and label(code).tier < Tier.T3
    )


def _tenure(read: ReadPerson) -> str:
    if read.tenure in TENURES:
        return read.tenure
    renting = any(each.code == "tenant" for each in read.labels) or any(
        c.role == "landlord" for c in read.contacts
    )
    return RENTED if renting else UNKNOWN_TENURE


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if len(text) == 10 else None
