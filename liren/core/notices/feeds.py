"""Feed (日历订阅): a secret link by which a phone's calendar fetches one's own dates."""

import hashlib

from django.db import models
from django.utils import timezone

from liren.core.accounts.models import User


class FeedQuerySet(models.QuerySet["Feed"]):
    """Feeds: each its owner's alone."""

    def visible_to(self, user: User) -> "FeedQuerySet":
        """One's own."""
        return self.filter(user=user)

    def by_token(self, token: str) -> "FeedQuerySet":
        """The open feed of a token, of somebody who still works here."""
        return self.filter(token_hash=hash_of(token), closed_at=None, user__is_active=True)


class Feed(models.Model):
    """Feed (日历订阅): only the hash of its token is kept; a new link closes the old one."""

    user = models.ForeignKey(User, models.CASCADE, related_name="feeds")
    token_hash = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField(default=timezone.now)
    fetched_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=models.Q(closed_at=None), name="feed_one_open")
        ]

    def __str__(self) -> str:
        return f"{self.user}"


def hash_of(token: str) -> str:
    """How a feed names its token: who reads the table cannot fetch it."""
    return hashlib.sha256(token.encode()).hexdigest()
