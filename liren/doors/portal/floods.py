"""Floods (灌水): how often one phone, one account, one address may ask. The numbers are rules; the counts are rows.

A row knows only a keyed hash that changes with its window, and is gone after two days.
"""

import time
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from liren.core import rules
from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.privacy.cipher import blind

MINUTE, HOUR, DAY = 60, 3600, 24 * 3600


@dataclass(frozen=True)
class Quota:
    """So often within a window: the key of the rule, and the length of the window in seconds."""

    rule: str
    seconds: int


QUOTAS: dict[str, Quota] = {
    "post_address": Quota("portal.posts_per_address", 10 * MINUTE),
    "code_phone": Quota("portal.codes_per_phone", DAY),
    "code_address": Quota("portal.codes_per_address", HOUR),
    "wrong_code": Quota("portal.wrong_codes_per_phone", DAY),
    "wrong_code_address": Quota("portal.wrong_codes_per_address", HOUR),
    "match_account": Quota("portal.matches_per_account", DAY),
    "match_address": Quota("portal.matches_per_address", DAY),
    "request_account": Quota("portal.requests_per_account", DAY),
    "draft_address": Quota("portal.drafts_per_address", HOUR),
    "photo_address": Quota("portal.photos_per_address", HOUR),
    "matter_account": Quota("portal.matters_per_account", DAY),
    "tip_address": Quota("portal.tips_per_address", DAY),
    "tip_community": Quota("portal.tips_per_community", HOUR),
    "word_account": Quota("portal.words_per_matter", DAY),
    "claim_address": Quota("portal.wrong_claims_per_address", HOUR),
    "slip_address": Quota("portal.wrong_slips_per_address", HOUR),
}


class TooMany(Refused):
    """Asked too often: a sentence for the page, and in how many seconds it may be tried again."""

    def __init__(self, seconds: int) -> None:
        super().__init__("来得太勤了，先歇一歇再试")
        self.seconds = seconds


class Tally(models.Model):
    """Tally (计次): how often something was asked for within one window."""

    kind = models.CharField(max_length=30)
    who = models.CharField(max_length=32)
    window = models.BigIntegerField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "who", "window"], name="tally_once")]
        indexes = [models.Index(fields=["window"], name="tally_window")]

    def __str__(self) -> str:
        return f"{self.kind} {self.count}"


def count_up(kind: str, *, who: str, area: Area | None = None, by: Any = None) -> int:
    """Counts one more; raises TooMany past the quota. A refusal of what follows leaves the count where it is, so it is
    called before the transaction of the deed and never inside one.
    """
    quota, now = QUOTAS[kind], int(time.time())
    window = now // quota.seconds * quota.seconds
    hashed = _hashed(kind, window, who)
    with transaction.atomic():
        row, _ = Tally.objects.get_or_create(kind=kind, who=hashed, window=window)
        Tally.objects.filter(pk=row.pk).update(count=models.F("count") + 1)
        row.refresh_from_db(fields=["count"])
    if row.count > rules.number(quota.rule, area=area):
        raise TooMany(window + quota.seconds - now)
    return row.count


def hold_to(kind: str, *, who: str, area: Area | None = None) -> None:
    """Raises TooMany once the quota is used up, and counts nothing: for deeds of which only the failures count."""
    quota, now = QUOTAS[kind], int(time.time())
    window = now // quota.seconds * quota.seconds
    used = Tally.objects.filter(kind=kind, who=_hashed(kind, window, who), window=window)
    if used.filter(count__gte=rules.number(quota.rule, area=area)).exists():
        raise TooMany(window + quota.seconds - now)


def _hashed(kind: str, window: int, who: str) -> str:
    return blind(f"{kind}:{window}:{who}", "portal.tally")


def forget_tallies(*, by: Any = None) -> int:
    """What no window of today asks for any more."""
    return Tally.objects.filter(window__lt=int(time.time()) - 2 * DAY).delete()[0]
