"""Writing, correcting and withdrawing work records."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.documents.actions import receive_attachment
from liren.core.documents.kinds import PHOTO, Clean
from liren.core.duty import Refused
from liren.core.matters.models import Matter
from liren.core.people.models import Person
from liren.core.places.models import Building, House

from .kinds import KINDS
from .models import RecordCorrection, RecordKind, WorkRecord

LONGEST = 4000
MOST_PHOTOS = 9
MOST_PEOPLE = 30
A_DAY = 24 * 60
MOST_HEADS = 100_000
# Facts of a record that can be corrected, with the name under which the correction is shown.
NAMES = {
    "text": "做了什么",
    "on": "日期",
    "begun": "时间",
    "minutes": "用时",
    "kinds": "类别",
    "place": "地点",
    "house": "房屋",
    "building": "楼栋",
    "people": "涉及居民",
    "companions": "同去的人",
    "headcount": "到场人数",
    "matter": "关联事项",
}


@transaction.atomic
def write_record(
    *,
    text: str,
    kinds: Sequence[str] = (),
    on: datetime.date | None = None,
    begun: datetime.time | None = None,
    minutes: int | None = None,
    place: str = "",
    house: House | None = None,
    building: Building | None = None,
    people: Sequence[Person] = (),
    companions: str = "",
    headcount: int | None = None,
    matter: Matter | None = None,
    photos: Sequence[tuple[str, Clean]] = (),
    area: Area | None = None,
    once: str = "",
    by: Any,
) -> WorkRecord:
    """Writes one record where it happened; photos come cleaned, with their names. The same `once`, be it at the same
    moment, gives back the record that is there already.
    """
    if once and (known := WorkRecord.objects.filter(once=once, written_by=by).first()):
        return known
    given = {
        "text": text, "kinds": kinds, "on": on or timezone.localdate(), "begun": begun, "minutes": minutes,
        "place": place, "house": house, "building": building, "people": people, "companions": companions,
        "headcount": headcount, "matter": matter,
    }  # fmt: skip
    facts = _checked(given, by)
    _refuse_photos(photos, 0)
    where = area or _where(facts, by)
    own = _may_write_in(where, by)
    kinds, people = facts.pop("kinds"), facts.pop("people")
    written, anew = _row(once, by, **facts, community=own, area=where)
    if not anew:
        return written
    written.people.set(people)
    _keep_photos(written, photos, by)
    RecordKind.objects.bulk_create([RecordKind(record=written, kind=key) for key in kinds])
    record(
        "logbook.write", target=written, kinds=list(kinds), people=len(people), photos=len(photos),
        hidden=_is_hidden(written), by=by,
    )  # fmt: skip
    return written


def _row(once: str, by: Any, **columns: Any) -> tuple[WorkRecord, bool]:
    """The row, and whether it is new: of one form sent twice at once the second waits for the first, and finds it."""
    try:
        with transaction.atomic():
            return WorkRecord.objects.create(**columns, once=once or None, written_by=by), True
    except IntegrityError:
        known = WorkRecord.objects.filter(once=once, written_by=by).first() if once else None
        if known is None:
            raise
        return known, False


def _may_write_in(where: Area, by: Any) -> Area:
    """The community of a record written there; refuses those whose post does not write there."""
    if not by.can("logbook.write", where):
        raise Refused("这里不是您的片区，工作记录要由片区里的同事来写")
    own = where.community()
    if own is None:
        raise Refused("工作记录要写在某个社区里，请先选一处社区里的地点或居民")
    return own


@transaction.atomic
def correct_record(
    written: WorkRecord,
    *,
    facts: Mapping[str, Any],
    photos: Sequence[tuple[str, Clean]] = (),
    seen: int | None = None,
    by: Any,
) -> WorkRecord:
    """Corrects what the writer wrote, and keeps how it read before; photos are only added."""
    written = _held(written, seen, by)
    if unknown := set(facts) - set(NAMES):
        raise ValueError(f"a record has no {sorted(unknown)}")
    now = _facts_of(written)
    checked = _checked({**now, **facts}, by)
    changed = {key for key in NAMES if checked[key] != now[key]}
    if not changed and not photos:
        raise Refused("和原来一样，没有什么要改")
    _refuse_photos(photos, written.photos.count())
    RecordCorrection.objects.create(
        record=written, by=by, before={NAMES[key]: _said(key, now[key]) for key in NAMES if key in changed}
    )
    _put(written, checked, changed)
    _keep_photos(written, photos, by)
    record(
        "logbook.correct",
        target=written,
        fields=sorted(changed),
        photos=len(photos),
        hidden=_is_hidden(written),
        by=by,
    )
    return written


@transaction.atomic
def withdraw_record(written: WorkRecord, *, why: str, by: Any) -> WorkRecord:
    """Takes a record out of every ledger; the record itself and the reason stay. The writer may, and who tends the log."""
    written = WorkRecord.objects.select_for_update().select_related("area").get(pk=written.pk)
    if not written.is_written_by(by) and not by.can("logbook.tend", written.area):
        raise Refused("别人写的记录，请本人或社区书记来撤")
    if written.withdrawn_at:
        raise Refused("这条记录已经撤下了")
    if len(why.strip()) < 2:
        raise Refused("请写一句为什么撤下，比如「写错了日子，已另写一条」")
    written.withdrawn_at, written.withdrawn_by, written.withdrawn_why = timezone.now(), by, why.strip()[:100]
    written.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    record("logbook.withdraw", target=written, hidden=_is_hidden(written), by=by)
    return written


def _is_hidden(written: WorkRecord) -> bool:
    """Whether it is about a matter that only a named circle may know of."""
    return written.matter is not None and written.matter.restricted


def _held(written: WorkRecord, seen: int | None, by: Any) -> WorkRecord:
    """The record, locked; refuses whoever did not write it, and a correction of what was not read."""
    written = WorkRecord.objects.select_for_update().get(pk=written.pk)
    if not written.is_written_by(by):
        raise Refused("别人写的记录，只有本人能改")
    if written.withdrawn_at:
        raise Refused("这条记录已经撤下，不能再改")
    if seen is not None and seen != written.version:
        raise Refused("这条记录刚在别的窗口改过，请看过现在的样子再改")
    return written


def _checked(facts: dict[str, Any], by: Any) -> dict[str, Any]:
    """The facts tidied; refuses what cannot be."""
    facts = {**facts, "text": facts["text"].strip(), "kinds": [key for key in KINDS if key in facts["kinds"]]}
    facts["place"], facts["companions"] = facts["place"].strip()[:80], facts["companions"].strip()[:120]
    facts["people"] = sorted(facts["people"], key=lambda person: person.pk)
    if not facts["text"]:
        raise Refused("还没写做了什么，一句话就行")
    if len(facts["text"]) > LONGEST:
        raise Refused(f"一条记录最多 {LONGEST:,} 字，长的请分几条写")
    if facts["on"] > timezone.localdate():
        raise Refused("日子还没到。工作记录写做过的事")
    if facts["minutes"] is not None and not 0 < facts["minutes"] <= A_DAY:
        raise Refused("用时写 1 到 1,440 分钟；记不清可以不写")
    if facts["headcount"] is not None and not 0 <= facts["headcount"] <= MOST_HEADS:
        raise Refused("到场人数看着不对，请再看一眼")
    _refuse_strangers(facts, by)
    return facts


def _refuse_strangers(facts: Mapping[str, Any], by: Any) -> None:
    """Nobody writes about people or doors that they may not see."""
    people, house, building, matter = (facts[key] for key in ("people", "house", "building", "matter"))
    if len(people) > MOST_PEOPLE:
        raise Refused(f"一条记录最多连 {MOST_PEOPLE} 位居民；人多的会议、活动写人数就行")
    known = Person.objects.visible_to(by).filter(pk__in=[person.pk for person in people]).count()
    seen = known == len({person.pk for person in people})
    if house:
        seen = seen and House.objects.visible_to(by).filter(pk=house.pk).exists()
    if building:
        seen = seen and Building.objects.visible_to(by).filter(pk=building.pk).exists()
    if matter:
        seen = seen and Matter.objects.visible_to(by).filter(pk=matter.pk).exists()
    if not seen:
        raise Refused("有一位居民、一处房屋或一件事项不在您的片区里，请重新选")
    communities = {person.community_id for person in people}
    communities |= {each.community_id for each in (house, building, matter) if each}
    if len(communities) > 1:
        raise Refused("一条记录只写一个社区的事，两个社区的请分开写")


def _refuse_photos(photos: Sequence[tuple[str, Clean]], there: int) -> None:
    if there + len(photos) > MOST_PHOTOS:
        raise Refused(f"一条记录最多放 {MOST_PHOTOS} 张照片")
    for name, photo in photos:
        if photo.kind.family != PHOTO:
            raise Refused(f"「{name}」不是照片，工作记录里只放照片")


def _keep_photos(written: WorkRecord, photos: Sequence[tuple[str, Clean]], by: Any) -> None:
    kept = [
        receive_attachment(
            photo,
            name=name,
            community=written.community,
            purpose="工作记录",
            keep_time=True,
            hidden=_is_hidden(written),
            by=by,
        )
        for name, photo in photos
    ]
    written.photos.add(*kept)


def _where(facts: Mapping[str, Any], by: Any) -> Area:
    """The area of the door, building or people, or of the matter; their community when they lie in several grids; else
    one's own.
    """
    places = [place.area for place in (facts["house"], facts["building"], *facts["people"]) if place]
    places = places or ([facts["matter"].area] if facts["matter"] else [])
    if len({place.pk for place in places}) > 1:
        whole = places[0].community()
        return whole if whole and by.can("logbook.write", whole) else places[0]
    if places:
        return places[0]
    own = [post.area for post in by.current_posts if by.can("logbook.write", post.area)]
    if not own:
        raise Refused("您的岗位还不能写工作记录")
    return own[0]


def _facts_of(written: WorkRecord) -> dict[str, Any]:
    facts = {key: getattr(written, key) for key in NAMES if key not in ("kinds", "people")}
    return {**facts, "kinds": written.kind_keys, "people": sorted(written.people.all(), key=lambda p: p.pk)}


def _put(written: WorkRecord, facts: Mapping[str, Any], changed: set[str]) -> None:
    for key in changed - {"kinds", "people"}:
        setattr(written, key, facts[key])
    written.version += 1
    written.save()
    if "people" in changed:
        written.people.set(facts["people"])
    if "kinds" in changed:
        written.kinds.exclude(kind__in=facts["kinds"]).delete()
        there = set(written.kinds.values_list("kind", flat=True))
        RecordKind.objects.bulk_create(
            [RecordKind(record=written, kind=key) for key in facts["kinds"] if key not in there]
        )


def _said(key: str, value: Any) -> str:
    """A fact in words, for the history."""
    if key == "kinds":
        return "、".join(KINDS[each].name for each in value)
    if key == "people":
        return "、".join(person.name for person in value)
    if key == "begun":
        return f"{value:%H:%M}" if value else ""
    return "" if value is None else str(value)
