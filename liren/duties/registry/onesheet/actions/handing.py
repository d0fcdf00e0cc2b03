"""Handing out: the filled form as it leaves — what for, on what ground, to whom — and a link that ends by itself."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.audit.actions import record
from liren.core.documents.actions import content_of, receive
from liren.core.duty import Refused
from liren.core.people.models import Person
from liren.core.rules import number
from liren.core.sheets.outgoing import locked

from ...files.exporting import BASES
from ..arranging import filled_now, on_paper, snapshot_of, typed_in
from ..filling import Filled
from ..marking import marked
from ..models import Filling, HandOut
from .turns import handed_in


@dataclass(frozen=True, slots=True)
class _Made:
    """What leaves: the file, its PDF, what they tell; and what they were made from."""

    done: Filled
    content: bytes
    sealed: bytes
    of: tuple[Any, ...]


def hand_out(
    filling: Filling,
    *,
    purpose: str,
    basis: str,
    receiver: str,
    password: str = "",
    paper: bool = False,
    by: Any,
) -> HandOut:
    """The filled form as it leaves, on paper too where it is to be sealed. Refuses without purpose, ground and receiver;
    one trace, and one for each person whose whole numbers stand in it.
    """
    _refuse_unless_stated(purpose, basis, receiver, by)
    # Filling, locking and setting in type take seconds: not while others wait for the database.
    made = _made(filling, purpose, receiver, password, paper, by)
    done = made.done
    with transaction.atomic():
        _refuse_if_changed(filling, made, by)
        kept = {"community": filling.community, "purpose": "一表通交表", "by": by}
        document = receive(made.content, name=f"{filling.name}.{done.ending}", **kept)
        handout = HandOut.objects.create(
            community=filling.community, filling=filling, document=document, by=by,
            paper=receive(made.sealed, name=f"{filling.name}.pdf", **kept) if made.sealed else None,
            on=datetime.date.fromisoformat(done.report.on),
            purpose=purpose, basis=basis, receiver=receiver, ending=done.ending, rows=len(done.report.lines),
            locked=bool(password), snapshot=snapshot_of(done),
            until=timezone.now() + datetime.timedelta(hours=number("onesheet.link_hours")),
        )  # fmt: skip
        record(
            "onesheet.hand_out", target=handout, community=filling.community, purpose=purpose, receiver=receiver,
            basis=basis, rows=handout.rows, uncertain=done.report.uncertain, locked=handout.locked, paper=paper,
            by=by,
        )  # fmt: skip
        _note_each(filling, done, purpose, receiver, by)
        handed_in(filling, handout=handout, by=by)
    return handout


def previewed(filling: Filling, *, by: Any) -> bytes:
    """How the form looks on paper, numbers masked, marked as no good for handing on. Traced: names stand in it."""
    _refuse_without_right(by)
    done = filled_now(filling, by, masked=True)
    mark = f"{by.name} 预览，不作数 · 号码遮住中间 · 要盖章请点「交表」"
    content = on_paper(filling, done, marked(done.content, done.ending, mark), mark)
    with transaction.atomic():
        record(
            "onesheet.preview",
            target=filling,
            community=filling.community,
            rows=len(done.report.lines),
            by=by,
        )
    return content


def _made(filling: Filling, purpose: str, receiver: str, password: str, paper: bool, by: Any) -> _Made:
    of = _made_from(filling, by)
    done = filled_now(filling, by)
    when = f"{timezone.localtime():%Y-%m-%d %H:%M}"
    mark = f"{by.name} {when} 导出 · 用途：{purpose} · 交给：{receiver} · 含个人信息，用后删除"
    content = marked(done.content, done.ending, mark)
    sealed = on_paper(filling, done, content, mark, password) if paper else b""
    return _Made(done, locked(content, password) if password else content, sealed, of)


def _made_from(filling: Filling, by: Any) -> tuple[Any, ...]:
    """What was said of the form, and what its maker may see."""
    said = (filling.told, filling.people_told, typed_in(filling), filling.as_of)
    about = (filling.target_kind, filling.target, filling.document_id)
    return (*said, *about, by.scope(), by.lines_in(filling.community))


def _refuse_if_changed(filling: Filling, made: _Made, by: Any) -> None:
    """While it was being made another window may have changed the form, or a post may have ended."""
    by.refresh_from_db(fields=["is_active"])
    by.forget_posts()
    _refuse_without_right(by)
    now = Filling.objects.select_for_update(of=("self",)).select_related("community").get(pk=filling.pk)
    if _made_from(now, by) != made.of:
        raise Refused("这张表刚才又改过，还没有交出去。请看一眼再交")


def _refuse_without_right(by: Any) -> None:
    if not by.can("people.export"):
        raise Refused("您的岗位不能交表，请找社区书记或条线社工")


def _refuse_unless_stated(purpose: str, basis: str, receiver: str, by: Any) -> None:
    _refuse_without_right(by)
    if len(purpose.strip()) < 4:
        raise Refused("请写清楚交这张表做什么用，比如「六月高龄津贴发放」")
    if not receiver.strip():
        raise Refused("请写明交给谁")
    if basis not in BASES:
        raise Refused("请选一项依据")


def _note_each(filling: Filling, done: Any, purpose: str, receiver: str, by: Any) -> None:
    """Whose numbers leave whole may ask who took them."""
    numbered = any(cell.asked.endswith(("id_number", "phone")) for cell in done.report.cells)
    if not numbered:
        return
    pks = {line.key for line in done.report.lines if isinstance(line.key, int)}
    pks |= {cell.person for cell in done.report.cells if cell.person}
    for person in Person.objects.visible_to(by).filter(pk__in=pks).only("pk", "community_id"):
        record("people.export", target=person, purpose=purpose, receiver=receiver, what="onesheet", by=by)


@transaction.atomic
def fetch(handout: HandOut, *, paper: bool = False, by: Any) -> bytes:
    """The file of a hand-out, or its PDF. Refuses one whose link has ended."""
    if handout.is_over():
        raise Refused("这个下载链接过期了，请回到填表页重新交一次")
    if paper and handout.paper is None:
        raise Refused("这一次没有出 PDF，请重新交一次并勾上")
    handout.fetched += 1
    handout.save(update_fields=["fetched"])
    record("onesheet.fetch", target=handout, community=handout.community, paper=paper, by=by)
    return content_of(handout.paper if paper and handout.paper else handout.document)
