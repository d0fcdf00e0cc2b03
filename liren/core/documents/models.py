"""Document (材料): a file received. It lies sealed on the disk: rosters carry whole identity numbers."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area, ByArea


class DocumentQuerySet(ByArea):
    """Documents, seen by those who work in the whole community."""

    area_field = "community"


class Document(models.Model):
    """Document (材料): a file as it came, known by the hash of its content."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    purpose = models.CharField(max_length=60)
    received_at = models.DateTimeField(default=timezone.now)
    received_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    disposed_at = models.DateTimeField(null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the sealed content lies."""
        return Path(settings.MEDIA_ROOT) / self.sha256[:2] / f"{self.sha256}-{self.pk}.sealed"
