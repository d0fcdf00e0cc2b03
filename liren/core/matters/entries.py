"""Entry (经过) and Attachment (材料): what happened to a matter, written once and never altered."""

from typing import Any, NoReturn

from django.db import models
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.documents.models import Document

from .matters import Matter
from .seeing import OfMatter


class EntryQuerySet(OfMatter):
    """Entries, by whose eyes they are for."""

    def for_asker(self) -> "EntryQuerySet":
        """Those that the one who asked may read."""
        return self.filter(public=True)

    def story(self, matter: Matter) -> "EntryQuerySet":
        """The history of a matter with that of those merged into it, the newest first."""
        # Asked as two things in one, a database walks through every matter there is.
        merged = Matter.objects.filter(merged_into=matter).order_by().values_list("pk", flat=True)
        return (
            self.filter(matter__in=[matter.pk, *merged]).select_related("by", "matter").order_by("-at", "-id")
        )

    def update(self, **kwargs: Any) -> NoReturn:
        """Never: entries are append-only; the database refuses as well."""
        raise TypeError("entries are append-only")

    def delete(self) -> NoReturn:
        """Never: entries are append-only; the database refuses as well."""
        raise TypeError("entries are append-only")


class Entry(models.Model):
    """Entry (经过): one thing that happened to a matter. `what` is the key of a move, or one of `WHAT`."""

    WHAT = {
        "open": "登记", "comment": "记事", "contact": "联系", "assign": "派给", "attach": "添材料",
        "hand_off": "转办", "urge": "督办", "return": "退回", "pause": "停表", "resume": "续表", "triage": "定缓急",
        "merge": "并入", "absorb": "并来", "split": "拆分", "follow": "跟进", "party": "添当事人", "link": "关联",
        "appraise": "评价", "archive": "归档", "circle": "知情人", "due": "定时限", "place": "改地点",
        "retitle": "改事由", "remind": "提醒", "overdue": "超过时限", "cause": "定原因",
    }  # fmt: skip

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="entries", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    # Who it was when it was nobody of the staff: 诉求人, 安居物业, 系统.
    who = models.CharField(max_length=60, blank=True)
    what = models.CharField(max_length=30)
    before = models.CharField(max_length=20, blank=True)
    stage = models.CharField(max_length=20)
    note = models.TextField(blank=True)
    particulars = models.JSONField(default=dict)
    public = models.BooleanField(default=False)
    # A token of the form that wrote it: a double click writes once.
    once = models.CharField(max_length=40, null=True)  # noqa: DJ001 — unique where there is one

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["matter", "once"], name="entry_once")]
        indexes = [models.Index(fields=["matter", "-at", "-id"], name="entry_story")]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.what}"

    @property
    def is_move(self) -> bool:
        """Whether it changed the stage."""
        return self.what not in self.WHAT

    @property
    def name(self) -> str:
        """What happened, in words."""
        move = self.matter.flow.move(self.what)
        return move.name if move else self.WHAT.get(self.what, self.what)

    @property
    def teller(self) -> str:
        """Who did it."""
        return str(self.by) if self.by else self.who or "系统"


class Attachment(models.Model):
    """Attachment (材料): a document that belongs to a matter, as what, and the entry with which it came."""

    ROLES = (("", "材料"), ("before", "整改前"), ("after", "整改后"), ("evidence", "依据"), ("voice", "录音"))

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="attachments")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="attachments")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    role = models.CharField(max_length=10, blank=True, choices=ROLES)
    caption = models.CharField(max_length=80, blank=True)

    objects = OfMatter.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.caption or str(self.document)
