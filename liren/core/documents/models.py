"""Document (材料): a file received. It lies sealed on the disk: rosters carry whole identity numbers."""

from pathlib import Path, PurePath

from django.conf import settings
from django.db import models
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area, ByArea
from liren.core.duty.keys import new_key


class DocumentQuerySet(ByArea):
    """Documents, seen by those who work in the whole community."""

    area_field = "community"


class Document(models.Model):
    """Document (材料): a file received, known by the hash of what is kept of it.

    Rosters are kept as they came. What is attached was cleaned first, and says its family and kind.
    """

    class Family(models.TextChoices):
        """What one does with it: look, read, listen, watch."""

        PHOTO = "photo", "照片"
        PAPER = "paper", "文档"
        SOUND = "sound", "录音"
        FILM = "film", "视频"

    id = models.BigIntegerField(primary_key=True, default=new_key, editable=False)
    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    purpose = models.CharField(max_length=60)
    received_at = models.DateTimeField(default=timezone.now)
    received_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    disposed_at = models.DateTimeField(null=True, blank=True)
    family = models.CharField(max_length=10, choices=Family.choices, blank=True)
    mime = models.CharField(max_length=100, blank=True)
    suffix = models.CharField(max_length=8, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    seconds = models.PositiveIntegerField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = DocumentQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where the sealed content lies."""
        return Path(settings.MEDIA_ROOT) / self.sha256[:2] / f"{self.sha256}-{self.pk}.sealed"

    @property
    def thumbnail_path(self) -> Path:
        """Where the small picture of a photo lies, sealed as well."""
        return self.path.with_suffix(".thumb.sealed")

    @property
    def file_name(self) -> str:
        """The name it is saved under: as it was sent, with the ending of what it really is."""
        if not self.suffix:
            return self.name
        sent = PurePath(self.name)
        known = sent.suffix[1:].isascii() and 1 < len(sent.suffix) <= 6
        return (sent.stem if known else sent.name) + self.suffix
