"""The crawler of the access tests: every address of the house, filled from the village, asked by everybody."""

import copy
import datetime
import io
import itertools
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from PIL import Image

from liren.core.accounts.models import Post, SignIn
from liren.core.documents.actions import receive_attachment
from liren.core.documents.cleaning import cleaned
from liren.core.documents.links import link_to
from liren.core.logbook.actions import write_record
from liren.core.matters.actions import PartyDraft, ask_colleague, hand_off, move, open_matter
from liren.core.matters.models import Circle, Party
from liren.core.notices.actions import tell_user
from liren.core.notices.models import Channel, Message
from liren.core.people.actions import merge, put_label, register_many
from liren.core.people.drafts import PersonDraft
from liren.core.people.models import Hukou, IdentityPaper, Label, Merge, Person, Phone, Relation
from liren.core.places.models import Estate
from liren.core.privacy.cipher import seal
from liren.core.sheets.ledgerbook import all_ledgers
from liren.doors.imports.actions.batches import start_batch
from liren.doors.imports.actions.reading import read_batch
from liren.doors.imports.models import ImportProblem, ImportRow, ImportTable
from liren.doors.portal.actions import announce, ask_staff
from liren.doors.portal.models import ResidentAccount
from liren.duties.governance.appeals.orders.actions import receive_orders
from liren.duties.governance.hazards.actions import add_photos, begin_round
from liren.duties.governance.hazards.models import CheckPoint, HazardPaper
from liren.duties.governance.inbound.actions import add_item, add_own, receive_task, send_task
from liren.duties.governance.inbound.models import CalendarChoice
from liren.duties.registry.models import DoubtfulPair, SavedView
from liren.duties.registry.onesheet.actions import begin_filling, hand_out, keep_template
from liren.duties.registry.quality.checks import CHECKS
from liren.sample.tests.blank_forms import listed

# One whole row and one with a number that lost digits.
ROSTER = """序号,姓名,性别,身份证号,楼号,室号,联系电话
1,{0},女,310199195503120027,3号楼,101,13900000001
2,{1},男,31019919550,3号楼,102,13900000002
"""
# What the eye can open.
REVEALED = ("paper", "phone", "contact", "label", "owner")
OURS, THEIRS = ("严守密", "石如金"), ("柳暗明", "花又村")


