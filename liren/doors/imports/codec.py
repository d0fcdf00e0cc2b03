"""Codec (存取): a person as read, to JSON and back. Only what was said is written, so rows stay small."""

from dataclasses import fields
from typing import Any

from .reading import Contact, Label, ReadPerson, Source

PLAIN = tuple(f.name for f in fields(ReadPerson) if f.name not in {"phones", "labels", "contacts", "sources"})


def to_json(read: ReadPerson) -> dict[str, Any]:
    """What JSON knows of a person read."""
    said: dict[str, Any] = {name: value for name in PLAIN if (value := getattr(read, name))}
    if read.phones:
        said["phones"] = read.phones
    if read.labels:
        said["labels"] = [[each.code, each.name, each.attributes] for each in read.labels]
    if read.contacts:
        said["contacts"] = [[each.role, each.name, each.phones, each.said] for each in read.contacts]
    said["sources"] = [[each.sheet, each.row] for each in read.sources]
    return said


def from_json(said: dict[str, Any]) -> ReadPerson:
    """The person again."""
    rest: dict[str, Any] = {
        "phones": tuple(said.get("phones", ())),
        "labels": tuple(Label(c, n, tuple((k, v) for k, v in a)) for c, n, a in said.get("labels", ())),
        "contacts": tuple(Contact(r, n, tuple(p), s) for r, n, p, s in said.get("contacts", ())),
        "sources": tuple(Source(sheet, row) for sheet, row in said.get("sources", ())),
    }
    return ReadPerson(**{name: said[name] for name in PLAIN if name in said}, **rest)


def place_of(read: ReadPerson) -> str:
    """Where it stands in the file: 1号楼 第7行."""
    return "、".join(f"{each.sheet} 第{each.row}行".strip() for each in read.sources)[:80]
