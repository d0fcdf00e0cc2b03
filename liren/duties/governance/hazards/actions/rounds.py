"""Rounds: begun at a building or in a grid, a word at each point, ended with a line in the work log."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.documents.kinds import Clean
from liren.core.duty import Refused
from liren.core.logbook.actions import write_record
from liren.core.matters.actions import open_matter
from liren.core.matters.models import Matter
from liren.core.places.models import Building

from ..models import CheckPoint, Round, RoundMark
from ..walking import points_of
from .keeping import add_photos
from .points import lay_out_points


@transaction.atomic
def begin_round(area: Area, *, building: Building | None = None, by: Any) -> Round:
    """Begins a round of a building, or of the points outside in a grid; one that is under way goes on."""
    area = building.area if building else area
    community = area.community()
    if community is None or not by.can("matters.open", area):
        raise Refused(f"您的岗位不能在{area.name}巡查")
    known = Round.objects.open().filter(by=by, area=area, building=building).first()
    if known is not None:
        return known
    if building is not None:
        lay_out_points(building, by=by)
    begun = Round(community=community, area=area, building=building, begun_at=timezone.now(), by=by)
    if not points_of(begun).exists():
        raise Refused(f"{begun.name}还没有检查点，先加几处再来")
    begun.save(force_insert=True)
    record("governance.round_begin", target=begun, by=by)
    return begun


@transaction.atomic
def mark_well(patrol: Round, *, point: CheckPoint, by: Any) -> RoundMark:
    """没问题: that is a result too."""
    patrol = _held(patrol, by)
    _refuse_stranger(patrol, point)
    mark, _ = RoundMark.objects.get_or_create(round=patrol, point=point, defaults={"at": timezone.now()})
    if mark.matter_id:
        raise Refused(f"{point}已经登记了隐患 {mark.matter}")
    record("governance.round_mark", target=patrol, point=point.pk, by=by)
    return mark


@transaction.atomic
def mark_rest_well(patrol: Round, *, by: Any) -> list[RoundMark]:
    """其余都没问题: every point that was not spoken of yet."""
    patrol = _held(patrol, by)
    left = points_of(patrol).exclude(pk__in=patrol.marks.values("point_id"))
    return [mark_well(patrol, point=point, by=by) for point in left]


@transaction.atomic
def take_back_mark(patrol: Round, *, point: CheckPoint, by: Any) -> Round:
    """A slip of the finger: the point is open again. What was opened as a hazard goes its own way."""
    patrol = _held(patrol, by)
    if patrol.marks.filter(point=point).exclude(matter=None).exists():
        raise Refused("这里已经登记了隐患，要改请到隐患里去改")
    patrol.marks.filter(point=point).delete()
    record("governance.round_unmark", target=patrol, point=point.pk, by=by)
    return patrol


@transaction.atomic
def mark_hazard(
    patrol: Round,
    *,
    point: CheckPoint,
    photos: Sequence[tuple[str, Clean]],
    title: str = "",
    grade: str = "minor",
    once: str = "",
    by: Any,
) -> Matter:
    """有隐患: opens it at this point, with a photo of how it was found; its finder is who goes round."""
    patrol = _held(patrol, by)
    _refuse_stranger(patrol, point)
    known = patrol.marks.filter(point=point).exclude(matter=None).select_related("matter").first()
    if known is not None and known.matter is not None:
        return known.matter
    if not photos:
        raise Refused("请拍一张照片，整改通知和复查都要用")
    matter = open_matter(
        "governance.hazard", community=patrol.community, area=patrol.area, building=point.building, place=point.place,
        title=title.strip() or _called(point), source="patrol",
        cause=point.look_for, holder=by, details={"grade": grade}, once=once, by=by,
    )  # fmt: skip
    add_photos(matter, photos=photos, role="before", by=by)
    RoundMark.objects.update_or_create(
        round=patrol, point=point, defaults={"matter": matter, "at": timezone.now()}
    )
    record("governance.round_mark", target=patrol, point=point.pk, by=by)
    return matter


@transaction.atomic
def finish_round(patrol: Round, *, note: str = "", by: Any) -> Round:
    """Ends the round, and writes it into the work log once for every ledger that asks for it."""
    patrol = _held(patrol, by)
    marks = list(patrol.marks.select_related("matter"))
    if not marks:
        raise Refused("还一处都没看。不巡了，就先放着")
    patrol.finished_at, patrol.note = timezone.now(), note.strip()[:200]
    patrol.save(update_fields=["finished_at", "note"])
    hazards = [mark.matter for mark in marks if mark.matter]
    said = f"巡查{patrol.name}，看了 {len(marks)} 处，没问题 {len(marks) - len(hazards)} 处"
    if hazards:
        said += f"，发现隐患 {len(hazards)} 处（{'、'.join(each.number for each in hazards)}）"
    if by.can("logbook.write", patrol.area):
        place = "" if patrol.building else patrol.area.name
        write_record(
            text="。".join(part for part in (said, patrol.note) if part), kinds=["patrol"], building=patrol.building,
            area=patrol.area, place=place, once=f"round-{patrol.pk}", by=by,
        )  # fmt: skip
    record("governance.round_finish", target=patrol, points=len(marks), hazards=len(hazards), by=by)
    return patrol


def _held(patrol: Round, by: Any) -> Round:
    """The round, locked; only who goes it writes in it, and only until it ends."""
    patrol = (
        Round.objects.select_for_update(of=("self",)).select_related("area", "community").get(pk=patrol.pk)
    )
    if patrol.by_id != by.pk:
        raise Refused("别人的巡查，只有本人能记")
    if patrol.finished_at is not None:
        raise Refused("这次巡查已经结束了")
    return patrol


def _called(point: CheckPoint) -> str:
    """``消防通道隐患``, ``东门：消防通道隐患``."""
    kind = point.get_look_for_display()
    return f"{point.place}隐患" if kind in point.place else f"{point.place}：{kind}隐患"


def _refuse_stranger(patrol: Round, point: CheckPoint) -> None:
    if not points_of(patrol).filter(pk=point.pk).exists():
        raise Refused("这个检查点不在这次巡查里")
