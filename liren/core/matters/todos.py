"""Todo (待办): one line in someone's day. The desk shows only these; an open matter has exactly one open main one."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.duty.keys import new_key

from .matters import Matter
from .seeing import Seen


class TodoQuerySet(Seen):
    """Todos, by whose they are and when they are due."""

    key = "matter_id"

    def open(self) -> "TodoQuerySet":
        """Those not done."""
        return self.filter(done_at=None)

    def main(self) -> "TodoQuerySet":
        """The next step of its matter, not what was asked for beside."""
        return self.filter(is_main=True)

    def for_user(self, user: Any) -> "TodoQuerySet":
        """The queue: one's own, and what nobody has taken where one may take it."""
        own = models.Q(holder_id=user.pk)
        if user.can("matters.work"):
            own |= models.Q(holder=None)
        return self.visible_to(user).filter(own)

    def overdue(self, now: datetime | None = None) -> "TodoQuerySet":
        """Open, past the time, and the clock not paused."""
        return self.filter(done_at=None, paused_at=None, due_at__lt=now or timezone.now())

    def due_by(self, end: datetime) -> "TodoQuerySet":
        """Open and due up to a moment."""
        return self.filter(done_at=None, paused_at=None, due_at__lte=end)

    def in_order(self) -> "TodoQuerySet":
        """As one works them off: what is urgent first, then by time; what has no time last."""
        return self.order_by("rank", models.F("due_at").asc(nulls_last=True), "matter_id")


class Todo(models.Model):
    """Todo (待办): what, who, by when, on what legal ground. Columns of the matter are kept here so that the queue is
    one index and one road of rights.
    """

    id = models.BigIntegerField(primary_key=True, default=new_key, editable=False)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="todos")
    community = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", db_index=False)
    line = models.CharField(max_length=20, blank=True)
    restricted = models.BooleanField(default=False)
    seal = models.CharField(max_length=8)
    rank = models.PositiveSmallIntegerField(default=3)
    is_main = models.BooleanField(default=True)
    stage = models.CharField(max_length=20, blank=True)
    what = models.CharField(max_length=80)
    waits = models.BooleanField(default=False)
    holder = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="todos", db_index=False
    )
    start_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True, blank=True)
    rule = models.CharField(max_length=60, blank=True)
    limit = models.CharField(max_length=20, blank=True, help_text="5 个工作日")
    unit = models.CharField(max_length=8, blank=True)
    basis = models.CharField(max_length=200, blank=True)
    confirmed = models.BooleanField(default=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    pause_reason = models.CharField(max_length=80, blank=True)
    resume_on = models.DateField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    escalated = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)
    # Whether it was done before its time; empty when it had none.
    in_time = models.BooleanField(null=True)

    objects = TodoQuerySet.as_manager()

    class Meta:
        ordering = ["rank", "due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=models.Q(is_main=True, done_at=None), name="todo_one_main"
            ),
            models.CheckConstraint(
                condition=models.Q(due_at=None) | models.Q(due_at__gte=models.F("start_at")),
                name="todo_due_after_start",
            ),
        ]
        indexes = [
            models.Index(
                fields=["holder", "rank", "due_at"], condition=models.Q(done_at=None), name="todo_queue"
            ),
            models.Index(
                fields=["community", "due_at"], condition=models.Q(done_at=None), name="todo_community"
            ),
            models.Index(fields=["area", "due_at"], condition=models.Q(done_at=None), name="todo_area"),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def is_paused(self) -> bool:
        """Whether its clock stands still."""
        return self.paused_at is not None

    @property
    def is_overdue(self) -> bool:
        """Past its time."""
        return (
            self.done_at is None
            and self.paused_at is None
            and self.due_at is not None
            and self.due_at < timezone.now()
        )
