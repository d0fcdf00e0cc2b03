"""ResidentAccount (居民账号), its sign-in codes and its sessions: tables of their own, so that a resident's sign-in
can never become a desk sign-in, nor the other way round.
"""

import hashlib

from django.db import models
from django.utils import timezone

from liren.core.areas.models import Area, ByArea
from liren.core.privacy.cipher import unseal
from liren.core.privacy.masks import mask_phone


class OfCommunity(ByArea):
    """Records seen by those who work in the whole community; a post in one grid gives none of them."""

    area_field = "community"


class ResidentAccountQuerySet(OfCommunity):
    """Accounts of residents, by community."""

    def open(self) -> "ResidentAccountQuerySet":
        """Those that nobody closed."""
        return self.filter(closed_at=None)


class ResidentAccount(models.Model):
    """ResidentAccount (居民账号): a phone by which somebody speaks with one community. It is nobody on the register
    until it is bound; closing it forgets the phone.
    """

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    phone_sealed = models.BinaryField(null=True, blank=True)
    phone_hash = models.CharField(max_length=32, blank=True)
    phone_tail = models.CharField(max_length=12, blank=True)
    called = models.CharField("称呼", max_length=20, blank=True)
    # The day of the privacy notice that was agreed to, and when.
    agreed_to = models.CharField(max_length=10, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ResidentAccountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "phone_hash"],
                condition=models.Q(closed_at=None),
                name="resident_account_once",
            )
        ]

    def __str__(self) -> str:
        return f"居民账号 {self.pk}"

    @property
    def phone(self) -> str:
        """The whole number: for messages to it, never for a page."""
        return unseal(self.phone_sealed) if self.phone_sealed else ""

    @property
    def masked(self) -> str:
        """``138****5678``."""
        return mask_phone(self.phone) if self.phone_sealed else "号码已删去"

    @property
    def voice(self) -> "Voice":
        """Who a trace says it was: residents have no number among the staff."""
        return Voice(str(self))


class Voice:
    """Somebody outside the staff, by name alone: a trace keeps no number of a colleague for them."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __str__(self) -> str:
        return self.name


class SignInCode(models.Model):
    """SignInCode (短信验证码): six figures sent to a phone; only a keyed hash is kept, for a few minutes."""

    community = models.ForeignKey(Area, models.CASCADE, related_name="+")
    phone_hash = models.CharField(max_length=32, db_index=True)
    code_hash = models.CharField(max_length=32)
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = OfCommunity.as_manager()

    def __str__(self) -> str:
        return f"{self.made_at:%F %T}"


def token_hash(token: str) -> str:
    """How a row names a secret of the browser: who reads the table cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()


class ResidentSession(models.Model):
    """ResidentSession (居民登录): one browser in which an account is signed in."""

    account = models.ForeignKey(ResidentAccount, models.CASCADE, related_name="sessions")
    token_hash = models.CharField(max_length=64, unique=True)
    device = models.CharField(max_length=60)
    made_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.device} {self.made_at:%F %T}"
