"""The portal on the workbench: who waits to be found out."""

from typing import Any

from django.urls import reverse

from liren.core.duty import Panel
from liren.core.pages.words import ago

from .bindings import BindingRequest

SHOWN = 4


def waiting(user: Any) -> Panel | None:
    """Requests of residents, the oldest first; nothing when nobody waits."""
    if not user.can("portal.residents"):
        return None
    rows = BindingRequest.objects.visible_to(user).open().order_by("made_at")
    count = rows.count()
    if not count:
        return None
    return Panel(
        title="居民账号等核对",
        rows=tuple(
            (each.name, f"{each.place} · {ago(each.made_at)}", reverse("portal_desk:request", args=[each.pk]))
            for each in rows[:SHOWN]
        ),
        url=reverse("portal_desk:requests"),
        icon="user-plus",
        count=count,
    )
