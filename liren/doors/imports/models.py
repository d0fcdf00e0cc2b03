"""ImportBatch (导入批次) and what belongs to it. All that was read from a roster lies sealed: it carries whole numbers."""

import json
from typing import Any

from django.db import models
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area, ByArea
from liren.core.documents.models import Document
from liren.core.people.models import Person, Source
from liren.core.privacy.cipher import seal, unseal


class BatchQuerySet(ByArea):
    """Batches, seen by those who work in the whole community: a roster is of the community, not of one grid."""

    area_field = "community"


class ImportBatch(models.Model):
    """ImportBatch (导入批次): the files dropped together, what was understood, what would change, and what became of it."""

    class State(models.TextChoices):
        READING = "reading", "正在读表"
        FAILED = "failed", "没能读懂"
        READY = "ready", "待写入"
        APPLYING = "applying", "正在写入"
        APPLIED = "applied", "已写入"
        UNDOING = "undoing", "正在撤销"
        UNDONE = "undone", "已撤销"
        ABANDONED = "abandoned", "已放弃"

    BUSY = (State.READING, State.APPLYING, State.UNDOING)

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.READING)
    # What the user is told: why it failed, or that it was interrupted and nothing was written.
    message = models.CharField(max_length=300, blank=True)
    counts = models.JSONField(default=dict)
    # The columns as the user corrected them: {"file:sheet:table": {"3": "phone"}}.
    mapping = models.JSONField(default=dict)
    source = models.ForeignKey(Source, models.PROTECT, null=True, related_name="+")
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    # Renewed by the job while it works; a busy batch whose pulse has stopped was interrupted.
    pulse_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """The key under which the register knows this batch."""
        return f"import-{self.pk}"

    @property
    def is_busy(self) -> bool:
        """Whether a job works on it now."""
        return self.state in self.BUSY


class OfBatch(ByArea):
    """What belongs to a batch is seen by who sees the batch."""

    area_field = "batch__community"

    def visible_to(self, user: Any) -> Any:
        """Seen with the batch."""
        return self.filter(batch__in=ImportBatch.objects.visible_to(user))


class ImportFile(models.Model):
    """ImportFile (导入文件): one file of a batch."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="files")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    notes = models.JSONField(default=list)

    objects = OfBatch.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class ImportTable(models.Model):
    """ImportTable (识别出的表): a table found on a sheet, and how its columns were understood."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="tables")
    file = models.ForeignKey(ImportFile, models.CASCADE, related_name="tables")
    key = models.CharField(max_length=200)
    sheet = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=200, blank=True)
    header_rows = models.CharField(max_length=20, blank=True)
    people = models.PositiveIntegerField(default=0)
    # [{"index": 3, "heading": "联系电话", "offer": "phones", "confidence": 0.98, "why": "…"}]
    columns = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64)

    objects = OfBatch.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.sheet} {self.title}".strip()


class ImportRow(models.Model):
    """ImportRow (导入行): one person as read, what the register says, and what is to be done."""

    class Verdict(models.TextChoices):
        NEW = "new", "新增"
        CHANGED = "changed", "变更"
        SAME = "same", "不变"
        ASK = "ask", "疑似重复"
        LEAVING = "leaving", "迁出"
        BLOCKED = "blocked", "有问题，不写入"

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    file = models.ForeignKey(ImportFile, models.CASCADE, related_name="+")
    place = models.CharField(max_length=80)
    row = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    # The person as read, as the codec writes them, sealed.
    sealed = models.BinaryField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    # For "ask": [{"person": 17, "evidence": ["姓名同音", "生日相同"]}].
    candidates = models.JSONField(default=list)
    # What would change, sealed JSON: [[fact, name, before, after], …], numbers masked.
    sealed_diff = models.BinaryField(default=b"")
    take = models.BooleanField(default=True)
    # The user's own decision for "ask": new, or the record it is.
    decided = models.CharField(max_length=10, blank=True)

    objects = OfBatch.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["batch", "verdict", "id"], name="row_verdict")]

    def __str__(self) -> str:
        return f"{self.place} {self.name}"

    @property
    def said(self) -> str:
        """The person as read, as the codec writes them."""
        return unseal(self.sealed)

    @property
    def diff(self) -> list[list[str]]:
        """What would change: fact, its name, before, after."""
        return unseal_json(self.sealed_diff) if self.sealed_diff else []


class ImportProblem(models.Model):
    """ImportProblem (导入问题): one thing wrong in one cell, why, and a proposed mend."""

    class State(models.TextChoices):
        OPEN = "open", "待处理"
        MENDED = "mended", "已改"
        IGNORED = "ignored", "已略过"

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="problems")
    file = models.ForeignKey(ImportFile, models.CASCADE, related_name="+")
    line = models.ForeignKey(ImportRow, models.CASCADE, null=True, related_name="problems")
    sheet = models.CharField(max_length=100, blank=True)
    row = models.PositiveIntegerField()
    field = models.CharField(max_length=30, blank=True)
    reason = models.CharField(max_length=30)
    # Whether somebody has to look: notes such as "this row was hidden" do not ask for anything.
    serious = models.BooleanField(default=True)
    # The sentence, the cell as it stands and the proposed mend, sealed JSON: [message, said, proposal].
    sealed = models.BinaryField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)

    objects = OfBatch.as_manager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["batch", "state", "id"], name="problem_state")]

    def __str__(self) -> str:
        return f"{self.sheet} 第{self.row}行 {self.reason}"

    @property
    def words(self) -> tuple[str, str, str]:
        """The sentence, the cell as it stands, the proposed mend."""
        message, said, proposal = unseal_json(self.sealed)
        return message, said, proposal


_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def seal_json(value: Any) -> bytes:
    """Any JSON value, sealed."""
    return seal(_compact(value))


def unseal_json(sealed: bytes | memoryview) -> Any:
    """The JSON value again."""
    return json.loads(unseal(sealed))


class HeaderMemory(models.Model):
    """HeaderMemory (对列记忆): how the columns of a kind of roster were mapped here last time."""

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    fingerprint = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    objects = BatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["community", "fingerprint"], name="header_memory_once")
        ]

    def __str__(self) -> str:
        return self.fingerprint
