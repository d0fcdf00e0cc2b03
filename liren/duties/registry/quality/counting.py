"""Counting (点数): how many places each check finds, in one query for all of them.

A page never waits for that: it shows what was counted last, and counts anew behind the reader's back when anything
has been done since.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Count, Value
from django.utils import timezone

from liren.core.audit.models import Trace

from .checks import CHECKS, Severity

KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Figures:
    """What was counted, and whether anything has been done since."""

    counts: Mapping[str, int]
    fresh: bool

    @property
    def to_look_at(self) -> int:
        """How many places cannot be left as they are; what is merely worth knowing does not count."""
        return sum(self.counts.get(each.key, 0) for each in CHECKS if each.severity != Severity.HINT)

    @property
    def wrong(self) -> int:
        """How many places cannot be true."""
        return sum(self.counts.get(each.key, 0) for each in CHECKS if each.severity == Severity.WRONG)


def figures(user: Any, *, now: bool = False) -> Figures:
    """How many places of each check this user may see, as counted last for those who see the same; `now` counts anew
    unless nothing was done since, as the trace tells: every change leaves one.
    """
    key, mark = _key(user), _last_deed()
    kept: tuple[str, dict[str, int]] | None = cache.get(key)
    if kept is None or (now and kept[0] != mark):
        kept = (mark, counted(user))
        cache.set(key, kept, KEPT_SECONDS)
    return Figures(kept[1], fresh=kept[0] == mark)


def _key(user: Any) -> str:
    """The same for all who see the same: restricted labels, which are known by name, stand in no check."""
    posts = sorted(
        f"{post.area_id}.{post.role}.{'+'.join(sorted(post.lines))}" for post in user.current_posts
    )
    said = f"{timezone.localdate()}:{','.join(posts)}"
    return f"quality:{hashlib.sha256(said.encode()).hexdigest()}"


def _last_deed() -> str:
    return Trace.objects.order_by("-id").values_list("mark", flat=True).first() or ""


def counted(user: Any) -> dict[str, int]:
    """How many places of each check, asked of the database now."""
    today = timezone.localdate()
    asked = [
        each.rows(user, today)
        .order_by()
        .annotate(which=Value(each.key))
        .values("which")
        .annotate(n=Count("pk"))
        .values_list("which", "n")
        for each in CHECKS
    ]
    return dict(asked[0].union(*asked[1:], all=True))
