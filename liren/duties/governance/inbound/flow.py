"""How a task from above goes: held against the lists, decided on when it is not on them, done, reported, confirmed."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from liren.core.duty import Refused
from liren.core.matters.flow import Ask, Clock, Flow, Move, Stage
from liren.core.matters.models import Entry, Matter

from .models import ARTICLES, InboundTask

SENDS = "inbound.send"
ADMITS = "inbound.admit"


def of(matter: Matter) -> InboundTask:
    """What the room keeps of a matter."""
    task: InboundTask = InboundTask.objects.select_related("item").get(matter=matter)
    task.matter = matter  # the very one that is being moved
    return task


def ordered(matter: Matter) -> tuple[datetime, str] | None:
    """The time that the sender ordered; it counts for what is not reported yet."""
    task = of(matter)
    if task.due_at is None or task.reported_at is not None:
        return None
    return task.due_at, f"{task.sender or '来件'}要求的时限"


def must_be_listed(matter: Matter, by: Any) -> str:
    """Begun without a decision is only what stands on one of the two lists."""
    item = of(matter).item
    if item is None:
        return "还没有对上清单。先点「对照清单」选一条；清单里没有的，交书记审核"
    if item.kind == "negative":
        return f"在负面清单里：{item.title}。请交书记审核"
    return ""


def must_be_admitted(matter: Matter, by: Any) -> str:
    """What was never taken on (withdrawn before) is not gone on with."""
    return "" if of(matter).is_admitted else "这件没有准入过。对方又要办的，请另收一件"


def must_have_sent(matter: Matter, by: Any) -> str:
    """Only who sent it from here answers for the sender here."""
    if by is not None and of(matter).sent_by_id == by.pk:
        return ""
    return "这件不是您派来的"


def begin_listed(matter: Matter, entry: Entry, *, by: Any) -> None:
    """On the list: admitted by the list itself."""
    task = of(matter)
    _admit(task, "assist" if task.item and task.item.kind == "assist" else "on_list", "", entry, by)


def take_with_reason(matter: Matter, entry: Entry, *, by: Any) -> None:
    """The secretary's yes: with the reason when it is on no list."""
    task = of(matter)
    listed = task.item is not None and task.item.kind != "negative"
    how = "taken" if not listed else "assist" if task.item and task.item.kind == "assist" else "on_list"
    _admit(task, how, entry.note, entry, by)


def _admit(task: InboundTask, how: str, reason: str, entry: Entry, by: Any) -> None:
    task.admission, task.admission_reason, task.article = how, reason[:300], ""
    task.admitted_by, task.admitted_at = by, entry.at
    task.save(update_fields=["admission", "admission_reason", "article", "admitted_by", "admitted_at"])
    lead_if_free(task.matter, entry, by=by)


def lead_if_free(matter: Matter, entry: Entry, *, by: Any) -> None:
    """Who takes it on leads it, unless it was given to somebody."""
    if matter.holder_id is None and by is not None:
        Matter.objects.filter(pk=matter.pk, holder=None).update(holder=by)
        matter.holder = by


def refuse_it(matter: Matter, entry: Entry, *, by: Any, article: str) -> None:
    """Keeps on what it was sent back; the letter says it."""
    task = of(matter)
    task.admission, task.article, task.admission_reason = "refused", article, entry.note[:300]
    task.admitted_by, task.admitted_at = by, entry.at
    task.save(update_fields=["admission", "article", "admission_reason", "admitted_by", "admitted_at"])


def ask_anew(matter: Matter, entry: Entry, *, by: Any) -> None:
    """What was decided is open again."""
    InboundTask.objects.filter(matter=matter).update(
        admission="", admission_reason="", article="", admitted_by=None, admitted_at=None
    )


def keep_basis(matter: Matter, entry: Entry, *, by: Any, basis: str = "") -> None:
    """The sender named a ground."""
    if basis:
        InboundTask.objects.filter(matter=matter).update(basis=basis[:300])


def keep_report(matter: Matter, entry: Entry, *, by: Any, minutes: int = 0) -> None:
    """Reported: when, and how long it took."""
    task = of(matter)
    task.reported_at = entry.at
    task.minutes += spent(minutes)
    task.save(update_fields=["reported_at", "minutes"])


def keep_minutes(matter: Matter, entry: Entry, *, by: Any, minutes: int = 0) -> None:
    """How long the last piece of it took."""
    if minutes:
        task = of(matter)
        task.minutes += spent(minutes)
        task.save(update_fields=["minutes"])


def spent(minutes: int) -> int:
    """Refuses what no day holds."""
    if not 0 <= minutes <= 24 * 60:
        raise Refused("用时按分钟写，一次不超过 1440 分钟")
    return minutes


