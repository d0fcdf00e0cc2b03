"""What is kept of one hazard: photos, grade and party, dissuasions, how a paper was served."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.audit.actions import record
from liren.core.documents.kinds import PHOTO, Clean
from liren.core.duty import Refused
from liren.core.matters import actions
from liren.core.matters.models import Attachment, Matter, Todo
from liren.core.matters.stepping import put_clock

from ..catalogue import BY_KEY
from ..models import GRADES, RESPONSIBLE, Dissuasion, Hazard, HazardPaper
from ..opening import before_at


@transaction.atomic
def add_photos(
    matter: Matter,
    *,
    photos: Sequence[tuple[str, Clean]],
    role: str,
    caption: str = "",
    once: str = "",
    by: Any,
) -> list[Attachment]:
    """Photos of before or after, cleaned before they come here; the same form sent twice keeps them once. Refuses what
    is no photo.
    """
    if role not in ("before", "after"):
        raise Refused("请选是整改前还是整改后的照片")
    if any(clean.kind.family != PHOTO for _, clean in photos):
        raise Refused("这里只收照片。别的材料请在「添材料」里传")
    return actions.attach_files(
        matter, files=photos, role=role, caption=caption, purpose="隐患照片", keep_time=True, once=once, by=by
    )


@transaction.atomic
def correct_hazard(
    matter: Matter, *, cause: str, grade: str, responsible_kind: str, responsible_name: str, by: Any
) -> Hazard:
    """Corrects what kind it is, how grave, and who is to set it right; what stood there before stays in the story."""
    if grade not in dict(GRADES):
        raise Refused("隐患等级只有一般、较大、重大")
    if cause not in BY_KEY:
        raise Refused("请选是哪一类隐患")
    if responsible_kind and responsible_kind not in dict(RESPONSIBLE):
        raise Refused("责任方里没有这一项")
    matter = actions.correct_matter(matter, cause=cause, danger=matter.danger or grade == "major", by=by)
    hazard = Hazard.objects.select_for_update().get(matter=matter)
    if said := _changes(hazard, grade, responsible_kind, responsible_name.strip()):
        actions.comment(matter, said, by=by)
    hazard.grade, hazard.responsible_kind = grade, responsible_kind
    hazard.responsible_name, hazard.repeat_count = responsible_name.strip()[:60], before_at(matter)
    hazard.save(update_fields=["grade", "responsible_kind", "responsible_name", "repeat_count"])
    if matter.stage == matter.flow.start.key:
        _clock_by_grade(matter)
    record("governance.hazard_correct", target=matter, grade=grade, cause=cause, by=by)
    return hazard


def _clock_by_grade(matter: Matter) -> None:
    """The first step's time follows the grade; one that stands still is left alone."""
    todo = Todo.objects.select_for_update().get(matter=matter, is_main=True, done_at=None)
    if todo.paused_at is None:
        put_clock(todo, matter, matter.at_stage)
        todo.save(update_fields=["due_at", "basis", "confirmed", "rule", "limit", "unit"])


def _changes(hazard: Hazard, grade: str, kind: str, name: str) -> str:
    """What is other than it was, in words."""
    said = []
    if grade != hazard.grade:
        said.append(f"等级由{hazard.get_grade_display()}改为{dict(GRADES)[grade]}")
    if (kind, name) != (hazard.responsible_kind, hazard.responsible_name):
        said.append(f"责任方由「{hazard.responsible_name or '没写'}」改为「{name or '没写'}」")
    return "；".join(said)


@transaction.atomic
def dissuade(matter: Matter, *, whom: str, said: str, result: str, present: str = "", by: Any) -> Dissuasion:
    """Writes down that somebody was talked to: what a committee may do, and what a penalty by others rests on."""
    if not whom.strip():
        raise Refused("请写劝的是谁，例如「302 室住户」")
    if not said.strip():
        raise Refused("请写怎么说的，一句话就行")
    if result not in dict(Dissuasion.RESULTS):
        raise Refused("请选劝阻的结果")
    if not matter.is_open:
        raise Refused(f"{matter.number} 已经办结，不用再劝阻")
    words = dict(Dissuasion.RESULTS)[result]
    actions.comment(matter, f"劝阻{whom.strip()}：{said.strip()}（{words}）", by=by)
    told = Dissuasion.objects.create(
        matter=matter,
        at=timezone.now(),
        by=by,
        whom=whom.strip()[:60],
        present=present.strip()[:100],
        said=said.strip(),
        result=result,
    )
    record("governance.hazard_dissuade", target=matter, result=result, by=by)
    return told


@transaction.atomic
def serve_paper(
    paper: HazardPaper, *, served: str, receiver: str = "", witness: str = "", by: Any
) -> HazardPaper:
    """How a paper reached them (送达回证); refused and posted ones need a witness."""
    paper = HazardPaper.objects.select_for_update().select_related("matter__area").get(pk=paper.pk)
    if served not in dict(HazardPaper.SERVED):
        raise Refused("请选怎么送达的")
    if paper.served:
        raise Refused(f"{paper}已经记过送达：{paper.get_served_display()}")
    if served == "hand" and not receiver.strip():
        raise Refused("请写签收人是谁")
    if served in ("refused", "posted") and not witness.strip():
        raise Refused("拒绝签字和张贴送达，要写一位在场的见证人")
    actions.comment(paper.matter, f"{paper}{dict(HazardPaper.SERVED)[served]}", by=by)
    paper.served, paper.served_at, paper.served_by = served, timezone.now(), by
    paper.receiver, paper.witness = receiver.strip()[:60], witness.strip()[:60]
    paper.save(update_fields=["served", "served_at", "served_by", "receiver", "witness"])
    record("governance.hazard_serve", target=paper.matter, paper=paper.pk, how=served, by=by)
    return paper
