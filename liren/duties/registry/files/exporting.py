"""Exporting (导出名册): what leaves the register, for whom and why. Masked unless whole numbers were asked for with a
reason; restricted labels never leave; economic ones only by their line.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.audit.actions import record
from liren.core.duty import Refused
from liren.core.people.models import Person
from liren.core.sheets.outgoing import locked

from .asking import Asked
from .columns import Shown, allowed_columns
from .register import ordered, people_asked_for, rows_of
from .workbook import write

BIG = 1000
MOST = 50_000
# Each whole number that leaves is written down for the resident who may ask who saw it.
MOST_WHOLE = 500
CHUNK = 500
BASES = {
    "duty": "依法履行社区公共服务职责",
    "emergency": "突发事件应急或紧急保护生命财产",
    "consent": "居民本人同意",
    "request": "有权机关依法调取",
}


def people_to_export(user: Any, asked: Asked, communities: list[int] | None = None) -> Any:
    """Everybody the question means, never cut short."""
    plain = Asked(**{**asked.__dict__, "sort": asked.sort or "name"})
    return people_asked_for(user, plain, communities).people


@transaction.atomic
def export_people(
    people: Any,
    *,
    asked: Asked,
    columns: Sequence[str],
    purpose: str,
    receiver: str,
    basis: str,
    whole: bool = False,
    reason: str = "",
    password: str = "",
    confirmed: bool = False,
    by: Any,
) -> bytes:
    """An .xlsx of these people. Refuses without purpose, receiver, basis and permission; a big one without the tick; whole
    numbers without a reason. One trace for all, and one for each person whose numbers leave whole.
    """
    _refuse_unless_stated(purpose, receiver, basis, by)
    chosen = [each for each in allowed_columns(by) if each.key in columns]
    pks = list(ordered(people, asked.sort or "name").values_list("pk", flat=True)[: MOST + 1])
    _refuse_size(len(pks), confirmed)
    if whole:
        _refuse_whole(len(pks), reason, by)
    when = f"{timezone.localtime():%Y-%m-%d %H:%M}"
    mark = f"{by.name} {when} 导出 · 用途：{purpose} · 交给：{receiver} · 含个人信息，用后删除"
    content = write(
        ["姓名", *(each.name for each in chosen)],
        _lines(by, pks, chosen, asked, whole),
        mark=mark,
        numbers=[place for place, each in enumerate(chosen, 1) if each.number],
    )
    record(
        "people.export",
        community=by.community,
        purpose=purpose,
        rows=len(pks),
        columns=["person.name", *(each.key for each in chosen)],
        receiver=receiver,
        basis=basis,
        whole=whole,
        locked=bool(password),
        by=by,
    )
    if whole:
        _note_each(pks, reason, receiver, by)
    return locked(content, password) if password else content


def _refuse_unless_stated(purpose: str, receiver: str, basis: str, by: Any) -> None:
    if not by.can("people.export"):
        raise Refused("您的岗位不能导出名册，请找社区书记或条线社工")
    if len(purpose.strip()) < 4:
        raise Refused("请写清楚导出做什么用，比如「高温慰问 80 岁以上老人」")
    if not receiver.strip():
        raise Refused("请写明交给谁；自己用就写自己的名字")
    if basis not in BASES:
        raise Refused("请选一项依据")


def _refuse_size(size: int, confirmed: bool) -> None:
    if not size:
        raise Refused("没有人可以导出，先改改条件")
    if size > MOST:
        raise Refused(f"一次最多导出 {MOST:,} 人，请分几次")
    if size > BIG and not confirmed:
        raise Refused(f"这次有 {size:,} 人，超过 {BIG:,} 人。请勾上「确实需要这么多」再导出")


def _refuse_whole(size: int, reason: str, by: Any) -> None:
    if not by.can("people.reveal"):
        raise Refused("您的岗位不能带走完整号码")
    if len(reason.strip()) < 4:
        raise Refused("带完整号码要写明理由：为什么遮住的号码不够用")
    if size > MOST_WHOLE:
        raise Refused(f"带完整号码一次最多 {MOST_WHOLE} 人，请缩小范围，或导出遮住的号码")


def _note_each(pks: Sequence[int], reason: str, receiver: str, by: Any) -> None:
    for person in Person.objects.filter(pk__in=pks).only("pk", "community_id"):
        record("people.export", target=person, purpose=reason, receiver=receiver, what="export", by=by)


def _lines(
    user: Any, pks: Sequence[int], columns: list[Shown], asked: Asked, whole: bool
) -> Iterator[list[str]]:
    for start in range(0, len(pks), CHUNK):
        for row in rows_of(user, list(pks[start : start + CHUNK]), columns, asked):
            yield [row.person.name, *(_text(row, place, each, whole) for place, each in enumerate(columns))]


def _text(row: Any, place: int, column: Shown, whole: bool) -> str:
    if column.key == "paper":
        return "、".join(paper.number if whole else paper.masked for paper in row.person.open_papers)
    if column.key == "phones":
        return "、".join(phone.number if whole else phone.masked for phone in row.person.open_phones)
    if column.key == "labels":
        return "、".join(name for name, _ in row.cells[place].tags)
    if column.key == "person.verified":
        return row.person.verified_on.isoformat() if row.person.verified_on else ""
    if column.key == "person.birth":
        return str(row.person.birth)
    return str(row.cells[place].text)
