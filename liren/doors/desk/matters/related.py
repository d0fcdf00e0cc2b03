"""Related (关联事项): what a matter came from, led to, swallowed or has to do with, and what lies at the same place."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from liren.core.matters.models import Matter, MatterLink

FEW = 8
# What a line of the page shows.
SHOWN = ("kind", "flow_version", "stage", "number", "title", "outcome")


@dataclass(frozen=True)
class Related:
    """Another matter and what it has to do with this one."""

    matter: Matter
    why: str


def related_to(matter: Matter, user: Any) -> list[Related]:
    """As far as this user may know of them, each once."""
    seen, found = {matter.pk}, []
    for why, rows in _ways(matter, user):
        for other in rows:
            if other.pk not in seen:
                seen.add(other.pk)
                found.append(Related(other, why))
    return found


def _ways(matter: Matter, user: Any) -> Any:
    known = Matter.objects.visible_to(user).only(*SHOWN)
    if matter.merged_into_id:
        yield "并入的事项", known.filter(pk=matter.merged_into_id)
    if matter.parent_id:
        yield "由它而来", known.filter(pk=matter.parent_id)
    yield "后续", known.filter(parent=matter)[:FEW]
    yield "已并进来", known.filter(merged_into=matter)[:FEW]
    links = MatterLink.objects.visible_to(user).filter(Q(matter=matter) | Q(other=matter))
    linked = {link.matter_id if link.other_id == matter.pk else link.other_id: link.why for link in links}
    for other in known.filter(pk__in=linked):
        yield linked[other.pk] or "有关联", [other]
    if matter.house_id:
        yield "同一户", known.filter(house_id=matter.house_id)[:FEW]
    elif matter.building_id:
        same = known.filter(building_id=matter.building_id, kind=matter.kind)
        yield "同楼同类", same[:FEW]
