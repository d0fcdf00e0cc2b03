"""Kinds of work (工作类别): the closed catalogue of tags by which one record stands in many ledgers (handbook 3.8)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class WorkKind:
    """One kind: key, what workers call it, the ledger that inspectors ask for, and whether people are counted."""

    key: str
    name: str
    ledger: str
    title: str
    counted: bool = False


# The key of a kind stands in the database: names may change, keys may not.
KINDS: dict[str, WorkKind] = {
    kind.key: kind
    for kind in (
        WorkKind("visit", "走访", "民情日记", "民情日记（走访记录）"),
        WorkKind("meeting", "会议", "会议记录", "会议记录", counted=True),
        WorkKind("study", "学习", "学习记录", "学习记录", counted=True),
        WorkKind("publicity", "宣传", "宣传记录", "宣传工作记录", counted=True),
        WorkKind("activity", "活动", "活动记录", "活动记录", counted=True),
        WorkKind("patrol", "巡查", "巡查记录", "巡查记录"),
        WorkKind("shift", "值班", "值班记录", "值班记录"),
    )
}


def names_of(keys: list[str]) -> list[str]:
    """The kinds in words, in the order of the catalogue."""
    return [kind.name for key, kind in KINDS.items() if key in keys]
