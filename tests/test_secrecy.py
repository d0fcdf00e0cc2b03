"""Restricted matters (限定知情), measured: every address of the house, filled with the people, homes, papers and records
that such a matter is about, and every deed, are asked by those outside the circle once with the matter and once
without it. The two answers are the same, to the letter.
"""

import copy
import datetime
import itertools

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from liren.core.accounts.actions import give_post, open_account
from liren.core.audit.models import target_of
from liren.core.logbook.models import WorkRecord
from liren.core.matters.models import Attachment, Circle, Party, Todo
from liren.core.notices.models import Notice

from . import crawling
from .access_table import TABLE
from .secrecy import SECRET, happened, plain

pytestmark = pytest.mark.django_db

ADDRESSES = dict(crawling.names())
# Sees everything of the community, and is in no circle: asked most closely.
CLOSEST = "newcomer"
# A line, the street, and those who keep the house. The grids and next door see less of the same;
# tests/test_restricted.py asks in the name of every role.
ASKING = (CLOSEST, "line_worker", "street_admin", "system_admin", "auditor")
OF_MATTERS = {"matter", "todo", "handoff", "circle", "party", "record", "document", "notice"}
LOOKS, DEEDS = {"page", "search", "count"}, {"form", "deed", "reveal", "import"}
# Where much comes together; what the others are asked beside the addresses of matters.
GATHERING = {*LOOKS, "print", "export"}
# One address for each of many ledgers, checks, numbers: answered by one view, asked by one.
MANY = {"ledgers:ledger", "ledgers:paper", "ledgers:export", "registry:check"}
FOR_MACHINES = {"desk:matter": "get", "desk:party_reveal": "post", "registry:reveal": "post"}
HTMX, JSON = {"HX-Request": "true"}, {"Accept": "application/json"}


@pytest.fixture
def world(village):
    village["ours"] = crawling.records(village, own=True)
    account = {
        "username": "newcomer",
        "name": "新来的",
        "password": "huai-yin-2026-里仁",
        "must_change": False,
    }
    village["newcomer"] = open_account(**account, by=None)
    return village


def came(world):
    """The secretary of another day: sees the whole community, and is in no circle."""
    give_post(world.newcomer, role="secretary", area=world.community, by=None)


def subjects(world, lead):
    """What the restricted matter is made of and about, by noun."""
    record = WorkRecord.objects.get(matter=lead)
    return {
        "matter": [lead, world.ours["matter"]],
        "party": list(Party.objects.filter(matter=lead)),
        "todo": list(Todo.objects.filter(matter=lead)),
        "circle": list(Circle.objects.filter(matter=lead)),
        "record": [record],
        "document": [each.document for each in Attachment.objects.filter(matter=lead)[:1]],
        "notice": list(Notice.objects.filter(user__in=(world.deputy, world.secretary))),
        "person": [world.child, world.ours["person"]],
        "household": [world.child.residences.open().get().household],
        "house": [lead.house],
        "building": [lead.house.building],
        "staff": [world.deputy],
        "post": list(world.deputy.current_posts),
        "area": [world.grid_2],
    }


def questions(world, lead):
    """Every address with each record that the matter touches: (name, url); other nouns with a record of ours."""
    about = subjects(world, lead)
    for name, route in ADDRESSES.items():
        if name not in TABLE or name == "desk:sign_out":
            continue
        for noun in crawling.REVEALED if name == "registry:reveal" else (TABLE[name].noun,):
            for record in about.get(noun) or [world.ours.get(noun)]:
                for url in crawling.address(name, route, noun, record):
                    yield name, url


def searches(world, lead):
    """What is asked for in an address: the words, the people, the homes, the matter itself."""
    own, child, house = world.ours["matter"].pk, world.child.pk, lead.house_id
    record = WorkRecord.objects.get(matter=lead)
    for said in (SECRET[:4], lead.number, world.child.name, lead.house.spelt):
        yield "desk:search", f"/search/?q={said}"
        yield "desk:matters", f"/matters/?q={said}"
        yield "desk:matter_others", f"/matters/{own}/others/?q={said}"
    for condition in (
        *(f"kind=governance.lead&state={state}" for state in ("open", "all", "overdue", "stuck")),
        f"person={child}", f"house={house}", f"building={lead.house.building_id}", f"parent={lead.pk}",
        f"holder={world.deputy.pk}&state=open", "urgency=urgent", "seal=护", "state=all",
    ):  # fmt: skip
        yield "desk:matters", f"/matters/?{condition}"
    for deed in ("note", "assign", "archive"):
        yield "desk:matters_several", f"/matters/several/?deed={deed}&m={lead.pk}&m={own}"
    for kind in ("governance.lead", "governance.errand"):
        where = f"where={lead.house.spelt}&person={child}"
        yield "desk:matter_doubles", f"/matters/new/{kind}/doubles/?{where}"
    for condition in (f"matter={lead.pk}", f"person={child}", f"at=house:{house}"):
        yield "ledgers:record_new", f"/ledgers/log/new/?{condition}"
    for condition in ("who=all", f"who=all&q={SECRET[:4]}", f"who=all&q={world.child.name}"):
        yield "ledgers:log", f"/ledgers/log/?{condition}"
    touched = [lead, record, world.child, lead.house, world.deputy, world.ours["person"]]
    touched += [each.document for each in Attachment.objects.filter(matter=lead)]
    for each in touched:
        yield "desk:traces", f"/traces/?target={target_of(each)}"


