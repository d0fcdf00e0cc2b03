"""Overlaps (重复要的): which remembered forms ask the same facts, by how much, and whether of the same people."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.urls import reverse

from liren.core.duty import Section
from liren.core.sheets.forms.lexicon import plain

from .models import FormTemplate
from .report import UNKNOWN, UNREAD, Report

# Fewer in common than this, or a smaller share, is no burden worth a word.
FEWEST = 3
SMALLEST = 0.5
MOST_FORMS = 80
MOST_LINES = 30


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two forms and what both want."""

    one: FormTemplate
    other: FormTemplate
    shared: tuple[str, ...]
    of: int
    same_people: bool

    @property
    def share(self) -> int:
        """How much of the shorter one the other asks as well, in hundredths."""
        return round(100 * len(self.shared) / self.of)

    def beside(self, template: FormTemplate) -> FormTemplate:
        """The other of the two."""
        return self.other if template == self.one else self.one


def asked_by(report: Report) -> dict[str, Any]:
    """What a form asks: its columns and blanks by the fact they mean, its figures by what they count."""
    keys: dict[str, str] = {}
    for cell in report.cells:
        # Who fills it and on what day is in every form, and no burden.
        key = cell.asked or (plain(cell.label) if cell.state in (UNKNOWN, UNREAD) else "")
        if key:
            keys.setdefault(key, cell.label.rpartition(" / ")[2].strip()[-30:])
    for figure in report.figures:
        if figure.get("key"):
            keys.setdefault(f"count:{figure['key']}", str(figure["label"])[:40])
    trees = [note.tree for note in report.populations if note.tree is not None]
    return {"keys": keys, "people": [json.dumps(tree, ensure_ascii=False, sort_keys=True) for tree in trees]}


def overlaps(templates: Iterable[FormTemplate]) -> list[Overlap]:
    """The pairs that ask much the same, the likest first."""
    found = []
    for one, other in combinations(list(templates)[:MOST_FORMS], 2):
        mine, theirs = one.asks.get("keys", {}), other.asks.get("keys", {})
        shared = tuple(words for key, words in mine.items() if key in theirs)
        of = min(len(mine), len(theirs))
        if len(shared) < FEWEST or len(shared) < SMALLEST * of:
            continue
        same = bool(set(one.asks.get("people", [])) & set(other.asks.get("people", [])))
        found.append(Overlap(one, other, shared, of, same))
    return sorted(found, key=lambda each: (-each.share, -len(each.shared), each.one.name))


def by_template(found: Iterable[Overlap]) -> Mapping[int, list[Overlap]]:
    """The same by form."""
    sorted_out: dict[int, list[Overlap]] = {}
    for each in found:
        for template in (each.one, each.other):
            sorted_out.setdefault(template.pk, []).append(each)
    return sorted_out


def in_burden(user: Any, area: Any) -> Section | None:
    """What the burden report says of forms that ask for the same again."""
    templates = FormTemplate.objects.visible_to(user).in_use().select_related("community")
    if area is not None:
        templates = templates.filter(community=area)
    groups: dict[int, list[FormTemplate]] = {}
    for template in templates.order_by("pk")[: MOST_FORMS * 4]:
        groups.setdefault(template.community_id, []).append(template)
    found = [each for group in groups.values() for each in overlaps(group)]
    if not found:
        return None
    found.sort(key=lambda each: -each.share)
    first = found[0]
    same = sum(each.same_people for each in found)
    words = [
        f"常交的 {sum(map(len, groups.values()))} 张表里，{len(found)} 对要的内容大半相同，其中 {same} 对报的还是同一批人。"
        f"最像的是《{first.one.name}》和《{first.other.name}》，{first.of} 项里 {len(first.shared)} 项一样。"
        "建议报一次、共享用。"
    ]
    lines = tuple(
        (
            each.one.name,
            each.other.name,
            f"{len(each.shared)} / {each.of} 项，{each.share}%",
            "同一批人" if each.same_people else "",
            "、".join(each.shared[:8]),
        )
        for each in found[:MOST_LINES]
    )
    heads = ("这张表", "和这张", "一样的", "报的人", "哪些一样")
    url = reverse("registry:forms") if user.can("people.export") else ""
    return Section("重复要的表", tuple(words), heads, lines, url)
