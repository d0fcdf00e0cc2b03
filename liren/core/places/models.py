"""Estate (小区), Building (楼栋) and House (房屋)."""

import re

from django.db import models

from liren.core.areas.models import Area, ByArea, ByCommunity

from .addresses import spell


class Estate(models.Model):
    """Estate (小区): a housing estate, lane or compound; the unit that one property firm looks after."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="estates", db_index=False)
    name = models.CharField(max_length=60)
    property_firm = models.CharField(max_length=80, blank=True)

    objects = ByCommunity.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="estate_once")]

    def __str__(self) -> str:
        return self.name


class Building(models.Model):
    """Building (楼栋): tower, walk-up or lane house. `name` is what people say: ``3号楼``, ``12弄7号``."""

    class Kind(models.TextChoices):
        TOWER = "tower", "高层"
        WALK_UP = "walk_up", "多层"
        LANE = "lane", "里弄"
        OTHER = "other", "其他"

    community = models.ForeignKey(Area, models.PROTECT, related_name="buildings", db_index=False)
    # The grid it belongs to today; a community without grids stands here itself.
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    estate = models.ForeignKey(Estate, models.PROTECT, null=True, blank=True, related_name="buildings")
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.OTHER)
    lane = models.CharField(max_length=20, blank=True)
    number = models.CharField(max_length=20)
    address = models.CharField(max_length=120, blank=True)
    units = models.PositiveSmallIntegerField(default=0)
    floors = models.PositiveSmallIntegerField(default=0)
    per_floor = models.PositiveSmallIntegerField(default=0, help_text="每单元每层几户")
    elevator = models.BooleanField(default=False)
    built_in = models.PositiveSmallIntegerField(null=True, blank=True)
    head_name = models.CharField(max_length=40, blank=True, help_text="楼组长")
    # The order in which people name them: 1号楼, 2号楼, 10号楼.
    sort = models.CharField(max_length=40, db_index=True)

    objects = ByArea.as_manager()

    class Meta:
        ordering = ["sort", "id"]
        constraints = [models.UniqueConstraint(fields=["community", "name"], name="building_once")]

    def __str__(self) -> str:
        return self.name


class HouseQuerySet(ByArea):
    """Houses, by what stands in them."""

    def of(self, building: Building) -> "HouseQuerySet":
        """The houses of one building, floor by floor from the top."""
        return self.filter(building=building).order_by("-floor", "unit", "room")


class House(models.Model):
    """House (房屋): one door behind which people live. `code` is the short form: ``3-2-501``, ``12弄7号-二楼前楼``."""

    class Use(models.TextChoices):
        OWN = "own", "自住"
        RENTED = "rented", "出租"
        EMPTY = "empty", "空关"
        SHOP = "shop", "商用"
        UNKNOWN = "unknown", "未登记"

    community = models.ForeignKey(Area, models.PROTECT, related_name="houses", db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+")
    building = models.ForeignKey(Building, models.PROTECT, related_name="houses", db_index=False)
    unit = models.CharField(max_length=10, blank=True)
    floor = models.SmallIntegerField(null=True, blank=True)
    room = models.CharField(max_length=20)
    code = models.CharField(max_length=60)
    use = models.CharField(max_length=10, choices=Use.choices, default=Use.UNKNOWN)
    square_metres = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    ownership = models.CharField(max_length=20, blank=True, help_text="商品房、售后公房、公租房…")
    owner_name = models.CharField(max_length=60, blank=True)
    owner_phone_sealed = models.BinaryField(null=True, blank=True)
    lease_from = models.DateField(null=True, blank=True)
    lease_to = models.DateField(null=True, blank=True)
    verified_on = models.DateField(null=True, blank=True)
    # The work that first named this door, such as an import: taken away with it when that is undone.
    origin = models.CharField(max_length=40, blank=True, db_index=True)

    objects = HouseQuerySet.as_manager()

    class Meta:
        ordering = ["building__sort", "unit", "floor", "room"]
        constraints = [models.UniqueConstraint(fields=["building", "unit", "room"], name="house_once")]
        indexes = [
            models.Index(fields=["community", "code"], name="house_code"),
            models.Index(fields=["community", "room"], name="house_room"),
        ]

    def __str__(self) -> str:
        return self.spelt

    @property
    def spelt(self) -> str:
        """As people write it: 3号楼2单元501室."""
        return spell(self.building.name, self.unit, self.room)


def sort_key(name: str) -> str:
    """Pads the figures of a name so that 10号楼 comes after 9号楼."""
    return re.sub(r"\d+", lambda found: found.group().zfill(5), name)[:40]
