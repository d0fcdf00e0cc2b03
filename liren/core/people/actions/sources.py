"""Saying where facts come from."""

import datetime
from typing import Any

from django.utils import timezone

from liren.core.areas.models import Area

from ..records import Source


def open_source(
    *, community: Area, kind: str, title: str, batch: str = "", at: datetime.datetime | None = None, by: Any
) -> Source:
    """A source for one piece of work: a form on the desk, a visit, one imported roster; `at` when it was long ago."""
    return Source.objects.create(
        community=community, kind=kind, title=title[:200], batch=batch, at=at or timezone.now(), user=by
    )


def desk_source(community: Area, title: str, by: Any) -> Source:
    """The source of what is typed at the desk."""
    return open_source(community=community, kind=Source.Kind.DESK, title=title, by=by)