def names(resolver: Any = None, space: str = "") -> Iterator[tuple[str, str]]:
    """Every address: its full name and its route."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from names(entry, inner)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", str(entry.pattern)


def arguments(route: str) -> list[str]:
    """The names of the arguments of a route."""
    return re.findall(r"<(?:\w+:)?(\w+)>", route)


def furnish_next_door(village: Any) -> None:
    """Gives the neighbours what our own community has: a label, a contact, a merge."""
    by, senior = village.outsider, village.outside_senior
    put_label(senior, code="volunteer", evidence="志愿者登记表", by=by)
    facts = {"community": village.neighbour, "person": senior, "source": village.neighbour_source}
    Relation.objects.create(
        kind="contact", other_name="柳叶青", said="侄女", other_phone_sealed=seal("13911112222"), **facts
    )
    draft = PersonDraft(name="柳三妹", sex="2", birth="1942", house=senior.house, household_key="again")
    [again] = register_many([draft], community=village.neighbour, source=village.neighbour_source, by=by)
    merge(senior, again, evidence="同名同住", by=by)


def records(village: Any, *, own: bool) -> dict[str, Any]:
    """One record of each noun: of our community, or of the one next door."""
    community = village.community if own else village.neighbour
    person = village.alone if own else village.outside_senior
    staff = village.line_worker if own else village.outsider_worker
    batch = _batch(community, village.secretary if own else village.outsider, OURS if own else THEIRS)
    return {
        "person": person,
        "phone": Phone.objects.filter(person=person).first(),
        "paper": IdentityPaper.objects.filter(person=person).first(),
        "owner": _owned(village.house if own else village.neighbour_house),
        "label": Label.objects.get(person=person, code="volunteer"),
        "contact": Relation.objects.get(person=person),
        "merge": Merge.objects.get(community=community),
        "view": SavedView.objects.create(
            owner=village.secretary if own else village.outsider,
            community=community,
            name="八十以上",
            shared=True,
        ),
        "pair": _pair(person, village.old_husband if own else village.outside_namesake),
        "household": person.residences.open().get().household,
        "house": village.house if own else village.neighbour_house,
        "building": village.tower if own else village.neighbour_building,
        "document": _document(community, village.secretary if own else village.outsider),
        "batch": batch,
        "row": ImportRow.objects.filter(batch=batch).first(),
        "problem": ImportProblem.objects.filter(batch=batch).first(),
        "table": ImportTable.objects.filter(batch=batch).first(),
        "resident_request": _asked(community, "岳重山" if own else "柳回春"),
        "announcement": announce(community, title="量血压", text="周三上午来量血压", by=staff),
        "staff": staff,
        "post": Post.objects.get(user=staff),
        "area": village.grid_1 if own else village.neighbour_grid,
        "record": write_record(
            text="上门看望", people=[person], by=village.secretary if own else village.outsider
        ),
        **_notices(community, staff),
        **_ledger(community, person, staff),
        **_appeals(community, staff),
        **_forms(community, village.secretary if own else village.outsider),
        **_inbound(community, staff, village.street_section if own else village.street_admin),
        **_hazards(village.tower if own else village.neighbour_building, staff),
        "sign_in": SignIn.objects.create(
            user=staff, session_hash=f"{own}", device="电脑", address="10.0.0.1"
        ),
    }


def _document(community: Any, by: Any) -> Any:
    facts = {"name": "现场.jpg", "community": community, "purpose": "事项附件"}
    return receive_attachment(_jpeg(), **facts, by=by)


def _jpeg() -> bytes:
    photo = io.BytesIO()
    Image.new("RGB", (8, 6), "teal").save(photo, "JPEG")
    return photo.getvalue()


def _notices(community: Any, staff: Any) -> dict[str, Any]:
    channel = Channel.objects.create(
        community=community, name="社工群", kind="wecom", address_sealed=seal("k" * 20), occasions=["urgent"]
    )
    message = Message.objects.create(
        community=community,
        channel=channel,
        template="notices.test",
        text="试发",
        key="1",
        tries_allowed=6,
        state="failed",
    )
    notice = tell_user(staff, text="有一件要办", key="1", community=community, by=None)
    return {"channel": channel, "message": message, "notice": notice}


def _ledger(community: Any, person: Any, staff: Any) -> dict[str, Any]:
    """A matter, and what belongs to it; one of which only the three of its circle may know."""
    facts = {"community": community, "by": staff}
    asker = PartyDraft(person=person, phone="13900001111")
    matter = open_matter("governance.errand", title="帮忙取药", house=person.house, parties=[asker], **facts)
    lead = open_matter("governance.lead", title="有人听见孩子哭", **facts)
    todo = ask_colleague(matter, "量血压", holder=staff, by=staff)
    handoff, _ = hand_off(matter, to="property", name="安居物业", brief="开门禁", by=staff)
    own = Circle.objects.filter(matter=lead).order_by("id").first()
    return {
        "matter": matter, "party": Party.objects.get(matter=matter), "todo": todo, "handoff": handoff, "circle": own,
    }  # fmt: skip


def _appeals(community: Any, staff: Any) -> dict[str, Any]:
    """An appeal, and a file of orders that waits for its yes."""
    matter = open_matter("governance.appeal", title="楼道灯不亮", community=community, by=staff)
    text = "工单编号,诉求内容\nA2026110001,楼道灯不亮".encode()
    file = receive_orders(community, content=text, name="工单.csv", system="12345", by=staff)
    return {"appeal": matter.appeal, "orders_file": file}


def _forms(community: Any, by: Any) -> dict[str, Any]:
    """A form from above, filled, remembered and handed out."""
    blank = listed("80周岁以上老年人花名册", "序号|姓名|年龄")
    filling = begin_filling(community, content=blank, name="高龄老人.xlsx", by=by)
    template = keep_template(filling, period="month", due_day=timezone.localdate().day, by=by)
    facts = {"purpose": "高龄津贴核对", "basis": "duty", "receiver": "街道民政科", "paper": True}
    turn = template.turns.get()
    return {
        "filling": filling,
        "template": template,
        "turn": turn,
        "hand_out": hand_out(filling, by=by, **facts),
    }


def _hazards(building: Any, staff: Any) -> dict[str, Any]:
    """A hazard of which a notice was given, a round under way, one of its points."""
    details = {"responsible_kind": "person", "responsible_name": f"{building.name}住户"}
    facts = {"title": "楼道堆物", "cause": "corridor", "source": "patrol", "details": details}
    matter = open_matter(
        "governance.hazard", community=building.community, building=building, by=staff, **facts
    )
    add_photos(matter, photos=[("楼道.jpg", cleaned(_jpeg(), name="楼道.jpg"))], role="before", by=staff)
    move(matter, "notice", deadline_on=timezone.localdate(), demand="搬走", by=staff)
    patrol = begin_round(building.area, building=building, by=staff)
    return {
        "hazard": matter.hazard, "hazard_paper": HazardPaper.objects.get(matter=matter), "round": patrol,
        "check_point": CheckPoint.objects.filter(building=building).first(),
    }  # fmt: skip


def _inbound(community: Any, staff: Any, sender: Any) -> dict[str, Any]:
    """A task from above, one that somebody of the street sent from here, an item of the lists and of the calendar."""
    matter = receive_task(community, title="报台账", details={"received_text": "报台账"}, by=staff)
    due = timezone.now() + datetime.timedelta(days=9)
    details = {"basis": "协助清单", "due_at": due, "sender_unit": "民政科"}
    [sent] = send_task([community], title="报人数", details=details, by=sender)
    item = {"kind": "assist", "title": "关爱走访", "basis": "街道协助清单"}
    return {
        "inbound": matter.inboundtask,
        "sent_task": sent.inboundtask,
        "duty_item": add_item(community, facts=item, by=None),
        "calendar_item": add_own(community, title="邻里节", month=5, kind="governance.activity", by=staff),
        "calendar_choice": CalendarChoice.objects.create(community=community, year=2026, key="gas_winter:11"),
    }


def _pair(*people: Any) -> Any:
    one, other = sorted(people, key=lambda person: person.pk)
    return DoubtfulPair.objects.create(community=one.community, one=one, other=other)


def _asked(community: Any, name: str) -> Any:
    account = ResidentAccount.objects.create(
        community=community, phone_hash="0", phone_sealed=seal("16000000000")
    )
    return ask_staff(account, name=name, place="3号楼", by=None)


def _owned(house: Any) -> Any:
    house.owner_name, house.owner_phone_sealed = "房东甲", seal("13922223333")
    house.save()
    return house


def _batch(community: Any, by: Any, people: tuple[str, str]) -> Any:
    batch = start_batch([("名册.csv", ROSTER.format(*people).encode())], community=community, by=by)
    return read_batch(batch)


def place_of(noun: str, record: Any) -> Any:
    """The area that decides who may know of a record; worked out here once more, from the rows alone."""
    if noun in {"phone", "paper", "label", "contact"}:
        return record.person.area
    if noun in {"row", "problem", "table"}:
        return record.batch.community
    if noun in {"channel", "message"}:
        return record.community
    if noun == "pair":
        return record.one.area  # both stand in one grid here
    if noun in {"party", "todo", "handoff", "circle", "appeal", "inbound", "hazard", "hazard_paper"}:
        return record.matter.area
    if noun in {
        "resident_request",
        "announcement",
        "orders_file",
        "filling",
        "template",
        "turn",
        "hand_out",
        "duty_item",
        "calendar_item",
        "calendar_choice",
    }:
        return record.community
    return {"merge": lambda: record.kept.area, "batch": lambda: record.community, "area": lambda: record}.get(
        noun, lambda: record.area
    )()


def may_know(user: Any, noun: str, record: Any) -> bool:
    """Whether a post reaches the record. Residents are no business of the three roles of the system."""
    if noun in {"sign_in", "notice"}:
        return record.user_id == user.pk
    if noun == "circle":  # of a restricted matter: those named, and nobody else
        return Circle.objects.filter(matter=record.matter, user=user, to_at=None).exists()
    if noun == "sent_task":  # by whoever sent it, and nobody else
        return record.sent_by_id == user.pk
    if noun == "document":  # by a link that was made for its sender
        return record.received_by_id == user.pk
    if noun == "staff":
        return user == record or any(
            own.area.covers(post.area) for own in user.current_posts for post in record.current_posts
        )
    if noun == "view":
        return any(
            record.community.covers(p.area) or p.area.covers(record.community)
            for p in user.current_posts
            if not p.grants.system
        )
    about_staff = noun in {"area", "post", "channel", "message"}
    place = place_of(noun, record)
    return any(
        post.area.covers(place) for post in user.current_posts if about_staff or not post.grants.system
    )


def address(name: str, route: str, noun: str, record: Any) -> Iterator[str]:
    """The address with its arguments: the record's number, every check of the quality room, one number of law."""
    choices = {
        "ledger": list(all_ledgers()),
        "what": [noun],
        "key": ["accounts.idle_minutes"],
        "check_key": [check.key for check in CHECKS],
        "kind_key": ["governance.errand"],
        "step_key": ["begin"],
    }
    if noun == "document":
        choices["token"] = [link_to(record, user=record.received_by).split("/")[-2]]
    wanted = arguments(route)
    for values in itertools.product(*(choices.get(argument, [record and record.pk]) for argument in wanted)):
        yield reverse(name, kwargs=dict(zip(wanted, values, strict=True)))


