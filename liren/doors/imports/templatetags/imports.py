"""Words of the import pages."""

from django import template

from liren.core.people import codes

from ..actions.deciding import MENDERS
from ..codec import from_text
from ..models import ImportRow
from ..reading.vocabulary import roster_vocabulary
from ..reasons import REASONS

register = template.Library()
OTHERS = {"guardian": "监护人", "landlord": "房东", "contact": "联系人", "head": "户主", "other": "别人"}
MENDABLE = {
    "id_conflict",
    "name_missing",
    "id_checksum",
    "id_length",
    "id_precision_lost",
    "id_masked",
    "id_birth_mismatch",
    "id_sex_mismatch",
    "address_unknown",
    "address_suspect_date",
    "phone_invalid",
    "birth_invalid",
    "birth_ambiguous",
}


@register.filter
def offer_name(key: str) -> str:
    """What a column means, in words: 联系电话, 房东:姓名."""
    offers = roster_vocabulary().offers
    role, dot, own = key.rpartition(".")
    name = offers[own].name if own in offers else OTHERS.get(own, own)
    return f"{OTHERS.get(role, '别人')}：{name}" if dot else name


@register.filter
def reason_name(key: str) -> str:
    """A reason in words."""
    return REASONS.get(key, key)


@register.filter
def can_mend(key: str) -> bool:
    """Whether a right value can be typed in place."""
    return key in MENDABLE and bool(MENDERS)


@register.filter
def only_one(proposal: str) -> str:
    """A proposed mend that can stand in the field as it is; several are for reading."""
    return "" if "或" in proposal else proposal


@register.simple_tag
def facts_in_short(row: ImportRow) -> str:
    """What the roster says of somebody, in one line: 女 · 1946-03 · 3号楼-2-501."""
    read = from_text(row.said)
    place = "-".join(part for part in (read.building, read.unit, read.room) if part)
    return " · ".join(part for part in (codes.name("sex", read.sex), read.birth, place) if part)
