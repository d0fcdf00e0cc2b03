"""Writing down what was said and done around a matter, and telling those whom it concerns."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core import duty
from liren.core.duty import Refused

from ..filing import Files, kept, put_to
from ..informing import told_holder
from ..models import Entry, Matter, Todo
from ..outcomes import ANSWERS
from ..writing import allowed, done_already, locked, saved, wrote

HOW = {"phone": "电话", "visit": "上门", "message": "短信或微信", "counter": "当面"}


@transaction.atomic
def comment(
    matter: Matter,
    text: str,
    *,
    public: bool = False,
    files: Files = (),
    once: str = "",
    who: str = "",
    by: Any,
) -> Entry:
    """Writes down what happened, with the files that show it. `public` lets the one who asked read it; by None with
    `who` it is they who write. The same form sent twice writes once.
    """
    matter = locked(matter)
    if known := Entry.objects.filter(matter=matter, once=once).first() if once else None:
        return known
    allowed(matter, "matters.work", by)
    if matter.archived_at is not None:
        raise Refused(f"{matter.number} 已归档，只能查看")
    if not text.strip():
        raise Refused("还没有写内容")
    entry = wrote(matter, "comment", by=by, who=who, note=text, public=public or by is None, once=once)
    put_to(entry, kept(matter, files, by=by))
    if by is None:
        told_holder(matter, by=None, words=f"{matter.number} {who or '诉求人'}又说了话")
    elif entry.public:
        duty.tell("matter.answered", matter=matter, entry=entry)
    return entry


@transaction.atomic
def contact(matter: Matter, *, how: str, reached: bool, note: str = "", once: str = "", by: Any) -> Entry:
    """Writes down an attempt to reach the one who asked; the first that succeeds stops the clock of first contact."""
    matter = locked(matter)
    if known := Entry.objects.filter(matter=matter, once=once).first() if once else None:
        return known
    allowed(matter, "matters.work", by)
    if how not in HOW:
        raise Refused("请选用什么方式联系的")
    entry = wrote(matter, "contact", by=by, note=note, once=once, how=how, reached=reached)
    if reached and matter.contacted_at is None:
        matter.contacted_at = timezone.now()
        todo = Todo.objects.filter(matter=matter, is_main=True, done_at=None).first()
        matter.contacted_in_time = todo is None or not todo.is_overdue
        saved(matter, "contacted_at", "contacted_in_time")
    return entry


@transaction.atomic
def appraise(
    matter: Matter,
    *,
    solved: str,
    satisfied: str,
    stars: int | None = None,
    words: str = "",
    who: str = "",
    once: str = "",
    by: Any,
) -> Matter:
    """What the one who asked says of the result, in the portal or when called back (回访)."""
    matter = locked(matter)
    if done_already(matter, once):
        return matter
    allowed(matter, "matters.work", by)
    answers = dict(ANSWERS)
    if solved not in answers or satisfied not in answers:
        raise Refused("请选是否解决、是否满意")
    if stars is not None and not 1 <= stars <= 5:
        raise Refused("评价是一到五颗星")
    matter.solved, matter.satisfied, matter.stars = solved, satisfied, stars
    saved(matter, "solved", "satisfied", "stars")
    wrote(
        matter, "appraise", by=by, who=who, note=words, public=True, once=once,
        solved=solved, satisfied=satisfied, stars=stars,
    )  # fmt: skip
    return matter
