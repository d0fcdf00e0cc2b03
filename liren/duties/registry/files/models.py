"""SavedView (视图): a way of looking at the register that somebody keeps."""

from typing import Any

from django.db import models
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Views, by who may use them."""

    def visible_to(self, user: Any) -> "SavedViewQuerySet":
        """One's own, and those shared in a community where one works."""
        shared = models.Q(shared=True, community_id__in=user.community_ids())
        return self.filter(models.Q(owner_id=user.pk) | shared)


class SavedView(models.Model):
    """SavedView (视图): words, conditions, columns and order under a name. It holds no residents: whoever opens it
    sees only what their own post may see.
    """

    owner = models.ForeignKey(User, models.CASCADE, related_name="+")
    community = models.ForeignKey(Area, models.PROTECT, related_name="+", null=True)
    name = models.CharField("名称", max_length=30)
    shared = models.BooleanField("给本社区同事用", default=False)
    text = models.CharField(max_length=60, blank=True)
    condition = models.JSONField(default=dict, blank=True)
    columns = models.JSONField(default=list, blank=True)
    sort = models.CharField(max_length=30, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="view_once")]

    def __str__(self) -> str:
        return self.name
