"""Informing (告知): a line in the inbox of whoever holds a matter, written along with what happened."""

from typing import Any

from liren.core.notices.actions import tell_user

from .models import Matter


def address_of(matter: Matter) -> str:
    """Where the matter stands on the desk; the desk's pages keep to it."""
    return f"/matters/{matter.pk}/"


def told_holder(matter: Matter, *, by: Any, words: str = "") -> None:
    """Tells the holder of what has come; nobody is told of what they did themselves."""
    holder = matter.holder
    if holder is None or (by is not None and holder.pk == by.pk):
        return
    tell_user(
        holder,
        text=words or f"{matter.number} 派给您办：{matter.title}",
        url=address_of(matter),
        key=f"matter:{matter.pk}:{matter.version}:{words or 'given'}"[:100],
        community=matter.community,
        by=by,
    )
