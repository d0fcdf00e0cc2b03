"""Codec (存取): a person as read, to one line of text and back, by place and not by name, because they are so many."""

import json
from dataclasses import fields
from operator import attrgetter
from typing import Any

from .reading import Contact, Label, ReadPerson, Source

ORDER = tuple(f.name for f in fields(ReadPerson))
# A field that comes later goes to the end of ReadPerson's plain ones: batches that wait have fewer.
PLAIN = tuple(name for name in ORDER if name not in {"phones", "labels", "contacts", "sources"})
BEFORE_PHONES = ORDER.index("phones")
_plain = attrgetter(*PLAIN)
# What stands between the facts, and between the telephones: signs that no cell of an office holds, and no JSON.
MARK, COMMA = "\x1f", "\x1e"
MARKS = len(PLAIN) + 3
_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def to_text(read: ReadPerson) -> str:
    """The plain facts, the telephones, where it stood; then what few have, as JSON. All as JSON if a cell holds a mark."""
    alone = len(read.sources) == 1
    sheet, row = (read.sources[0].sheet, str(read.sources[0].row)) if alone else ("", "")
    rest = "" if alone and not read.labels and not read.contacts else _compact(_several(read))
    text = MARK.join((*_plain(read), COMMA.join(read.phones), sheet, row, rest))
    return text if text.count(MARK) == MARKS else _compact([_plain(read), read.phones, *_several(read)])


def _several(read: ReadPerson) -> list[Any]:
    return [
        [(each.code, each.name, each.attributes) for each in read.labels],
        [(each.role, each.name, each.phones, each.said) for each in read.contacts],
        [(each.sheet, each.row) for each in read.sources],
    ]


def from_text(text: str) -> ReadPerson:
    """The person again, also from the JSON of batches that were read by an earlier edition of the house."""
    if MARK not in text:
        return _from_json(json.loads(text))
    *plain, phones, sheet, row, rest = text.split(MARK)
    numbers = phones.split(COMMA) if phones else []
    return _person(plain, numbers, *(json.loads(rest) if rest else ((), (), ((sheet, int(row)),))))


def _from_json(said: Any) -> ReadPerson:
    if isinstance(said, dict):
        several = (said.get(name, ()) for name in ("phones", "labels", "contacts", "sources"))
        return _person([said.get(name, "") for name in PLAIN], *several)
    return _person(*said)


def _person(plain: list[str], phones: Any, labels: Any, contacts: Any, sources: Any) -> ReadPerson:
    facts: list[Any] = [*plain, *[""] * (len(PLAIN) - len(plain))]
    facts.insert(BEFORE_PHONES, tuple(phones))
    read = ReadPerson(*facts)
    read.sources = tuple([Source(sheet, row) for sheet, row in sources])
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
