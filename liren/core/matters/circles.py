"""Circle (知情人): who alone may know of a restricted matter (handbook 1.4: the secretary and the named person)."""

from django.db import models
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.duty.keys import new_key

from .matters import Matter
from .seeing import OfMatter


class Circle(models.Model):
    """Circle (知情人): one user who may know of one restricted matter, from when to when, named by whom."""

    id = models.BigIntegerField(primary_key=True, default=new_key, editable=False)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="circle")
    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    named_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    from_at = models.DateTimeField(default=timezone.now)
    to_at = models.DateTimeField(null=True, blank=True)

    objects = OfMatter.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "user"], condition=models.Q(to_at=None), name="circle_once"
            )
        ]
        indexes = [models.Index(fields=["user", "to_at"], name="circle_user")]

    def __str__(self) -> str:
        return str(self.user_id)
