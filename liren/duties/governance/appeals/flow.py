"""How an appeal goes (诉求流程): accepted, the caller reached, worked on, answered, called back. And a joint matter."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from liren.core.duty import Refused
from liren.core.matters.flow import Ask, Clock, Flow, Move, Stage
from liren.core.matters.models import Entry, Matter, Party
from liren.core.rules import number

from . import classes
from .models import OBJECTIONS, Appeal


def of(matter: Matter) -> Appeal:
    """What the room keeps of a matter."""
    return Appeal.objects.get(matter=matter)


def class_of(matter: Matter) -> str:
    """By which the clock of solving runs."""
    return str(Appeal.objects.values_list("urgency_class", flat=True).get(matter=matter))


def ordered(matter: Matter) -> tuple[datetime, str] | None:
    """The time that the order itself names goes before that of its class."""
    due = Appeal.objects.values_list("due_at", flat=True).get(matter=matter)
    return (due, "派单平台载明的办理时限") if due else None


def can_be_reached(matter: Matter) -> bool:
    """Whether the one who asked left a name of the register or a number; an anonymous one cannot be called."""
    known = ~Q(person=None) | ~Q(phone_hash="")
    return Party.objects.filter(known, matter=matter, role="asker").exists()


def must_have_called(matter: Matter, by: Any) -> str:
    """已联系 needs the attempts written down: one that succeeded, or as many as the rule wants."""
    if not can_be_reached(matter):
        return ""
    calls = Entry.objects.filter(matter=matter, what="contact")
    tried = calls.count()
    if not tried:
        return "还没有联系记录。先记一次联系（什么时候、怎么联系的、说了什么），再点「已联系」"
    wanted = number("governance.appeal_attempts", area=matter.community)
    if tried < wanted and not calls.filter(particulars__reached=True).exists():
        return f"还没联系上诉求人，已试过 {tried} 次。试满 {wanted} 次仍联系不上，可以先办"
    return ""


def must_be_sent(matter: Matter, by: Any) -> str:
    """Only what a platform sent can be sent back."""
    return "" if of(matter).outer_system else "这件不是平台派来的工单，没有地方可退。不归社区管的，请转办"


def may_reopen(matter: Matter, by: Any) -> str:
    """Residents may have it begun again once; colleagues whenever it is needed."""
    most = number("governance.appeal_reopens", area=matter.community)
    if by is None and matter.reopened >= most:
        return f"已经重新办理过 {matter.reopened} 次了。还不满意，请直接打社区电话，或者拨 12345"
    return ""


def first_leads(matter: Matter, entry: Entry, *, by: Any) -> None:
    """首接负责: whoever takes it up first leads it to the end, unless it was given to somebody."""
    if matter.holder_id is None and by is not None:
        matter.holder = by
        matter.save(update_fields=["holder"])


def object_to(matter: Matter, entry: Entry, *, by: Any, objection: str) -> None:
    """Keeps why it should not have come here."""
    appeal = of(matter)
    appeal.objection, appeal.objected_at = objection, entry.at
    appeal.save(update_fields=["objection", "objected_at"])


def drop_objection(matter: Matter, entry: Entry, *, by: Any) -> None:
    """The platform did not agree: the order is ours."""
    Appeal.objects.filter(matter=matter).update(objection="", objected_at=None)


def keep_reply(matter: Matter, entry: Entry, *, by: Any, inner: str = "") -> None:
    """Keeps what was answered: the note for the one who asked, and what stays in the house."""
    appeal = of(matter)
    appeal.public_reply, appeal.private_reply, appeal.replied_at = entry.note, inner, entry.at
    appeal.save(update_fields=["public_reply", "private_reply", "replied_at"])


def need_proof(matter: Matter, entry: Entry, *, by: Any, proof: str = "") -> None:
    """无法解决，已说明 counts only with what it rests on."""
    if entry.particulars.get("outcome") != "explained":
        return
    if len(proof.strip()) < 4:
        raise Refused("「无法解决，已说明」要写清依据：哪条规定、谁答复的、怎么跟诉求人说的")
    Appeal.objects.filter(matter=matter).update(proof=proof.strip())


SOLVE = Clock(
    rule=classes.RULES[classes.USUAL],
    among=classes.RULES,
    chosen_by=class_of,
    from_opening=True,
    ordered=ordered,
)
CONTACT = Clock("governance.appeal_contact", among={"h2": "governance.appeal_contact_h2"}, chosen_by=class_of)

APPEAL = Flow(
    stages=(
        Stage("new", "待受理", "受理诉求", Clock("governance.appeal_accept"), pool=True, said="已收到"),
        Stage("calling", "待联系", "联系诉求人", CONTACT, said="已受理，会有工作人员联系您"),
        Stage("doing", "办理中", "办好这件诉求", SOLVE, said="正在办理"),
        Stage("waiting", "等承办单位", "催问承办单位", Clock("governance.appeal_ask"), waits=True, said="正在协调有关单位"),
        Stage("replying", "待回复", "答复诉求人", Clock("governance.appeal_reply"), said="办好了，准备答复您"),
        Stage("visiting", "待回访", "回访诉求人", Clock("governance.appeal_revisit"), said="已答复，等您评价", rated=True),
        Stage("done", "已办结", said="已办结"),
        Stage("returned", "异议退单", said="已退回派单平台重新派单"),
    ),
    moves=(
        Move("accept", "受理", ("new",), "calling", effect=first_leads, letter="b", icon="player-play", public=True),
        Move(
            "reached", "已联系", ("calling",), "doing", guard=must_have_called, letter="l", icon="phone",
            words="先记联系，再往下办",
        ),
        Move("wait", "等承办单位", ("doing",), "waiting", letter="w", icon="clock", note_required=True, public=True),
        Move("go_on", "接着办", ("waiting",), "doing", letter="g", icon="arrow-right"),
        Move("ready", "办好了，准备答复", ("doing", "waiting"), "replying", letter="d", icon="check", note_required=True),
        Move(
            "reply", "答复", ("doing", "replying"), "visiting", effect=keep_reply, letter="a", icon="message",
            asks=(Ask("inner", "内部说明（诉求人看不到）", "text", required=False, hint="费用、难点、和谁商量过"),),
            note_required=True, public=True, words="说明就是给诉求人的答复，他看得到",
        ),
        Move(
            "close", "办结", ("visiting",), "done", effect=need_proof,
            asks=(Ask("proof", "无法解决的依据", "text", required=False, hint="选「无法解决，已说明」时必填"),),
            outcomes=("resolved", "partly", "explained", "transferred", "untrue"),
            letter="e", icon="circle-check", note_required=True, public=True,
        ),
        Move("again", "没解决，接着办", ("visiting",), "doing", letter="k", icon="refresh", note_required=True),
        Move(
            "withdraw", "诉求人撤回", ("new", "calling", "doing", "waiting"), "done", outcomes=("withdrawn",),
            icon="x", note_required=True, public=True, by_resident=True,
        ),
        Move(
            "object", "异议退单", ("new", "calling", "doing"), "returned", guard=must_be_sent, effect=object_to,
            asks=(Ask("objection", "为什么不该派给我们", "choice", choices=OBJECTIONS),), outcomes=("refused",),
            letter="o", icon="arrow-left", note_required=True,
        ),
        Move(
            "overruled", "异议没通过，受理", ("returned",), "calling", effect=drop_objection,
            icon="refresh", note_required=True,
        ),
        Move(
            "reopen", "重新办理", ("done",), "doing", guard=may_reopen, letter="r", icon="refresh",
            note_required=True, public=True, by_resident=True,
        ),
    ),
    path=("new", "calling", "doing", "replying", "visiting", "done"),
)  # fmt: skip

TOPIC = Flow(
    stages=(
        Stage("planning", "待定办法", "和各方商量，定下怎么办", Clock("governance.topic_plan")),
        Stage("doing", "整治中", "按定下的办法做", Clock("governance.topic_finish", from_opening=True)),
        Stage("done", "已见效"),
    ),
    moves=(
        Move("plan", "定下办法", ("planning",), "doing", letter="b", icon="player-play", note_required=True),
        Move(
            "finish", "办结", ("planning", "doing"), "done", outcomes=("resolved", "partly", "explained", "transferred"),
            letter="e", icon="circle-check", note_required=True,
        ),
        Move("reopen", "又冒头了，再办", ("done",), "doing", letter="r", icon="refresh", note_required=True),
    ),
    path=("planning", "doing", "done"),
)  # fmt: skip
