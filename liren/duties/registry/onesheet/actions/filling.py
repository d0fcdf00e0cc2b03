"""Forms from above: begun, told, filled by hand where nobody knows, handed out, kept for the next time."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.documents.actions import content_of, receive
from liren.core.duty import Refused
from liren.core.facts.reading import read
from liren.core.people import codes
from liren.core.people.actions import correct_person, open_source
from liren.core.people.facts.asked import lexicon
from liren.core.people.models import Person
from liren.core.rules import number
from liren.core.sheets.outgoing import locked

from ..files.exporting import BASES
from .arranging import filled_now, fingerprint_of, on_paper, snapshot_of, typed_in, typed_sealed
from .filling import subject_of_filling
from .marking import marked
from .models import Filling, FormTemplate, HandOut

KINDS = ("person", "household", "house")
# Typed answers that are plain facts of the register: column of the person, code table.
WRITABLE = {
    "work_unit": "",
    "education": "education",
    "marital": "marital",
    "political": "political",
    "employment": "employment",
    "ethnicity": "ethnicity",
    "nationality": "",
    "former_name": "",
}


@transaction.atomic
def begin_filling(community: Area, *, content: bytes, name: str, by: Any) -> Filling:
    """Takes a blank form. Refuses what cannot be read; one that is known already brings along what was said of it."""
    fingerprint = fingerprint_of(content)
    document = receive(content, name=name, community=community, purpose="一表通空表", by=by)
    template = FormTemplate.objects.in_use().filter(community=community, fingerprint=fingerprint).first()
    title = name.rsplit(".", 1)[0][:120]
    filling = Filling.objects.create(
        community=community,
        template=template,
        document=document,
        name=title,
        fingerprint=fingerprint,
        told=template.told if template else {},
        people_told=template.people_told if template else {},
        made_by=by,
    )
    record("onesheet.begin", target=filling, community=community, known=template is not None, by=by)
    return filling


@transaction.atomic
def fill_again(template: FormTemplate, *, by: Any) -> Filling:
    """The same form once more, as things are today. Refuses one that was put away."""
    if template.dropped_at:
        raise Refused("这张表样已经收起来了")
    filling = Filling.objects.create(
        community=template.community,
        template=template,
        document=template.document,
        name=template.name,
        fingerprint=template.fingerprint,
        told=template.told,
        people_told=template.people_told,
        as_of=timezone.localdate(),
        made_by=by,
    )
    record("onesheet.begin", target=filling, community=template.community, known=True, by=by)
    return filling


@transaction.atomic
def answer_place(filling: Filling, *, place: str, asked: str, by: Any) -> Filling:
    """Says what a heading means; empty leaves it blank. Refuses what nobody can answer."""
    if asked and lexicon().ask(asked) is None:
        raise Refused("没有这一项可选，请从列出的里选")
    filling.told = {**filling.told, place[:300]: asked}
    filling.save(update_fields=["told"])
    record("onesheet.answer", target=filling, community=filling.community, asked=asked or "留空", by=by)
    return filling


@transaction.atomic
def choose_target(filling: Filling, *, kind: str, pk: int, by: Any) -> Filling:
    """Says whom a card is about. Refuses somebody out of one's reach."""
    if kind not in KINDS:
        raise Refused("请选一位居民、一户或一套房")
    filling.target_kind, filling.target = kind, pk
    subject_of_filling(filling, by)
    filling.save(update_fields=["target_kind", "target"])
    record("onesheet.target", target=filling, community=filling.community, kind=kind, by=by)
    return filling


@transaction.atomic
def change_people(filling: Filling, *, sheet: str, tree: Any, by: Any) -> Filling:
    """Another condition for who stands in a sheet. Refuses what is no condition or not for this user."""
    read(tree, by)
    filling.people_told = {**filling.people_told, sheet[:60]: tree}
    filling.save(update_fields=["people_told"])
    record("onesheet.people", target=filling, community=filling.community, by=by)
    return filling


@transaction.atomic
def set_day(filling: Filling, *, on: datetime.date | None, by: Any) -> Filling:
    """The day for which it tells things. Refuses a day to come."""
    if on and on > timezone.localdate():
        raise Refused("还没到的日子填不了")
    filling.as_of = on
    filling.save(update_fields=["as_of"])
    record("onesheet.day", target=filling, community=filling.community, by=by)
    return filling


