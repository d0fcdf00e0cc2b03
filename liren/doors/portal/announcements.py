"""Announcement (社区通知): what a community tells everybody who opens its portal."""

import datetime

from django.db import models
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area, ByCommunity
from liren.core.duty.prepared import Given, Prepared, day, key


class AnnouncementQuerySet(ByCommunity):
    """Announcements, by the days on which they stand."""

    def standing(
        self, community: Area | Given, on: datetime.date | Given | None = None
    ) -> "AnnouncementQuerySet":
        """What residents read today, the urgent first."""
        on = on or timezone.localdate()
        open_end = models.Q(to_on=None) | models.Q(to_on__gte=on)
        return self.filter(open_end, community=community, from_on__lte=on, taken_down_at=None).order_by(
            "-urgent", "-from_on", "-id"
        )


class Announcement(models.Model):
    """Announcement (社区通知): title and text, from a day to a day. It is for everybody and names nobody."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    title = models.CharField("标题", max_length=40)
    text = models.TextField("内容", max_length=2000)
    urgent = models.BooleanField("要紧", default=False)
    from_on = models.DateField("从哪天起", default=timezone.localdate)
    to_on = models.DateField("到哪天止", null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    taken_down_at = models.DateTimeField(null=True, blank=True)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        ordering = ["-from_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_on=None) | models.Q(to_on__gte=models.F("from_on")),
                name="announcement_ends_after_start",
            )
        ]
        indexes = [models.Index(fields=["community", "from_on"], name="announcement_day")]

    def __str__(self) -> str:
        return self.title

    @property
    def standing_words(self) -> str:
        """Where it stands: 展示中, 未到日子, 已过期, 已撤下."""
        day = timezone.localdate()
        if self.taken_down_at:
            return "已撤下"
        if self.from_on > day:
            return "未到日子"
        return "已过期" if self.to_on and self.to_on < day else "展示中"


_STANDING = Prepared(lambda: Announcement.objects.standing(key("community"), day("today"))[:50])


def announced(community: Area) -> list[Announcement]:
    """What residents of a community read today, the urgent first; more than fifty at once nobody reads."""
    return _STANDING(community=community.pk, today=timezone.localdate())
