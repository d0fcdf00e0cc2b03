"""Entering the people of the file: one call of the action that every roster uses, then who is whose relative."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db import transaction

from liren.core.people import codes
from liren.core.people.actions import Bond, open_source, register_many, relate_many
from liren.core.people.drafts import LabelDraft, PersonDraft, RelationDraft
from liren.core.people.models import Person

from .places import Places
from .reading import LABELS, CommunityFile, Row

KIN = ("spouse", "father", "mother")
# A label's own words for its first day.
STARTS = ("start_date", "join_date", "register_date", "issue_date", "lease_start")
# These say something about another person: they become relations, never attributes.
OF_OTHERS = {"label", "guardian", "guardian_phone", "guardian_id", "guardian_relation", "landlord"}


@transaction.atomic
def load_people(file: CommunityFile, places: Places, *, as_of: datetime.date | None = None, by: Any) -> int:
    """Enters everybody of the file, as the committee knew them on a day. Returns how many."""
    day = as_of or file.as_of
    title = f"{file.community['name']}数据（{day:%Y-%m-%d}）"
    source = open_source(community=places.community, kind="sample", title=title, by=by)
    households = {row["key"]: row for row in file.households}
    owners = {row["key"]: row.get("owner_phone") or "" for row in file.dwellings}
    known = {row["id_number"] for row in file.persons if row.get("id_number")}
    drafts = []
    for row in file.persons:
        household = households[row["household"]]
        others = _others(row, known, owners[household["dwelling"]])
        drafts.append(_draft(row, household, places, tuple(others), day))
    entered = register_many(drafts, community=places.community, source=source, by=by)
    persons = dict(zip((row["key"] for row in file.persons), entered, strict=True))
    relate_many(source, bonds=_bonds(file, persons), by=by)
    return len(entered)


def _draft(
    row: Row, household: Row, places: Places, others: tuple[RelationDraft, ...], day: datetime.date
) -> PersonDraft:
    registered = row["residence_type"] == "户籍人口"
    said = str(row.get("id_number") or "")
    return PersonDraft(
        name=row["name"],
        sex=codes.read("sex", row["sex"]) or "0",
        birth=row["birth_date"] or "",
        nationality=row.get("nationality") or "",
        work_unit=row.get("work_unit") or "",
        kind=codes.read("residence_kind", row["residence_type"]) or "unknown",
        status=codes.read("status", row["status"]) or "living",
        status_on=_date(row.get("status_date")),
        papers=((codes.read("id_kind", row.get("id_type")) or "other", said),) if said else (),
        phones=tuple(row.get("phones") or ()),
        house=places.houses[household["dwelling"]],
        household_key=household["key"],
        household_number=household["number"],
        relation=codes.read("relation", row.get("relation_to_head")) or "",
        tenure=_tenure(row, household, places),
        from_on=_date(row.get("move_in_date")),
        hukou_here=registered if row["residence_type"] != "境外人员" else None,
        hukou_address=row.get("hukou_address") or "",
        labels=tuple(_label(label, household, day) for label in row["labels"]),
        relations=others,
        verified_on=day,
        at=row["key"],
        **_coded(row),
    )


def _coded(row: Row) -> dict[str, Any]:
    fields = {
        "ethnicity": "ethnicity",
        "education": "education",
        "marital": "marital_status",
        "political": "political_status",
        "employment": "employment",
    }
    return {table: codes.read(table, row.get(field)) or "" for table, field in fields.items()}


def _tenure(row: Row, household: Row, places: Places) -> str:
    if any(label["label"] == "租户" for label in row["labels"]):
        return "tenant"
    house = places.houses[household["dwelling"]]
    if house.ownership == "公租房":
        return "public_tenant"
    return "owner" if house.use == "own" else "unknown"


def _label(said: Row, household: Row, day: datetime.date) -> LabelDraft:
    attributes = {key: value for key, value in said.items() if key not in OF_OTHERS and value is not None}
    support = household.get("support") or {}
    if support.get("kind") == said["label"]:
        attributes |= {key: support[key] for key in ("persons", "monthly_amount") if key in support}
    start = next((said[key] for key in STARTS if said.get(key)), None)
    evidence = str(said.get("cert_no") or said.get("number") or "")
    # A label without a beginning holds on the day for which the file is true.
    return LabelDraft(LABELS[said["label"]], attributes, evidence, _date(start) or day)


def _others(row: Row, known: set[str], owner_phone: str) -> Iterator[RelationDraft]:
    """Guardians and landlords who are not on the register."""
    for label in row["labels"]:
        if label.get("landlord"):
            yield RelationDraft("landlord", label["landlord"], owner_phone, "房东")
        if label.get("guardian") and label.get("guardian_id") not in known:
            yield RelationDraft(
                "guardian",
                label["guardian"],
                label.get("guardian_phone") or "",
                label.get("guardian_relation") or "",
            )


def _bonds(file: CommunityFile, persons: dict[str, Person]) -> Iterator[Bond]:
    by_number = {row["id_number"]: persons[row["key"]] for row in file.persons if row.get("id_number")}
    for row in file.persons:
        person = persons[row["key"]]
        for kind in KIN:
            if row.get(kind):
                yield Bond(person, kind, persons[row[kind]])
        for label in row["labels"]:
            if guardian := by_number.get(label.get("guardian_id")):
                yield Bond(person, "guardian", guardian, label.get("guardian_relation") or "")


def _date(text: str | None) -> datetime.date | None:
    """A day; a month counts from its first."""
    if not text:
        return None
    return datetime.date.fromisoformat(text if len(text) == 10 else f"{text}-01")
