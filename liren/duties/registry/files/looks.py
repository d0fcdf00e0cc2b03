"""Looks (谁看过): who saw the whole numbers or restricted labels of a person, or took them along in an export."""

from dataclasses import dataclass
from datetime import datetime

from liren.core.audit.models import Trace, target_of
from liren.core.people.models import Person

SHOWN = ("people.reveal", "people.export")
WHAT = {
    "paper": "证件号",
    "phone": "手机号",
    "contact": "联系人电话",
    "owner": "产权人电话",
    "label": "限定标签",
}
REASONS = {"handling": "办理需要", "identity": "核对身份", "emergency": "紧急联系"}


@dataclass(frozen=True)
class Look:
    """One look: when, who, at what, why."""

    at: datetime
    who: str
    what: str
    why: str


def looks_at(person: Person, *, limit: int | None = None) -> list[Look]:
    """Every look at this person, and at the records that went into theirs; newest first."""
    records = [person, *Person.objects.filter(merged_into=person)]
    traces = Trace.objects.filter(target__in=[target_of(r) for r in records], action__in=SHOWN).order_by(
        "-id"
    )
    return [_look(trace) for trace in (traces[:limit] if limit else traces)]


def _look(trace: Trace) -> Look:
    what = (
        "导出" if trace.action == "people.export" else WHAT.get(trace.particulars.get("what", ""), "完整号码")
    )
    return Look(trace.at, trace.user_name, what, trace.purpose)
