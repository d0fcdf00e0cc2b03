"""Area (区域): district → street → community → grid, one tree with a path."""

from typing import Any

from django.db import models


class AreaQuerySet(models.QuerySet["Area"]):
    """Areas, found by where they lie."""

    def inside(self, paths: list[str]) -> "AreaQuerySet":
        """The areas at or below any of these paths."""
        reach = models.Q(pk__in=[])
        for path in paths:
            reach |= models.Q(path__gte=path, path__lt=path + "~")
        return self.filter(reach)

    def visible_to(self, user: Any) -> "AreaQuerySet":
        """The areas in which this user holds a post, and all below."""
        return self.inside(user.reach())

    def communities(self) -> "AreaQuerySet":
        """Communities only."""
        return self.filter(level=Area.Level.COMMUNITY)


class Area(models.Model):
    """Area (区域): a node of the one tree. `path` is built of codes and ends with a dot: ``310199.001.001.02.``"""

    class Level(models.TextChoices):
        DISTRICT = "district", "区县"
        STREET = "street", "街道"
        COMMUNITY = "community", "社区"
        GRID = "grid", "网格"

    level = models.CharField(max_length=10, choices=Level.choices)
    name = models.CharField(max_length=40)
    code = models.CharField(max_length=20, help_text="官方代码:社区 12 位(GB/T 10114),网格另加序号")
    path = models.CharField(max_length=60, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    # How addresses and papers of this community begin; the committee's own full name.
    address_prefix = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=80, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        constraints = [models.UniqueConstraint(fields=["level", "code"], name="area_code_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def community_path(self) -> str:
        """The path of the community in which this area lies."""
        return self.path.rsplit(".", 2)[0] + "." if self.level == self.Level.GRID else self.path

    def covers(self, other: "Area") -> bool:
        """Whether the other area is this one or lies below it."""
        return other.path.startswith(self.path)

    def community(self) -> "Area | None":
        """The community at or above this area; None for a street or district."""
        if self.level == self.Level.COMMUNITY:
            return self
        return self.parent if self.level == self.Level.GRID else None


class ByArea(models.QuerySet[Any]):
    """Records with a `community` and, perhaps, an `area` of their own: seen from where one holds a post.

    A post in a grid sees the records of the grid; one in a community or above sees whole communities, by the
    community's own column, so that the tables can be cut along it.
    """

    area_field = "area"

    def visible_to(self, user: Any) -> Any:
        """What this user may know of at all."""
        whole, grids = user.scope()
        seen = models.Q(community_id__in=whole)
        if grids:
            seen |= models.Q(**{f"{self.area_field}_id__in": grids})
        return self.filter(seen)


class ByCommunity(ByArea):
    """Records of a whole community that say nothing about a person: seen by everyone who works anywhere in it."""

    def visible_to(self, user: Any) -> Any:
        """What belongs to a community in which this user works, be it in one grid of it."""
        return self.filter(community_id__in=user.community_ids())