def ask(client: Client, method: str, url: str, **headers: str) -> Any:
    """One request whose changes are taken back, signing out included."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        answer = getattr(client, method)(url, headers=headers)
        b"".join(answer) if answer.streaming else answer.content
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def body(answer: Any) -> str:
    """Everything that an answer says; what lies in a packed workbook too."""
    raw = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if raw[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(raw)) as pack:
            raw = b"".join(pack.read(part) for part in pack.namelist())
    return raw.decode(errors="replace") + answer.headers.get("HX-Trigger", "")


def secrets_of(community: Any) -> set[str]:
    """What nobody else may ever read of the people of a community: names that are theirs alone, whole and masked
    numbers, and what a roster brought.
    """
    people = Person.objects.filter(community=community)
    elsewhere = set(Person.objects.exclude(community=community).values_list("name", flat=True))
    told = set(people.values_list("name", flat=True)) - elsewhere
    for row in [
        *IdentityPaper.objects.filter(community=community),
        *Phone.objects.filter(community=community),
    ]:
        told |= {row.number, row.masked}
    told |= set(ImportRow.objects.filter(batch__community=community).values_list("name", flat=True))
    told |= set(Relation.objects.filter(community=community).values_list("other_name", flat=True))
    told |= set(Hukou.objects.filter(community=community).values_list("address", flat=True))
    told |= set(Estate.objects.filter(community=community).values_list("name", flat=True))
    return {text for text in told - elsewhere if text}
