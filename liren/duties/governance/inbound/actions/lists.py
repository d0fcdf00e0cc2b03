"""Duty lists: an item added, corrected, ended; a whole sheet; the usual list to begin with."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.duty import Refused

from ..lists import usual_items
from ..models import LISTS, DutyItem

ONE = timedelta(days=1)


def _may(community: Any, by: Any) -> None:
    if by is not None and not by.can("inbound.admit", community):
        raise Refused("职责清单要由社区书记来改")


@transaction.atomic
def add_item(community: Area, *, facts: Mapping[str, Any], by: Any) -> DutyItem:
    """Puts one item on a list. Refuses one that stands there already, and one without a ground."""
    _may(community, by)
    item = _put(community, facts)
    record("governance.duty_item_add", target=item, community=community, by=by)
    return item


def _put(community: Area, facts: Mapping[str, Any]) -> DutyItem:
    title, basis = str(facts.get("title", "")).strip(), str(facts.get("basis", "")).strip()
    kind = facts.get("kind", "")
    if kind not in dict(LISTS):
        raise Refused("请选是哪张清单")
    if not title or not basis:
        raise Refused("事项和依据都要写")
    if DutyItem.objects.filter(community=community, kind=kind, title=title, to_on=None).exists():
        raise Refused(f"「{title}」已经在{dict(LISTS)[kind]}里")
    return DutyItem.objects.create(
        community=community, kind=kind, title=title[:80], basis=basis[:200],
        words=str(facts.get("words", "")).strip()[:200], unit=str(facts.get("unit", "")).strip()[:60],
        instead=str(facts.get("instead", "")).strip()[:120], from_on=facts.get("from_on") or timezone.localdate(),
    )  # fmt: skip


@transaction.atomic
def correct_item(item: DutyItem, *, facts: Mapping[str, Any], by: Any) -> DutyItem:
    """Corrects an item: the old one ends where tasks rest on it, so that what was decided stays readable."""
    item = DutyItem.objects.select_for_update(of=("self",)).select_related("community").get(pk=item.pk)
    _may(item.community, by)
    if item.to_on is not None:
        raise Refused("这一条已经停用了")
    if not item.tasks.exists():
        DutyItem.objects.filter(pk=item.pk).delete()
    else:
        _end(item, timezone.localdate())
    new = _put(item.community, facts)
    record("governance.duty_item_correct", target=new, community=item.community, by=by)
    return new


@transaction.atomic
def end_item(item: DutyItem, *, by: Any) -> DutyItem:
    """Takes an item off the list from today on."""
    item = DutyItem.objects.select_for_update(of=("self",)).select_related("community").get(pk=item.pk)
    _may(item.community, by)
    if item.to_on is not None:
        raise Refused("这一条已经停用了")
    _end(item, timezone.localdate())
    record("governance.duty_item_end", target=item, community=item.community, by=by)
    return item


def _end(item: DutyItem, on: date) -> None:
    """Yesterday was its last day; one that began today never held."""
    item.to_on = on - ONE
    item.from_on = min(item.from_on, item.to_on)
    item.save(update_fields=["from_on", "to_on"])


@transaction.atomic
def load_items(community: Area, *, rows: Iterable[Mapping[str, Any]], by: Any) -> tuple[int, int]:
    """Takes a sheet over: how many are new, and how many stood there already and were left as they are."""
    _may(community, by)
    known = set(DutyItem.objects.filter(community=community, to_on=None).values_list("kind", "title"))
    new = same = 0
    for row in rows:
        if (row.get("kind"), str(row.get("title", "")).strip()) in known:
            same += 1
            continue
        item = _put(community, row)
        known.add((item.kind, item.title))
        new += 1
    if new:
        record("governance.duty_items_load", community=community, new=new, same=same, by=by)
    return new, same


@transaction.atomic
def begin_lists(community: Area, *, by: Any) -> int:
    """Puts the usual items on lists that are still empty, to be corrected by what holds locally."""
    _may(community, by)
    if DutyItem.objects.filter(community=community).exists():
        raise Refused("清单里已经有条目了")
    new, _ = load_items(community, rows=usual_items(), by=by)
    return new
