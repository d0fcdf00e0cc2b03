"""Seeing (可见范围): who may know of a matter at all, for the matter itself and for everything that belongs to it."""

from typing import Any

from django.db import models

from liren.core.areas.models import Area
from liren.core.duty.asked import asked
from liren.core.duty.prepared import Prepared, key


def places_of(user: Any, prefix: str) -> models.Q:
    """Where and on which lines this user works: a grid, a community, or all communities below."""
    seen = models.Q(pk__in=[])
    for post in user.current_posts:
        if post.grants.system:
            continue
        if post.area.level == Area.Level.GRID:
            place = models.Q(**{f"{prefix}area_id": post.area_id})
        elif post.area.level == Area.Level.COMMUNITY:
            place = models.Q(**{f"{prefix}community_id": post.area_id})
        else:
            below = list(Area.objects.inside([post.area.path]).communities().values_list("pk", flat=True))
            place = models.Q(**{f"{prefix}community_id__in": below})
        if not post.grants.all_lines:
            place &= models.Q(**{f"{prefix}line__in": ["", *post.lines]})
        seen |= place
    return seen


class Seen(models.QuerySet[Any]):
    """Rows of the ledger: seen by area and line; restricted ones by their named circle alone, wherever that works."""

    # How to get from the row to the columns of the matter, and to its key.
    road = ""
    key = "pk"

    def visible_to(self, user: Any) -> Any:
        """What this user may know of at all."""
        plain = models.Q(**{f"{self.road}restricted": False}) & places_of(user, self.road)
        if named := asked(("circles", user.pk), lambda: _named(user)):
            plain |= models.Q(**{f"{self.key}__in": named})
        return self.filter(plain)


def _named(user: Any) -> list[int]:
    """The matters in whose circle this user is."""
    return _CIRCLES(user=user.pk)


def _circles() -> models.QuerySet[Any, Any]:
    from .circles import Circle

    return Circle.objects.filter(user=key("user"), to_at=None).values_list("matter_id", flat=True)


_CIRCLES = Prepared(_circles)


class OfMatter(Seen):
    """Rows that belong to a matter: seen exactly by who sees the matter."""

    road = "matter__"
    key = "matter_id"