@transaction.atomic
def type_values(filling: Filling, *, values: Mapping[str, str], asked: Mapping[str, str], by: Any) -> int:
    """Keeps what was typed by hand, by place; what the register can hold of the card's person becomes a fact of
    today. Returns how many facts were written.
    """
    kept = typed_in(filling)
    for place, value in values.items():
        text = " ".join(value.split())[:200]
        if text:
            kept[place] = text
        else:
            kept.pop(place, None)
    filling.typed_sealed = typed_sealed(kept)
    filling.save(update_fields=["typed_sealed"])
    record("onesheet.type", target=filling, community=filling.community, places=len(values), by=by)
    return _facts_of_today(filling, values, asked, by)


def _facts_of_today(filling: Filling, values: Mapping[str, str], asked: Mapping[str, str], by: Any) -> int:
    pk = subject_of_filling(filling, by)
    facts = {}
    for place, value in values.items():
        key = asked.get(place, "")
        if key not in WRITABLE or not value.strip():
            continue
        code = codes.read(WRITABLE[key], value) if WRITABLE[key] else value.strip()
        if code:
            facts[key] = code
    if not facts or pk is None or not by.can("people.edit"):
        return 0
    person = Person.objects.visible_to(by).filter(pk=pk).first()
    if person is None:
        return 0
    source = open_source(community=filling.community, kind="desk", title=f"填《{filling.name}》时补记", by=by)
    correct_person(person, facts=facts, source=source, by=by)
    return len(facts)


@transaction.atomic
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
    done = filled_now(filling, by)
    when = f"{timezone.localtime():%Y-%m-%d %H:%M}"
    mark = f"{by.name} {when} 导出 · 用途：{purpose} · 交给：{receiver} · 含个人信息，用后删除"
    content = marked(done.content, done.ending, mark)
    kept = {"community": filling.community, "purpose": "一表通交表", "by": by}
    document = receive(
        locked(content, password) if password else content, name=f"{filling.name}.{done.ending}", **kept
    )
    sealed = on_paper(filling, done, content, mark, password) if paper else b""
    handout = HandOut.objects.create(
        community=filling.community, filling=filling, document=document, by=by,
        paper=receive(sealed, name=f"{filling.name}.pdf", **kept) if sealed else None,
        on=datetime.date.fromisoformat(done.report.on),
        purpose=purpose, basis=basis, receiver=receiver, ending=done.ending, rows=len(done.report.lines),
        locked=bool(password), snapshot=snapshot_of(done),
        until=timezone.now() + datetime.timedelta(hours=number("onesheet.link_hours")),
    )  # fmt: skip
    record(
        "onesheet.hand_out", target=handout, community=filling.community, purpose=purpose, receiver=receiver,
        basis=basis, rows=handout.rows, uncertain=done.report.uncertain, locked=handout.locked, paper=paper, by=by,
    )  # fmt: skip
    _note_each(filling, done, purpose, receiver, by)
    return handout


def _refuse_unless_stated(purpose: str, basis: str, receiver: str, by: Any) -> None:
    if not by.can("people.export"):
        raise Refused("您的岗位不能交表，请找社区书记或条线社工")
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


@transaction.atomic
def keep_template(
    filling: Filling, *, period: str, due_day: int | None = None, receiver: str = "", by: Any
) -> FormTemplate:
    """Remembers a form with what was said of it, for the next time."""
    known = FormTemplate.objects.in_use().filter(community=filling.community, fingerprint=filling.fingerprint)
    template = known.first() or FormTemplate(
        community=filling.community,
        document=filling.document,
        name=filling.name,
        fingerprint=filling.fingerprint,
        made_by=by,
    )
    template.told, template.people_told = filling.told, filling.people_told
    template.period, template.due_day, template.receiver = period, due_day, receiver.strip()
    template.save()
    filling.template = template
    filling.save(update_fields=["template"])
    record("onesheet.keep", target=template, community=filling.community, period=period, by=by)
    return template


@transaction.atomic
def drop_template(template: FormTemplate, *, by: Any) -> FormTemplate:
    """Puts a template away; what was filled by it stays."""
    if template.dropped_at:
        raise Refused("这张表样已经收起来了")
    template.dropped_at = timezone.now()
    template.save(update_fields=["dropped_at"])
    record("onesheet.drop", target=template, community=template.community, by=by)
    return template
