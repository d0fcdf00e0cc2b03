"""Every write of this room: keeping and letting go of views."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from liren.core.audit.actions import record
from liren.core.duty import Refused
from liren.core.facts.reading import read, tree_of

from .columns import allowed_columns
from .models import SavedView

MOST_VIEWS = 40


@transaction.atomic
def keep_view(
    *,
    name: str,
    text: str,
    conditions: Sequence[Any],
    columns: Sequence[str],
    sort: str,
    shared: bool,
    by: Any,
) -> SavedView:
    """Keeps a way of looking; the same name again replaces it. Refuses an empty name, nothing to keep, and facts that
    this user may not ask by.
    """
    name = name.strip()[:30]
    if not name:
        raise Refused("给这个视图起个名字，比如「80 岁以上独居」")
    if not (text or conditions or columns or sort):
        raise Refused("先查找或加一个条件，再存成视图")
    condition = tree_of(read({"all": list(conditions)}, by)) if conditions else {}
    mine = SavedView.objects.filter(owner=by)
    if not mine.filter(name=name).exists() and mine.count() >= MOST_VIEWS:
        raise Refused(f"一个人最多存 {MOST_VIEWS} 个视图，请先删掉不用的")
    view, _ = SavedView.objects.update_or_create(
        owner=by,
        name=name,
        defaults={
            "community": by.community,
            "shared": shared,
            "text": text[:60],
            "condition": condition,
            "columns": [each.key for each in allowed_columns(by) if each.key in columns],
            "sort": sort[:30],
        },
    )
    record("registry.keep_view", target=view, shared=shared, by=by)
    return view


@transaction.atomic
def drop_view(view: SavedView, *, by: Any) -> None:
    """Lets go of a view. Only its owner may."""
    if view.owner_id != by.pk:
        raise Refused(f"「{view.name}」是{view.owner.name}存的，只有本人能删")
    record("registry.drop_view", target=view, by=by)
    view.delete()
