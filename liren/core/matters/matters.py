"""Matter (事项) and MatterDetail: the envelope that every kind shares, and the letter that each room puts in."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.duty.keys import new_key
from liren.core.people.models import Person
from liren.core.places.models import Building, House

from .flow import Flow, Move, Stage
from .kinds import Kind, all_kinds, kind
from .outcomes import ANSWERS, OUTCOMES, SOURCES, URGENCIES
from .seeing import Seen


class MatterQuerySet(Seen):
    """Matters, by how they stand."""

    def open(self) -> "MatterQuerySet":
        """Those that somebody still has to bring to an end."""
        return self.filter(closed_at=None)

    def overdue(self, now: datetime | None = None) -> "MatterQuerySet":
        """Open ones whose next step is past its time and not paused."""
        return self.filter(
            closed_at=None,
            todos__in=self.model.todos.rel.related_model.objects.main().overdue(now),
        )

    def about(self, person: Person) -> "MatterQuerySet":
        """Those that name a person."""
        return self.filter(parties__person=person).distinct()

    def for_list(self) -> "MatterQuerySet":
        """With what a line of a list shows, in a fixed number of queries."""
        return self.select_related("area", "holder", "house__building", "building").prefetch_related(
            models.Prefetch("todos", self.model.todos.rel.related_model.objects.main().open())
        )


class Matter(models.Model):
    """Matter (事项): anything with a number and a flow that someone must bring to an end."""

    key = models.BigIntegerField(primary_key=True, default=new_key, editable=False)
    community = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    # The grid it lies in, or the community itself.
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=30)
    stage = models.CharField(max_length=20)
    flow_version = models.PositiveSmallIntegerField(default=1)
    # Counts up with each move: a page made before somebody else's move is told so.
    version = models.PositiveIntegerField(default=0)
    title = models.CharField("事由", max_length=80)
    body = models.TextField("情况", blank=True)
    house = models.ForeignKey(House, models.PROTECT, null=True, blank=True, related_name="matters")
    building = models.ForeignKey(Building, models.PROTECT, null=True, blank=True, related_name="matters")
    place = models.CharField("地点", max_length=120, blank=True)
    holder = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="matters", db_index=False
    )
    source = models.CharField("来源", max_length=12, choices=SOURCES, default="counter")
    cause = models.CharField("原因", max_length=30, blank=True)
    line = models.CharField(max_length=20, blank=True)
    restricted = models.BooleanField(default=False)
    danger = models.BooleanField("有人身或财产危险", default=False)
    urgency = models.CharField(max_length=8, choices=[(k, n) for k, n, _ in URGENCIES], default="worry")
    urgency_score = models.PositiveSmallIntegerField(default=0)
    # [[points, why], …]: the score explains itself.
    urgency_parts = models.JSONField(default=list)
    urgency_reason = models.CharField(max_length=120, blank=True, help_text="人工改定缓急的理由")
    opened_at = models.DateTimeField(default=timezone.now)
    contacted_at = models.DateTimeField(null=True, blank=True)
    # Whether the first contact came within its limit; unknown while nobody was reached.
    contacted_in_time = models.BooleanField(null=True)
    moved_at = models.DateTimeField(default=timezone.now)
    stuck_since = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_in_time = models.BooleanField(null=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=16, blank=True, choices=list(OUTCOMES.items()))
    # What the one who asked said afterwards.
    solved = models.CharField(max_length=8, blank=True, choices=ANSWERS)
    satisfied = models.CharField(max_length=8, blank=True, choices=ANSWERS)
    stars = models.PositiveSmallIntegerField(null=True, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", db_index=False
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", db_index=False
    )
    # A token of the form that opened it: a double click opens it once.
    once = models.CharField(max_length=40, null=True, blank=True, unique=True)

    objects = MatterQuerySet.as_manager()

    class Meta:
        ordering = ["-key"]
        constraints = [
            models.UniqueConstraint(fields=["community", "number"], name="matter_number_once"),
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | models.Q(closed_at__gte=models.F("opened_at")),
                name="matter_closed_after_opened",
            ),
        ]
        indexes = [
            models.Index(fields=["community", "closed_at", "-key"], name="matter_open"),
            models.Index(fields=["community", "kind", "-key"], name="matter_kind"),
            models.Index(fields=["community", "opened_at"], name="matter_opened"),
            models.Index(fields=["area", "-key"], name="matter_area"),
            models.Index(fields=["holder", "closed_at"], name="matter_holder"),
            # Few matters have one. Over all of them, nothing but nulls, the index looks worthless to SQLite.
            models.Index(fields=["parent"], condition=models.Q(parent__isnull=False), name="matter_parent"),
            models.Index(
                fields=["merged_into"], condition=models.Q(merged_into__isnull=False), name="matter_merged"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def of_kind(self) -> Kind:
        """What the room declares about it."""
        return kind(self.kind)

    @property
    def flow(self) -> Flow:
        """The flow by which it was begun."""
        return self.of_kind.flow_of(self.flow_version)

    @property
    def at_stage(self) -> Stage:
        """The stage in the flow's own words."""
        return self.flow.stage(self.stage)

    @property
    def is_open(self) -> bool:
        """Whether something is left to be done."""
        return self.closed_at is None

    @property
    def outcome_name(self) -> str:
        """What it came to, in words."""
        return OUTCOMES.get(self.outcome, "")

    @property
    def cause_name(self) -> str:
        """Why it came about, in words."""
        return self.of_kind.cause_name(self.cause)

    @property
    def where(self) -> str:
        """The place as people say it."""
        known = self.house.spelt if self.house else (self.building.name if self.building else "")
        return " ".join(part for part in (known, self.place) if part)

    @property
    def urgency_rank(self) -> int:
        """1 for 急 to 4 for 盼."""
        return {key: rank for key, _, rank in URGENCIES}[self.urgency]

    @property
    def main_todo(self) -> Any:
        """The open main todo; None when it is closed. Uses what `for_list` has fetched, or a page has told."""
        if "_told_main" in self.__dict__:
            return self._told_main
        return next((todo for todo in self.todos.all() if todo.is_main and todo.done_at is None), None)

    def tell_main(self, todo: Any) -> None:
        """Tells it its open main todo, or that there is none, for a page that fetched it with others."""
        self._told_main = todo

    def moves_for(self, user: Any) -> list[tuple[Move, str]]:
        """The moves of this stage that the user's post allows, each with the sentence why not now, or nothing."""
        if self.archived_at is not None:
            return []
        return [
            (move, move.guard(self, user) if move.guard else "")
            for move in self.flow.from_stage(self.stage)
            if user.can(move.ability, self.area)
        ]


class DetailQuerySet(models.QuerySet[Any]):
    """What rooms keep beside: seen exactly by who sees the matter."""

    def visible_to(self, user: Any) -> Any:
        """Those whose matter the user may know of."""
        return self.filter(matter__in=Matter.objects.visible_to(user)).select_related("matter")


class MatterDetail(models.Model):
    """What one room adds to a matter, in a table of its own with the same key."""

    matter = models.OneToOneField(Matter, models.PROTECT, primary_key=True, related_name="%(class)s")

    objects = DetailQuerySet.as_manager()

    class Meta:
        abstract = True


def kind_choices() -> list[tuple[str, str]]:
    """Every kind with its name, for filters."""
    return [(each.key, each.name) for each in all_kinds()]