def send_back(matter: Matter, entry: Entry, *, by: Any, again_by: datetime | None = None) -> None:
    """退回补正: counted; with a new time the clock is that one."""
    task = of(matter)
    task.times_returned += 1
    fields = ["times_returned"]
    if again_by is not None:
        if again_by <= timezone.now():
            raise Refused("要求补好的时间已经过了")
        task.due_at, task.reported_at = again_by, None
        fields += ["due_at", "reported_at"]
    task.save(update_fields=fields)


MINUTES = Ask("minutes", "这一段花了多少分钟", "whole", required=False, hint="只算事情花的工夫，不记是谁花的")
AGAIN = Ask("again_by", "要求什么时候补好", "moment", required=False)
BASIS = Ask("basis", "补来的依据", required=False, hint="文件名、文号或清单条目")
ENDS = ("done", "partly", "explained", "withdrawn")

INBOUND = Flow(
    stages=(
        Stage("received", "收到", "对照清单", Clock("governance.inbound_check"), said="社区已收到"),
        Stage("vetting", "准入审核", "书记审定接不接", Clock("governance.inbound_vet"), said="社区正在审核"),
        Stage("asked", "待补依据", "等来件单位补依据", Clock("governance.inbound_answer"), waits=True, said="请补依据"),
        Stage("doing", "办理中", "办好并上报", Clock("governance.inbound_finish", ordered=ordered), said="正在办理"),
        Stage("reported", "已上报", "等对方回音", Clock("governance.inbound_confirm"), waits=True, said="已上报，请查收"),
        Stage("done", "办结", said="已办结"),
        Stage("returned", "未准入退回", said="未准入，已退回"),
    ),
    moves=(
        Move(
            "take", "清单内，开始办", ("received",), "doing",
            guard=must_be_listed, effect=begin_listed, letter="b", icon="player-play", public=True,
        ),
        Move("vet", "清单外，交书记审核", ("received",), "vetting", letter="v", icon="gavel"),
        Move(
            "admit", "准入，接下来办", ("vetting", "asked"), "doing", ability=ADMITS,
            effect=take_with_reason, letter="b", icon="check", note_required=True, public=True,
            words="写清为什么接：清单外的事，理由要留下来",
        ),
        Move(
            "ask_sender", "请来件单位补依据", ("vetting",), "asked", ability=ADMITS,
            letter="w", icon="message", note_required=True, public=True,
        ),
        Move(
            "answered", "对方补了依据", ("asked",), "vetting",
            asks=(BASIS,), effect=keep_basis, letter="g", icon="arrow-right", note_required=True,
        ),
        Move(
            "supply", "补依据", ("asked",), "vetting", ability=SENDS,
            asks=(BASIS,), guard=must_have_sent, effect=keep_basis, note_required=True, public=True,
        ),
        Move(
            "refuse", "不予准入，退回", ("vetting", "asked"), "returned", ability=ADMITS,
            asks=(Ask("article", "凭什么退回", "choice", choices=ARTICLES),), outcomes=("not_admitted",),
            effect=refuse_it, letter="x", icon="arrow-back-up", note_required=True, public=True,
        ),
        Move(
            "report", "上报", ("doing",), "reported",
            asks=(MINUTES,), effect=keep_report, letter="s", icon="send", public=True,
        ),
        Move(
            "send_back", "对方退回补正", ("reported",), "doing",
            asks=(AGAIN,), effect=send_back, letter="t", icon="arrow-back-up", note_required=True,
        ),
        Move(
            "return_it", "退回补正", ("reported",), "doing", ability=SENDS,
            asks=(AGAIN,), guard=must_have_sent, effect=send_back, note_required=True, public=True,
        ),
        Move(
            "accept", "收到，办结", ("reported",), "done", ability=SENDS,
            outcomes=("done",), guard=must_have_sent, public=True,
        ),
        Move(
            "close", "办结", ("doing", "reported"), "done",
            asks=(MINUTES,), outcomes=ENDS, effect=keep_minutes, letter="e", icon="circle-check", public=True,
        ),
        Move(
            "withdraw", "对方撤回了", ("received", "vetting", "asked"), "done",
            outcomes=("withdrawn",), letter="c", icon="x", note_required=True,
        ),
        Move("reopen", "接着办", ("done",), "doing", letter="r", icon="refresh", note_required=True, guard=must_be_admitted),
        Move(
            "vet_again", "重新审核", ("returned",), "vetting", ability=ADMITS,
            effect=ask_anew, letter="r", icon="refresh", note_required=True,
        ),
    ),
    path=("received", "vetting", "doing", "reported", "done"),
)  # fmt: skip
