"""Codec (存取): a person as read, to JSON and back, by place and not by name, because there are ten thousands of them."""

from dataclasses import fields
from operator import attrgetter
from typing import Any

from .reading import Contact, Label, ReadPerson, Source

# A field that comes later goes to the end of ReadPerson's plain ones: batches that wait have fewer.
PLAIN = tuple(f.name for f in fields(ReadPerson) if f.name not in {"phones", "labels", "contacts", "sources"})
_plain = attrgetter(*PLAIN)


def to_json(read: ReadPerson) -> list[Any]:
    """What JSON knows of a person read: the plain facts, then what there may be several of."""
    return [
        _plain(read),
        read.phones,
        [(each.code, each.name, each.attributes) for each in read.labels],
        [(each.role, each.name, each.phones, each.said) for each in read.contacts],
        [(each.sheet, each.row) for each in read.sources],
    ]


def from_json(said: list[Any]) -> ReadPerson:
    """The person again."""
    plain, phones, labels, contacts, sources = said
    read = ReadPerson(**dict(zip(PLAIN, plain, strict=False)))
    read.phones = tuple(phones)
    read.sources = tuple(Source(sheet, row) for sheet, row in sources)
    if labels:
        read.labels = tuple(Label(c, n, tuple((k, v) for k, v in a)) for c, n, a in labels)
    if contacts:
        read.contacts = tuple(Contact(r, n, tuple(p), s) for r, n, p, s in contacts)
    return read


def place_of(read: ReadPerson) -> str:
    """Where it stands in the file: 1号楼 第7行."""
    if len(read.sources) == 1:
        [only] = read.sources
        return f"{only.sheet} 第{only.row}行".strip()[:80]
    return "、".join(f"{each.sheet} 第{each.row}行".strip() for each in read.sources)[:80]