def sent(world, lead):
    """What a form is sent with, to go through wherever it can."""
    due = timezone.localtime(timezone.now() + datetime.timedelta(days=3))
    words = dict.fromkeys(
        ("note", "text", "what", "why", "brief", "title", "body", "caption", "answer"), "写一句"
    )
    return {
        **words, "m": [lead.pk, world.ours["matter"].pk], "deed": "note", "other": lead.pk, "matter": lead.pk,
        "to": world.line_worker.pk, "holder": world.line_worker.pk, "user": world.line_worker.pk, "how": "phone",
        "reached": "on", "reason": "visit", "kind": "governance.errand", "result": "done", "urgency": "urgent",
        "due_at": f"{due:%Y-%m-%dT%H:%M}", "people": [world.child.pk], "at": f"house:{lead.house_id}",
        "person": world.child.pk, "role": "affected", "with": world.child.pk,
    }  # fmt: skip


def walk(world, clients, urls, body):
    """Every answer to everybody, as it can be compared: who, how, where → what was said."""
    heard = {}
    for who, client in clients.items():
        cache.clear()
        for name, url in urls:
            for how in ways(world[who], name):
                method = {"htmx": "get", "json": FOR_MACHINES.get(name)}.get(how, how)
                headers = JSON if how == "json" else {} if how == "get" else HTMX
                facts = (body,) if method == "post" else ()
                heard[who, how, url] = spoken(client, method, url, *facts, headers=headers)
    return heard


def ways(user, name):
    """How a user asks at one address. Whom the table lets in nowhere is turned away before any record is sought."""
    line, closest = TABLE[name], user.username == CLOSEST
    barred = line.ability and not any(line.ability in post.grants.abilities for post in user.current_posts)
    of_matters = line.noun in OF_MATTERS
    if barred or not (closest or of_matters or (line.way in GATHERING and name not in MANY)):
        return
    if line.way != "deed":
        yield "get"
    if closest and line.way in LOOKS and name not in {*MANY, "desk:traces"}:
        yield "htmx"
    if line.way in DEEDS and (closest or of_matters):
        yield "post"
    if closest and name in FOR_MACHINES:
        yield "json"


def spoken(client, method, url, *facts, headers=None):
    """One answer whose changes are taken back: its status, where it leads, and its words."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        answer = getattr(client, method)(url, *facts, headers=headers)
        said = crawling.body(answer)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer.status_code, answer.headers.get("Location", ""), plain(said)


def test_nobody_outside_is_answered_otherwise_than_if_it_had_not_happened(world, client_as, time_machine):
    """Every address, about whatever the matter touches, with it and without it, at the very same moment."""
    time_machine.move_to(timezone.now(), tick=False)
    clients = {who: client_as(world[who]) for who in ASKING}
    for client in clients.values():
        client.raise_request_exception = False
    with transaction.atomic():
        lead = happened(world, house=world.ours["person"].house, reporter=world.ours["person"])
        came(world)
        urls = [*questions(world, lead), *searches(world, lead)]
        body = sent(world, lead)
        there = walk(world, clients, urls, body)
        transaction.set_rollback(True)
    world.newcomer.forget_posts()
    came(world)
    nowhere = walk(world, clients, urls, body)
    wrong = [
        f"{' '.join(key)}: {parting(*pair)}"
        for key in there
        if parting(*(pair := (there[key], nowhere[key])))
    ]
    assert len(there) > 500
    assert not [key for key, (status, *_) in there.items() if status >= 500], (
        "alike, but a fault of the house"
    )
    assert not wrong, "\n".join(wrong)


def parting(there, nowhere):
    """Where two answers part, in a few words; nothing if they do not."""
    if there[:2] != nowhere[:2]:
        return f"{there[:2]}, without it {nowhere[:2]}"
    lines = itertools.zip_longest(there[2].splitlines(), nowhere[2].splitlines(), fillvalue="")
    parted = ((one.strip(), other.strip()) for one, other in lines if one != other)
    return next((f"{one[:150]!r}, without it {other[:150]!r}" for one, other in parted), "")
