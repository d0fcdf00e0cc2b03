"""Handoff (转办): what was given to somebody outside the staff — with only what they need to see."""

import hashlib
from typing import Any

from django.db import models
from django.utils import timezone

from liren.core.accounts.models import User

from .matters import Matter
from .seeing import OfMatter


class HandoffQuerySet(OfMatter):
    """Handoffs, by whether they came back."""

    def out(self) -> "HandoffQuerySet":
        """Those not yet returned."""
        return self.filter(returned_at=None)

    def by_token(self, token: str) -> "HandoffQuerySet":
        """The one whose slip carries this token and is still good."""
        return self.filter(token_hash=hash_of(token), token_until__gt=timezone.now())


class Handoff(models.Model):
    """Handoff (转办): to a building head or volunteer (委托), or to a property firm, street or department (转办).

    `brief` is all they see: written by the worker, without the register's data. The slip opens by a secret link.
    """

    TO = (
        ("building_head", "楼组长"),
        ("volunteer", "志愿者"),
        ("property", "物业"),
        ("street", "街道"),
        ("department", "职能部门"),
        ("police", "派出所"),
        ("other", "其他单位"),
    )
    RESULTS = (("done", "已办好"), ("partly", "办了一部分"), ("returned", "退回，办不了"))

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="handoffs")
    to = models.CharField(max_length=16, choices=TO)
    name = models.CharField(max_length=60)
    contact = models.CharField(max_length=60, blank=True)
    brief = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    due_at = models.DateTimeField(null=True, blank=True)
    urged = models.PositiveSmallIntegerField(default=0)
    urged_at = models.DateTimeField(null=True, blank=True)
    token_hash = models.CharField(max_length=64, blank=True, db_index=True)
    token_until = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=10, blank=True, choices=RESULTS)
    answer = models.TextField(blank=True)

    objects = HandoffQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_overdue(self) -> bool:
        """Past its time and not back."""
        return self.returned_at is None and self.due_at is not None and self.due_at < timezone.now()


def hash_of(token: str) -> str:
    """How a slip names its token: who reads the table cannot open the slip."""
    return hashlib.sha256(token.encode()).hexdigest()


def slip(matter: Any) -> str:
    """What the brief begins with: kind, place down to the building, what is wrong; no names."""
    place = matter.building.name if matter.building else (matter.house.building.name if matter.house else "")
    return "，".join(part for part in (matter.of_kind.name, place or matter.place, matter.title) if part)
