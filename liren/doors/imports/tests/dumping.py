"""Dump (导出核对): a reading in the exchange schema by which the tests judge a reading."""

from typing import Any

from liren.core.people import codes

from ..reading.guide import Guide
from ..reading.records import Reading, ReadPerson


def dump(reading: Reading, guide: Guide) -> dict[str, Any]:
    """People and problems of a reading, with names instead of codes."""
    return {
        "roster": reading.file,
        "persons": [_person(person, guide) for person in reading.people],
        "problems": [
            {
                "sheet": problem.sheet,
                "row": problem.row,
                "field": problem.field,
                "reason": problem.reason,
                "message": problem.message,
                "proposal": problem.proposal,
            }
            for problem in reading.problems
        ],
    }


def _person(person: ReadPerson, guide: Guide) -> dict[str, Any]:
    known = guide.book.buildings.get(person.building)
    return {
        "name": person.name,
        "sex": codes.name("sex", person.sex),
        "birth_date": person.birth,
        "id_number": person.id_number,
        "phones": list(person.phones),
        "ethnicity": codes.name("ethnicity", person.ethnicity),
        "education": codes.name("education", person.education),
        "marital_status": codes.name("marital", person.marital),
        "political_status": codes.name("political", person.political),
        "hukou_address": person.hukou_address,
        "residence_type": codes.name("residence_kind", person.residence_kind),
        "building": known.name if known else "",
        "unit": person.unit,
        "room": person.room,
        "relation_to_head": codes.name("relation", person.relation),
        "head_name": person.head_name,
        "labels": [label.name for label in person.labels],
        "move_in_date": person.moved_in,
        "work_unit": person.work_unit,
        "status": codes.name("status", person.status),
        "source": [{"sheet": source.sheet, "row": source.row} for source in person.sources],
    }
