"""Merging two records of one person, and taking the merge back exactly."""

import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from liren.core.audit.actions import record
from liren.core.duty import Refused, tell

from ..persons import IdentityPaper, Person, Phone
from ..records import Change, Label, Merge, Relation
from ..residences import Household, Hukou, Residence
from ..words import fill_words
from .closing import close_if_empty
from .registering import exact_day

# Facts that the kept record takes over when it has none of its own.
FILLED = (
    "former_name",
    "sex",
    "birth",
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
# Where somebody stands on the register; goes over as one when only the record that goes away is present.
STANDING = ("house_id", "area_id", "status", "status_on")
MOVING: tuple[type[models.Model], ...] = (IdentityPaper, Phone, Residence, Hukou, Label, Relation, Change)


@transaction.atomic
def merge(kept: Person, gone: Person, *, evidence: str, by: Any) -> Merge:
    """Makes two records one: rows of `gone` go to `kept`, blanks are filled. Refuses records of different communities,
    a record merged already, two different identity numbers, and a death that only one of them knows of.
    """
    if not evidence.strip():
        raise Refused("请写明凭什么认定是同一个人")
    kept, gone = _pair(kept, gone)
    moved: dict[str, Any] = {
        "rows": {},
        "closed": {},
        "households": [],
        "others": [],
        "filled": {},
        "standing": {},
    }
    for model in MOVING:
        _hand_over(model, kept, gone, moved)
    others = Relation.objects.filter(other=gone).exclude(person=kept)
    moved["others"] = list(others.values_list("pk", flat=True))
    Relation.objects.filter(pk__in=moved["others"]).update(other=kept)
    _fill(kept, gone, moved)
    kept.save()
    gone.merged_into = kept
    gone.save(update_fields=["merged_into"])
    merged = Merge.objects.create(
        community_id=kept.community_id,
        kept=kept,
        gone=gone,
        user=by,
        evidence=evidence.strip()[:200],
        moved=moved,
    )
    record("people.merge", target=kept, gone=gone.pk, merge=merged.pk, by=by)
    tell("person.merged", kept=kept, gone=gone)
    return merged


def _pair(kept: Person, gone: Person) -> tuple[Person, Person]:
    if kept.pk == gone.pk:
        raise Refused("这是同一份档案")
    both = {
        p.pk: p for p in Person.objects.select_for_update().filter(pk__in=[kept.pk, gone.pk]).order_by("pk")
    }
    kept, gone = both[kept.pk], both[gone.pk]
    if kept.community_id != gone.community_id:
        raise Refused("两份档案不在一个社区")
    if kept.merged_into_id or gone.merged_into_id:
        raise Refused("其中一份已经并入别的档案")
    numbers = [
        {p.hash for p in each.papers.filter(ended_on=None, kind="resident_id")} for each in (kept, gone)
    ]
    if numbers[0] and numbers[1] and not numbers[0] & numbers[1]:
        raise Refused("两份档案的身份证号不同，不是同一个人；号码有误请先更正")
    if (kept.status == Person.Status.DECEASED) != (gone.status == Person.Status.DECEASED):
        raise Refused("一份登记了死亡，另一份没有。先核对，再给另一份登记死亡")
    return kept, gone


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _fill(kept: Person, gone: Person, moved: dict[str, Any]) -> None:
    for name in FILLED:
        before, after = getattr(kept, name), getattr(gone, name)
        if before in NOTHING and after not in NOTHING:
            moved["filled"][name] = [before, after]
            setattr(kept, name, after)
    kept.birth_on = exact_day(kept.birth)
    homeless = kept.is_present and kept.house_id is None and gone.house_id
    if gone.is_present and (homeless or not kept.is_present):
        for name in STANDING:
            moved["standing"][name] = [_plain(getattr(kept, name)), _plain(getattr(gone, name))]
            setattr(kept, name, getattr(gone, name))
    fill_words(kept)


def _hand_over(model: type[models.Model], kept: Person, gone: Person, moved: dict[str, Any]) -> None:
    rows = model._default_manager.filter(person=gone)
    own = model._default_manager.filter(person=kept)
    stay = _clashing(model, rows, own, kept)
    if model in (Residence, Hukou, Label) and stay:
        # An open row that the kept record has too must not count twice while the two are one.
        moved["closed"][model._meta.model_name] = stay
        rows.filter(pk__in=stay).update(to_on=timezone.localdate())
    if model is Residence:
        left = Household.objects.filter(residences__in=stay, closed_on=None).distinct()
        moved["households"] = [h.pk for h in left if close_if_empty(h, timezone.localdate(), None)]
    going = list(rows.exclude(pk__in=stay).values_list("pk", flat=True))
    moved["rows"][model._meta.model_name] = going
    model._default_manager.filter(pk__in=going).update(person=kept)


def _clashing(model: type[models.Model], rows: Any, own: Any, kept: Person) -> list[int]:
    if model in (Residence, Hukou):
        return (
            list(rows.filter(to_on=None).values_list("pk", flat=True))
            if own.filter(to_on=None).exists()
            else []
        )
    if model is Label:
        codes = own.filter(to_on=None).values_list("code", flat=True)
        return list(rows.filter(to_on=None, code__in=list(codes)).values_list("pk", flat=True))
    if model is Phone:
        known = own.values_list("hash", flat=True)
        return list(rows.filter(hash__in=list(known)).values_list("pk", flat=True))
    if model is Relation:
        # Nobody is a relation of himself, not even while two records are one.
        return list(rows.filter(other=kept).values_list("pk", flat=True))
    return []


@transaction.atomic
def unmerge(merged: Merge, *, by: Any) -> Person:
    """Takes a merge back: every row that went over goes back, every blank that was filled is blank again, unless it
    was corrected since. Refuses a merge taken back already, and one on which a later merge rests.
    """
    merged = Merge.objects.select_for_update().get(pk=merged.pk)
    if merged.undone_at:
        raise Refused("这次合并已经拆回了")
    both = Person.objects.select_for_update().filter(pk__in=[merged.kept_id, merged.gone_id]).in_bulk()
    kept, gone = both[merged.kept_id], both[merged.gone_id]
    later = Merge.objects.filter(kept=kept, undone_at=None, pk__gt=merged.pk)
    if kept.merged_into_id or later.exists():
        raise Refused("后来又合并过一次，请先拆后一次")
    moved = merged.moved
    for model in MOVING:
        key = model._meta.model_name
        model._default_manager.filter(pk__in=moved["rows"][key]).update(person=gone)
        if closed := moved["closed"].get(key):
            model._default_manager.filter(pk__in=closed).update(to_on=None)
    Household.objects.filter(pk__in=moved["households"], close_source=None).update(closed_on=None)
    Relation.objects.filter(pk__in=moved["others"]).update(other=gone)
    for name, (before, after) in moved["filled"].items():
        if getattr(kept, name) == after:
            setattr(kept, name, before)
    kept.birth_on = exact_day(kept.birth)
    _stand_back(kept, gone, moved["standing"])
    fill_words(kept)
    kept.save()
    gone.merged_into = None
    gone.save()
    merged.undone_at = timezone.now()
    merged.save(update_fields=["undone_at"])
    record("people.unmerge", target=kept, back=gone.pk, merge=merged.pk, by=by)
    tell("person.unmerged", kept=kept, back=gone)
    return gone


def _stand_back(kept: Person, gone: Person, standing: dict[str, list[Any]]) -> None:
    """Each of the two stands again where its own open residence says."""
    if standing and all(_plain(getattr(kept, name)) == standing[name][1] for name in STANDING):
        for name in STANDING:
            setattr(kept, name, standing[name][0])
    last = gone.residences.order_by("-to_on", "-pk").first()
    if gone.house_id and last is not None and not gone.residences.open().exists():
        # Moved away on the record that was kept: the residence that came back has ended since.
        died = last.end_reason == Person.Status.DECEASED
        gone.status = Person.Status.DECEASED if died else Person.Status.MOVED_OUT
        gone.house_id, gone.status_on = None, last.to_on
