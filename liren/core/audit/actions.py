"""Writing and proving the trace."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from liren.core.duty.asked import ask_anew

from .chain import FIRST, mark_of, seal
from .models import Trace, TraceHead, target_of


@transaction.atomic
def record(
    action: str,
    *,
    target: models.Model | None = None,
    community: models.Model | None = None,
    purpose: str = "",
    hidden: bool = False,
    by: Any,
    **particulars: Any,
) -> Trace:
    """Writes one trace. `by` is the user, or None for the system itself. No personal data in `particulars`.

    `hidden` is for what only a named circle may know of: the trace page keeps quiet about it to everybody else.
    """
    ask_anew()
    head, _ = TraceHead.objects.select_for_update().get_or_create(pk=1)
    trace = Trace(
        # Whole milliseconds: both databases give back exactly what was sealed.
        at=_whole(timezone.now()),
        user_id=getattr(by, "pk", None),
        user_name=str(by) if by is not None else "系统",
        action=action,
        target=target_of(target),
        community_id=community.pk if community is not None else getattr(target, "community_id", None),
        purpose=purpose[:120],
        particulars=particulars,
        hidden=hidden,
        previous=head.mark or FIRST,
    )
    trace.mark = mark_of(trace)
    trace.save(force_insert=True)
    head.count += 1
    head.mark = trace.mark
    head.seal = seal(head.count, head.mark)
    head.save()
    return trace


def _whole(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def verify() -> Iterator[str]:
    """Walks the whole chain and yields one sentence for each break; nothing when the trace is whole."""
    previous, count = FIRST, 0
    for trace in Trace.objects.order_by("id").iterator(chunk_size=2000):
        count += 1
        if trace.previous != previous:
            yield f"第 {trace.pk} 条之前有记录被删去或插入"
        if trace.mark != mark_of(trace):
            yield f"第 {trace.pk} 条被改动过"
        previous = trace.mark
    head = TraceHead.objects.filter(pk=1).first()
    if head is None:
        if count:
            yield "链头不见了"
        return
    if head.seal != seal(head.count, head.mark):
        yield "链头被改动过"
    if head.count != count or (count and head.mark != previous):
        yield f"应有 {head.count} 条，实有 {count} 条：末尾有记录被删去或添上"
