"""Notice (通知), Channel (对外通道) and Message (对外消息)."""

import datetime
import uuid
from typing import Any

from django.db import models
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.duty.prepared import Given

from .feeds import Feed
from .wording import occasions

__all__ = ["Channel", "Feed", "Message", "Notice"]


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices: each seen by the colleague to whom it is addressed, and nobody else."""

    def visible_to(self, user: User | Given) -> "NoticeQuerySet":
        """One's own; of a user who is `Given`, in a question put once."""
        return self.filter(user=user)

    def unread(self) -> "NoticeQuerySet":
        """Those not yet opened."""
        return self.filter(read_at=None)

    def unread_first(self) -> "NoticeQuerySet":
        """The unread on top, within each part the newest."""
        is_read = models.Case(models.When(read_at=None, then=0), default=1)
        return self.annotate(is_read=is_read).order_by("is_read", "-made_at", "-id")


class Notice(models.Model):
    """Notice (通知): one line in the inbox of a colleague, and where it leads. `key` keeps it from coming twice."""

    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    community = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    text = models.CharField(max_length=300)
    url = models.CharField(max_length=300, blank=True)
    icon = models.CharField(max_length=40, default="bell")
    key = models.CharField(max_length=160)
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["user", "-made_at"], name="notice_inbox"),
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.text


class Managed(models.QuerySet[Any]):
    """What belongs to those who look after the channels of a community; system roles too: no resident is in it."""

    def visible_to(self, user: User) -> Any:
        """Of the communities whose channels this user looks after."""
        areas = user.areas_for("notices.manage").communities()
        seen = models.Q(community__in=areas)
        if user.can("notices.manage") and not Area.objects.communities().exclude(pk__in=areas).exists():
            seen |= models.Q(community=None)
        return self.filter(seen)


class ChannelQuerySet(Managed):
    """Channels, by community and occasion."""

    def active(self) -> "ChannelQuerySet":
        """Those not switched off."""
        return self.filter(is_active=True)


class Channel(models.Model):
    """Channel (对外通道): the robot of a group, a list of mail addresses or a gateway, and what is told there."""

    class Kind(models.TextChoices):
        WECOM = "wecom", "企业微信群机器人"
        DINGTALK = "dingtalk", "钉钉群机器人"
        FEISHU = "feishu", "飞书群机器人"
        MAIL = "mail", "邮件"
        WEBHOOK = "webhook", "自建网关"

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # The address is a secret: who holds it can write into the group.
    address_sealed = models.BinaryField()
    hint = models.CharField(max_length=60)
    occasions = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ChannelQuerySet.as_manager()

    class Meta:
        ordering = ["-is_active", "name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "name"], condition=models.Q(is_active=True), name="channel_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def occasion_names(self) -> str:
        """What is told there, in words."""
        return "、".join(occasions()[key] for key in self.occasions if key in occasions())


class MessageQuerySet(Managed):
    """The outbox."""

    def open(self) -> "MessageQuerySet":
        """Those of which more is to come."""
        return self.filter(state__in=[Message.State.WAITING, Message.State.SENDING])

    def ready(self) -> "MessageQuerySet":
        """Those whose next try is due."""
        return self.filter(state=Message.State.WAITING, next_try_at__lte=timezone.now())

    def troubled(self) -> "MessageQuerySet":
        """Those at which a person has to look."""
        return self.filter(state__in=AT_A_PERSON)


class Message(models.Model):
    """Message (对外消息): one text to one channel or one phone. Written with the deed it tells of, sent by the worker.

    `sending` is kept before the network is touched: a message found in it after a crash may have arrived.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "等着发"
        SENDING = "sending", "正在发"
        SENT = "sent", "已发出"
        FAILED = "failed", "被拒收"
        UNCERTAIN = "uncertain", "不知到没到"
        GIVEN_UP = "given_up", "没发成"

    community = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    channel = models.ForeignKey(Channel, models.PROTECT, null=True, related_name="messages")
    phone_sealed = models.BinaryField(null=True)
    phone_hash = models.CharField(max_length=32, blank=True)
    phone_hint = models.CharField(max_length=20, blank=True)
    occasion = models.CharField(max_length=40, blank=True)
    template = models.CharField(max_length=60)
    # What a person may read later: codes are stars here. What is sent to a phone lies sealed until it is sent.
    text = models.TextField()
    text_sealed = models.BinaryField(null=True)
    key = models.CharField(max_length=160)
    # By this number a gateway knows a message that it already has.
    reference = models.UUIDField(default=uuid.uuid4, unique=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    tries_allowed = models.PositiveSmallIntegerField()
    next_try_at = models.DateTimeField(default=timezone.now)
    began_at = models.DateTimeField(null=True, blank=True)
    good_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "key"], name="message_once_to_a_channel"),
            models.UniqueConstraint(
                fields=["key"], condition=models.Q(channel=None), name="message_once_to_a_phone"
            ),
        ]
        indexes = [
            models.Index(fields=["community", "-made_at"], name="message_outbox"),
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state__in=["waiting", "sending"]),
                name="message_open",
            ),
            models.Index(fields=["phone_hash", "made_at"], name="message_phone"),
        ]

    def __str__(self) -> str:
        return f"{self.to} {self.get_state_display()}"

    @property
    def to(self) -> str:
        """Where it goes, in words; phones masked."""
        return self.channel.name if self.channel else self.phone_hint

    @property
    def is_over(self) -> bool:
        """Whether it is of no use any more: a code that nobody may enter now."""
        return self.good_until is not None and self.good_until <= timezone.now()

    @property
    def can_go_again(self) -> bool:
        """Whether a person may have it sent once more."""
        working = self.channel is None or self.channel.is_active
        return self.state in AT_A_PERSON and working and not self.is_over

    def pause(self, first: int, longest: int) -> datetime.timedelta:
        """How long to wait after the try just made: four times as long each time."""
        return datetime.timedelta(seconds=min(first * 4 ** max(0, self.tries - 1), longest))


AT_A_PERSON = (Message.State.FAILED, Message.State.UNCERTAIN, Message.State.GIVEN_UP)
