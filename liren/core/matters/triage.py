"""Triage (缓急): a score of the matter — never of a person — that explains itself point by point."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from liren.core.people.models import Label, Person
from liren.core.rules import number

from .models import Matter, Party

# Labels that say: somebody here cannot easily help themselves. Only that is said, never which (labels.toml, T1).
CARE = ("lives_alone", "disabled_elder", "disability", "child_in_need", "child_left_behind", "expectant")


@dataclass(frozen=True)
class Part:
    """So many points, and why."""

    points: int
    why: str


def weighed(matter: Matter) -> list[Part]:
    """Every reason that counts for this matter now, the heaviest first."""
    parts = [*_danger(matter), *_hours(matter), *_vulnerable(matter), *_again(matter), *_waited(matter)]
    return sorted((part for part in parts if part.points), key=lambda part: -part.points)


def level_of(score: int, matter: Matter) -> str:
    """急, 难, 愁 or 盼 by the thresholds of the rules."""
    for level in ("urgent", "hard", "worry"):
        if score >= number(f"matters.triage_{level}", area=matter.community):
            return level
    return "hope"


def _points(key: str, matter: Matter) -> int:
    return number(f"matters.points_{key}", area=matter.community)


def _danger(matter: Matter) -> Iterator[Part]:
    if matter.danger:
        yield Part(_points("danger", matter), "有人身或财产危险")
    if matter.of_kind.danger:
        yield Part(matter.of_kind.danger, f"{matter.of_kind.name}类事项")


def _hours(matter: Matter) -> Iterator[Part]:
    """A short limit by law or order weighs more; a first step within a day is the mark."""
    from liren.core.rules.limits import limit

    clock = matter.at_stage.clock
    key = clock.rule_for(matter) if clock else ""
    if not key:
        return
    known = limit(key, area=matter.area)
    if known.unit == "小时":
        yield Part(_points("hours" if known.value <= 2 else "day", matter), f"规定{known.words}内办")


def _vulnerable(matter: Matter) -> Iterator[Part]:
    people = [
        party.person_id
        for party in Party.objects.filter(matter=matter).exclude(role__in=("against", "partner"))
        if party.person_id
    ]
    if not people:
        return
    area = matter.community
    ages = [age for person in Person.objects.filter(pk__in=people) if (age := person.age()) is not None]
    if any(age >= number("people.senior_age", area=area) for age in ages):
        yield Part(_points("senior", matter), "涉及高龄老人")
    elif any(age < number("people.guarded_age", area=area) for age in ages):
        yield Part(_points("child", matter), "涉及未满十四岁的孩子")
    if Label.objects.filter(person_id__in=people, code__in=CARE, to_on=None).exists():
        yield Part(_points("care", matter), "涉及需要多照应的人")


def _again(matter: Matter) -> Iterator[Part]:
    """The same trouble at the same place not long ago."""
    if not matter.house_id and not matter.building_id:
        return
    since = timezone.now() - timedelta(days=number("matters.repeat_days", area=matter.community))
    place: dict[str, Any] = (
        {"house_id": matter.house_id} if matter.house_id else {"building_id": matter.building_id}
    )
    before = Matter.objects.filter(
        community_id=matter.community_id, kind=matter.kind, cause=matter.cause, opened_at__gte=since,
        key__lt=matter.key, restricted=matter.restricted, **place,
    ).count()  # fmt: skip
    if before:
        yield Part(min(before, 3) * _points("repeat", matter), f"同一处同类事项第 {before + 1} 次")


def _waited(matter: Matter) -> Iterator[Part]:
    days = (timezone.now() - matter.opened_at).days
    weeks = min(days // 7, 4)
    if weeks:
        yield Part(weeks * _points("week", matter), f"已等 {days} 天")
