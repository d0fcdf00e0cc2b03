"""Disposing: filled forms go when the time that the rule allows is over; that they went out stays on record."""

from typing import Any

from django.db import transaction

from liren.core.audit.actions import record
from liren.core.documents.actions import dispose
from liren.core.duty import Refused

from ..models import Filling, HandOut


@transaction.atomic
def dispose_hand_out(handout: HandOut, *, by: Any) -> HandOut:
    """Destroys the file and its PDF; to whom, when and what for it went stays. Refuses one that is gone already."""
    rows = HandOut.objects.select_for_update(of=("self",)).select_related("document", "paper", "community")
    handout = rows.get(pk=handout.pk)
    if handout.document.disposed_at:
        raise Refused("这一次交出的文件已经销毁过了")
    for document in filter(None, (handout.document, handout.paper)):
        dispose(document, by=by)
    record("onesheet.dispose", target=handout, community=handout.community, by=by)
    return handout


@transaction.atomic
def forget_typed(filling: Filling, *, by: Any) -> Filling:
    """Forgets what was typed by hand into a form. Refuses one with nothing to forget."""
    filling = Filling.objects.select_for_update(of=("self",)).select_related("community").get(pk=filling.pk)
    if not filling.typed_sealed:
        raise Refused("这张表里没有手填的内容")
    filling.typed_sealed = None
    filling.save(update_fields=["typed_sealed"])
    record("onesheet.forget", target=filling, community=filling.community, by=by)
    return filling
