"""Comparing (对比): what is different from the last time this form went out, and where two forms of one day disagree."""

import json
from dataclasses import dataclass, field
from typing import Any

from liren.core.people.models import Person

from .models import Filling, HandOut

MOST = 30


@dataclass(frozen=True, slots=True)
class Difference:
    """One list or one figure, then and now."""

    label: str
    before: int
    now: int
    came: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(slots=True)
class Comparison:
    """Against the last time; `last` is None when there was none."""

    last: HandOut | None = None
    differences: list[Difference] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)


def compared(filling: Filling, snapshot: dict[str, Any], on: str, user: Any) -> Comparison:
    """What this filling says against the last one of its form, and against other forms of the same day."""
    found = Comparison()
    gone_out = HandOut.objects.visible_to(user).filter(community=filling.community).select_related("filling")
    last = gone_out.filter(filling__fingerprint=filling.fingerprint).exclude(filling=filling).first()
    if last is not None:
        found.last = last
        found.differences = _differences(last.snapshot, snapshot, user)
    others = gone_out.filter(on=on).exclude(filling__fingerprint=filling.fingerprint)[:20]
    for other in others:
        found.contradictions += _contradictions(other, snapshot)
    return found


def _differences(before: dict[str, Any], now: dict[str, Any], user: Any) -> list[Difference]:
    found = []
    for sheet, listed in now.get("lists", {}).items():
        then = before.get("lists", {}).get(sheet)
        if then is None:
            continue
        old, new = set(then["keys"]), set(listed["keys"])
        if old != new or then["count"] != listed["count"]:
            names = _names([*(old - new), *(new - old)], user)
            came = tuple(names[key] for key in new - old if key in names)
            left = tuple(names[key] for key in old - new if key in names)
            found.append(Difference(sheet, then["count"], listed["count"], came[:MOST], left[:MOST]))
    for key, figure in now.get("figures", {}).items():
        then = before.get("figures", {}).get(key)
        if then is not None and then["value"] != figure["value"]:
            found.append(Difference(figure["label"], then["value"], figure["value"]))
    return found


def _names(keys: list[Any], user: Any) -> dict[Any, str]:
    pks = [key for key in keys if isinstance(key, int)][:500]
    people = Person.objects.visible_to(user).filter(pk__in=pks)
    return dict(people.values_list("pk", "name"))


def _contradictions(other: HandOut, now: dict[str, Any]) -> list[str]:
    """The same question on the same day with two answers."""
    found = []
    for sheet, listed in now.get("lists", {}).items():
        for told in other.snapshot.get("lists", {}).values():
            same = json.dumps(told.get("tree"), sort_keys=True) == json.dumps(
                listed.get("tree"), sort_keys=True
            )
            if same and listed.get("tree") is not None and told["count"] != listed["count"]:
                found.append(
                    f"同一天的《{other.filling.name}》按同样的条件交了 {told['count']} 人，"
                    f"这张（{sheet}）是 {listed['count']} 人"
                )
    theirs = other.snapshot.get("figures", {})
    for key, figure in now.get("figures", {}).items():
        if key in theirs and theirs[key]["value"] != figure["value"]:
            found.append(
                f"同一天的《{other.filling.name}》里“{theirs[key]['label']}”是 {theirs[key]['value']}，"
                f"这张“{figure['label']}”是 {figure['value']}"
            )
    return found[:5]
