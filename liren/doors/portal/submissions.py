"""Submission (居民提交) and Draft (草稿): what residents hand in, and what they have begun."""

import secrets

from django.db import models
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.documents.models import Document
from liren.core.duty.prepared import Given, Prepared, key
from liren.core.matters.models import Attachment, Entry, Matter, Todo
from liren.core.places.models import Building
from liren.core.privacy.cipher import blind

from .accounts import OfCommunity, ResidentAccount

# No letter that looks or sounds like another: claim codes are copied by hand and read out on the phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
WHEN = (("any", "随时"), ("day", "白天"), ("evening", "晚上"), ("weekend", "周末"))


class Draft(models.Model):
    """Draft (草稿): a report between its steps. It belongs to the browser that holds its secret; in it there is no
    account and no address, so that what is handed in without a name has none.
    """

    community = models.ForeignKey(Area, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    anonymous = models.BooleanField(default=False)
    kind = models.CharField(max_length=40)
    cause = models.CharField(max_length=30, blank=True)
    words = models.TextField("怎么回事", blank=True, max_length=2000)
    at_home = models.BooleanField("就在我家", default=False)
    building = models.ForeignKey(Building, models.SET_NULL, null=True, blank=True, related_name="+")
    place = models.CharField("在哪里", max_length=80, blank=True)
    called = models.CharField("怎么称呼", max_length=20, blank=True)
    when = models.CharField("什么时候方便", max_length=10, choices=WHEN, default="any")
    keeps_name = models.BooleanField("不让邻居知道是我说的", default=False)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = OfCommunity.as_manager()

    class Meta:
        indexes = [models.Index(fields=["changed_at"], name="draft_changed")]

    def __str__(self) -> str:
        return f"草稿 {self.pk}"


class DraftPhoto(models.Model):
    """DraftPhoto (草稿照片): a photo that came with a draft, before there is a matter."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="photos")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.document_id}"


# What a page says of it; reading forty columns more for each takes longer than asking for them.
OWN = ("account", "community", "read_at", "reopened_at")
STANDING = (
    "kind", "flow_version", "stage", "number", "title", "opened_at", "closed_at", "archived_at", "outcome", "stars",
    "holder__name", "holder__username", "holder__phone",
)  # fmt: skip


class SubmissionQuerySet(OfCommunity):
    """Submissions, by whose they are."""

    def of(self, account: ResidentAccount | Given) -> "SubmissionQuerySet":
        """Those of one account, the latest first, and whether something in them was not read yet."""
        return self.filter(account=account).annotate(news=models.Exists(_unread())).order_by("-id")

    def with_matter(self) -> "SubmissionQuerySet":
        """With the matter and who holds it, as far as a page says it."""
        names = (f"matter__{name}" for name in STANDING)
        return self.select_related("matter__holder").only(*OWN, "matter__merged_into", *names)


def _unread() -> models.QuerySet[Entry]:
    """What colleagues wrote for the one who asked since they last looked."""
    return Entry.objects.for_asker().filter(
        matter=models.OuterRef("matter"), by__isnull=False, at__gt=models.OuterRef("read_at")
    )


class Submission(models.Model):
    """Submission (居民提交): the thread between a matter and the one who handed it in: an account, or a claim code."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    matter = models.OneToOneField(Matter, models.PROTECT, related_name="submission")
    account = models.ForeignKey(ResidentAccount, models.PROTECT, null=True, related_name="submissions")
    claim_hash = models.CharField(max_length=32, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(default=timezone.now)
    reopened_at = models.DateTimeField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["claim_hash"], condition=~models.Q(claim_hash=""), name="submission_claim_once"
            ),
            models.CheckConstraint(
                condition=models.Q(account=None) | models.Q(claim_hash=""), name="submission_one_owner"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}"

    @property
    def public_entries(self) -> list[Entry]:
        """What the one who asked may read, the newest first; nothing of other matters that went into this one."""
        return _STORY(matter=self.matter_id)

    @property
    def public_files(self) -> dict[int, list[Document]]:
        """What came with these entries, by entry."""
        found: dict[int, list[Document]] = {}
        for each in _SENT(matter=self.matter_id):
            found.setdefault(each.entry_id, []).append(each.document)
        return found

    @property
    def leading(self) -> Matter:
        """The matter by which it stands now: its own, or the one it was put together with."""
        return self.matter.merged_into or self.matter


def claim_code(token: str) -> str:
    """The code by which a report without a name is followed: made of the secret of the browser that wrote it, so that a
    double click gives the same one: ``7K3M-WQ9D-2XHT``.
    """
    number = int(blind(token, "portal.claim.code"), 16)
    figures = []
    for _ in range(12):
        number, rest = divmod(number, len(ALPHABET))
        figures.append(ALPHABET[rest])
    text = "".join(figures)
    return f"{text[:4]}-{text[4:8]}-{text[8:]}"


def claim_hash(code: str) -> str:
    """How a submission names its claim code; empty when it can be none."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    fits = len(plain) == 12 and all(sign in ALPHABET for sign in plain)
    return blind(plain, "portal.claim") if fits else ""


def new_token() -> str:
    """A secret for a browser."""
    return secrets.token_urlsafe(32)


_SHORT = Prepared(
    lambda: (
        Submission.objects.of(key("account"))
        .order_by()
        .values_list("matter__closed_at", "matter__merged_into", "matter__merged_into__closed_at", "news")
    )
)
_ALL = Prepared(lambda: Submission.objects.of(key("account")).with_matter()[:100])
_ONE = Prepared(
    lambda: Submission.objects.of(key("account")).with_matter().filter(matter=key("matter")).order_by()
)
_STORY = Prepared(
    lambda: (
        Entry.objects.for_asker()
        .filter(matter=key("matter"))
        .select_related("by")
        .only("matter", "at", "who", "what", "stage", "note", "particulars", "by__name", "by__username")
        .order_by("-at", "-id")
    )
)
_SENT = Prepared(
    lambda: Attachment.objects.filter(entry__matter=key("matter"), entry__public=True).select_related(
        "document"
    )
)


def _steps() -> models.QuerySet[Todo]:
    """Open main todos, as far as a page says them."""
    wanted = ("matter", "is_main", "done_at", "due_at", "paused_at")
    return Todo.objects.open().main().order_by().only(*wanted)


_STEPS_OF_ALL = Prepared(lambda: _steps().filter(matter__submission__account=key("account")))
_STEPS_OF_ONE = Prepared(lambda: _steps().filter(matter=key("matter")))


def in_short(account: ResidentAccount) -> tuple[int, int]:
    """How many of one account are being done, and how many have something new: one narrow query."""
    rows = _SHORT(account=account.pk)
    open_ones = sum((led if into else own) is None for own, into, led, _ in rows)
    return open_ones, sum(news for *_, news in rows)


def handed_in_by(account: ResidentAccount) -> list[Submission]:
    """The latest hundred of one account, with what says how they stand."""
    return _with_standing(_ALL(account=account.pk), _STEPS_OF_ALL(account=account.pk))


def one_of(account: ResidentAccount, matter: int) -> Submission | None:
    """The one about a matter, with what says how it stands; None for another's."""
    found = _ONE(account=account.pk, matter=matter)
    return next(iter(_with_standing(found, _STEPS_OF_ONE(matter=matter) if found else [])), None)


def _with_standing(rows: list[Submission], todos: list[Todo]) -> list[Submission]:
    """Tells each the open main todo, and what it went into."""
    steps = {todo.matter_id: todo for todo in todos}
    for row in rows:
        row.matter.tell_main(steps.get(row.matter_id))
    if any(row.matter.merged_into_id for row in rows):
        led = Matter.objects.select_related("holder").only(*STANDING).order_by()
        led = led.prefetch_related(models.Prefetch("todos", _steps()))
        models.prefetch_related_objects(rows, models.Prefetch("matter__merged_into", led))
    return rows
