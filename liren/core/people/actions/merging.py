"""Merging two records of one person, and taking the merge back exactly."""

import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from liren.core.audit.actions import record
from liren.core.duty import Refused, tell

from ..persons import IdentityPaper, Person, Phone
from ..records import Change, Label, Merge, Relation
from ..residences import Hukou, Residence
from ..words import fill_words

# Facts that the kept record takes over when it has none of its own.
FILLED = (
    "former_name",
    "sex",
    "birth",
    "birth_on",
    "ethnicity",
    "nationality",
    "education",
    "marital",
    "political",
    "employment",
    "work_unit",
    "kind",
    "remark",
)
NOTHING = {"", None, "0", "unknown"}
MOVING: tuple[type[models.Model], ...] = (IdentityPaper, Phone, Residence, Hukou, Label, Relation, Change)


@transaction.atomic
def merge(kept: Person, gone: Person, *, evidence: str, by: Any) -> Merge:
    """Makes two records one: rows of `gone` go to `kept`, blanks are filled. Refuses records of different communities,
    a record merged already, and two different identity numbers.
    """
    kept, gone = _pair(kept, gone)
    moved: dict[str, Any] = {"rows": {}, "closed": {}, "filled": {}, "house": None}
    for model in MOVING:
        _hand_over(model, kept, gone, moved)
    for name in FILLED:
        before, after = getattr(kept, name), getattr(gone, name)
        if before in NOTHING and after not in NOTHING:
            moved["filled"][name] = [_plain(before), _plain(after)]
            setattr(kept, name, after)
    if kept.house_id is None and kept.is_present and gone.is_present and gone.house_id:
        moved["house"] = [kept.area_id, gone.house_id, gone.area_id]
        kept.house_id, kept.area_id = gone.house_id, gone.area_id
    fill_words(kept)
    kept.save()
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    merged = Merge.objects.create(
        community_id=kept.community_id, kept=kept, gone=gone, user=by, evidence=evidence[:200], moved=moved
    )
    record("people.merge", target=kept, gone=gone.pk, merge=merged.pk, by=by)
    tell("person.merged", kept=kept, gone=gone)
    return merged


def _pair(kept: Person, gone: Person) -> tuple[Person, Person]:
    if kept.pk == gone.pk:
        raise Refused("这是同一份档案")
    both = {p.pk: p for p in Person.objects.select_for_update().filter(pk__in=[kept.pk, gone.pk]).order_by("pk")}
    kept, gone = both[kept.pk], both[gone.pk]
    if kept.community_id != gone.community_id:
        raise Refused("两份档案不在一个社区")
    if kept.merged_into_id or gone.merged_into_id:
        raise Refused("其中一份已经并入别的档案")
    numbers = [{p.hash for p in each.papers.filter(ended_on=None, kind="resident_id")} for each in (kept, gone)]
    if numbers[0] and numbers[1] and not numbers[0] & numbers[1]:
        raise Refused("两份档案的身份证号不同,不是同一个人;号码有误请先更正")
    return kept, gone


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _hand_over(model: type[models.Model], kept: Person, gone: Person, moved: dict[str, Any]) -> None:
    rows = model._default_manager.filter(person=gone)
    own = model._default_manager.filter(person=kept)
    stay = _clashing(model, rows, own)
    if model in (Residence, Hukou, Label) and stay:
        # An open row that the kept record has too must not count twice while the two are one.
        moved["closed"][model._meta.model_name] = stay
        rows.filter(pk__in=stay).update(to_on=timezone.localdate())
    going = list(rows.exclude(pk__in=stay).values_list("pk", flat=True))
    moved["rows"][model._meta.model_name] = going
    model._default_manager.filter(pk__in=going).update(person=kept)


def _clashing(model: type[models.Model], rows: Any, own: Any) -> list[int]:
    if model in (Residence, Hukou):
        return list(rows.filter(to_on=None).values_list("pk", flat=True)) if own.filter(to_on=None).exists() else []
    if model is Label:
        codes = own.filter(to_on=None).values_list("code", flat=True)
        return list(rows.filter(to_on=None, code__in=list(codes)).values_list("pk", flat=True))
    if model is Phone:
        known = own.values_list("hash", flat=True)
        return list(rows.filter(hash__in=list(known)).values_list("pk", flat=True))
    return []


@transaction.atomic
def unmerge(merged: Merge, *, by: Any) -> Person:
    """Takes a merge back: every row that went over goes back, every blank that was filled is blank again, unless it
    was corrected since. Refuses a merge taken back already, and one whose record was itself merged since.
    """
    merged = Merge.objects.select_for_update().select_related("kept", "gone").get(pk=merged.pk)
    if merged.undone_at:
        raise Refused("这次合并已经拆回了")
    kept = Person.objects.select_for_update().get(pk=merged.kept_id)
    gone = Person.objects.select_for_update().get(pk=merged.gone_id)
    if kept.merged_into_id:
        raise Refused("合并后的档案又并入了别的档案,请先拆后一次")
    for model in MOVING:
        key = model._meta.model_name
        model._default_manager.filter(pk__in=merged.moved["rows"][key]).update(person=gone)
        model._default_manager.filter(pk__in=merged.moved["closed"].get(key, [])).update(to_on=None)
    for name, (before, after) in merged.moved["filled"].items():
        if _plain(getattr(kept, name)) == after:
            setattr(kept, name, before)
    if merged.moved["house"] and kept.house_id == merged.moved["house"][1]:
        kept.area_id, kept.house_id = merged.moved["house"][0], None
    fill_words(kept)
    kept.save()
    gone.merged_into = None
    gone.save(update_fields=["merged_into"])
    merged.undone_at = timezone.now()
    merged.save(update_fields=["undone_at"])
    record("people.unmerge", target=kept, back=gone.pk, merge=merged.pk, by=by)
    tell("person.unmerged", kept=kept, back=gone)
    return gone
