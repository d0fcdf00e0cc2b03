"""Restricted matters (限定知情): outside the named circle nothing tells that there is one — no page, search, count,
figure, export, print, feed, answer for machines, inbox or error message. Every address of the house is asked by every
role; tests/test_secrecy.py asks those about the people and homes, closely and with every deed.
"""

import json

import pytest
from django.test import Client
from django.urls import get_resolver

from liren.core.audit.models import target_of
from liren.core.logbook.models import WorkRecord
from liren.core.matters import actions
from liren.core.matters.models import Attachment, Circle, Entry, Handoff, Matter, MatterLink, Party, Todo
from liren.core.notices.models import Notice

from .secrecy import INSIDE, OUTSIDE, SECRET, happened

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(village):
    return happened(village)


def addresses(village, lead):
    """Every address of the house that can be asked with GET, filled with what the matter is made of and its people."""
    fillers = {
        "pk": str(lead.pk),
        "key": "governance.lead",
        "kind_key": "governance.lead",
        "number": lead.number,
    }
    found = []

    def walk(patterns, before=""):
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns, route)
                continue
            url = route
            for name, converter in (pattern.pattern.converters or {}).items():
                value = fillers.get(
                    name, str(lead.pk) if "Int" in type(converter).__name__ else "governance.lead"
                )
                for spelt in (
                    f"<int:{name}>",
                    f"<str:{name}>",
                    f"<slug:{name}>",
                    f"<path:{name}>",
                    f"<{name}>",
                ):
                    url = url.replace(spelt, value)
            if "<" not in url and "sign-out" not in url and "(" not in url and "^" not in url:
                found.append("/" + url)

    walk(get_resolver().url_patterns)
    searches = [f"/search/?q={SECRET[:4]}", f"/search/?q={lead.number}", f"/matters/?q={lead.number}"]
    lists = [f"/matters/?kind=governance.lead&state={state}" for state in ("open", "all", "overdue", "stuck")]
    return [
        *found,
        *searches,
        *lists,
        f"/matters/?person={village.child.pk}",
        f"/matters/?house={village.house.pk}",
    ]


def told(response):
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return content.decode("utf-8", "replace")


@pytest.mark.parametrize("key", OUTSIDE)
def test_no_address_tells_of_it(village, client_as, key):
    """What an outsider is shown with the matter there is, word for word, free of it."""
    lead = happened(village)
    client = client_as(village[key])
    asked = 0
    for url in addresses(village, lead):
        text = told(client.get(url))
        assert SECRET not in text, url
        # What the visitor typed may come back in the field of the search; a link or a row may not.
        typed = text.replace(f'value="{lead.number}"', "").replace(f"「{lead.number}」", "")
        typed = typed.replace(f"q={lead.number}", "")
        assert lead.number not in typed, url
        assert f"/matters/{lead.pk}/" not in text.replace(f'"{url}"', "").replace(f"next={url}", ""), url
        asked += 1
    assert asked > 100


@pytest.mark.parametrize("key", OUTSIDE)
def test_missing_and_forbidden_are_the_same(village, client_as, lead, key):
    client = client_as(village[key])
    for tail in (
        "",
        "move/report/",
        "comment/",
        "attach/",
        "assign/",
        "hand-off/",
        "circle/",
        "?format=json",
    ):
        there, nowhere = (client.get(f"/matters/{pk}/{tail}") for pk in (lead.pk, 1234567))
        assert there.status_code == nowhere.status_code, tail
        assert there.status_code in (403, 404)
        posted, lost = (client.post(f"/matters/{pk}/{tail}", {"note": "x"}) for pk in (lead.pk, 1234567))
        assert posted.status_code == lost.status_code, tail


@pytest.mark.parametrize("key", OUTSIDE)
def test_no_row_and_no_count(village, lead, key):
    user = village[key]
    for model in (Matter, Todo, Entry, Party, Attachment, Handoff, MatterLink, Circle):
        assert not model.objects.visible_to(user).exists(), model
    assert not Notice.objects.filter(user=user).exists()
    from liren.core.matters.seeking import counted

    for params in ({}, {"state": "open"}, {"kind": "governance.lead"}, {"house": str(village.house.pk)}):
        assert counted(user, params) == 0


@pytest.mark.parametrize("key", [key for key in OUTSIDE if not key.startswith("outsider")])
def test_no_number_and_no_trace_gives_it_away(village, client_as, lead, key):
    """Numbers run on in a series of their own, keys hold no count, and the trace keeps quiet."""
    plain = actions.open_matter(
        "governance.finding", community=village.community, title="路灯不亮", by=village.secretary
    )
    assert plain.number.endswith("-0001")
    user = village[key]
    if user.can("trace.read"):
        from liren.core.audit.models import Trace

        seen = Trace.objects.visible_to(user)
        assert not seen.filter(target=f"matters.matter:{lead.pk}").exists()
        assert not seen.filter(target__contains=str(lead.pk)).exists()
        assert not seen.filter(target__in=belongings(lead)).exists()
    text = json.dumps(plain.urgency_parts, ensure_ascii=False)
    assert "同一处" not in text


def belongings(lead):
    """How a trace names everything that hangs on it: its files and records, which are rows of their own."""
    files = {each.document for each in Attachment.objects.filter(matter=lead)}
    records = list(WorkRecord.objects.filter(matter=lead))
    files |= {each for record in records for each in record.photos.all()}
    named = {target_of(each) for each in (*files, *records)}
    assert len(files) == 4 and len(records) == 1
    return named


def test_every_trace_of_it_is_hidden(village, lead):
    """Of whatever hangs on it, no deed is left in the open for those who read traces."""
    from liren.core.audit.models import Trace

    mine = [target_of(lead), *belongings(lead)]
    assert Trace.objects.filter(target__in=mine, hidden=True).count() >= 10
    assert not Trace.objects.filter(target__in=mine, hidden=False).exists()


@pytest.mark.parametrize("key", INSIDE)
def test_the_circle_sees_it(village, client_as, lead, key):
    client = client_as(village[key])
    assert SECRET in told(client.get(f"/matters/{lead.pk}/"))
    assert SECRET in told(client.get("/matters/"))


def test_it_never_leaves_the_house(village, lead):
    from liren.core.duty import Refused
    from liren.core.notices.models import Message

    with pytest.raises(Refused, match="不能转给外面的人"):
        actions.hand_off(lead, to="property", name="物业", brief="去看看", by=village.deputy)
    assert not Message.objects.exists()
    plain = actions.open_matter(
        "governance.finding",
        community=village.community,
        title="路灯不亮",
        house=village.house,
        by=village.secretary,
    )
    for deed in (
        lambda: actions.merge(lead, into=plain, by=village.secretary),
        lambda: actions.link(plain, lead, by=village.secretary),
        lambda: actions.split(lead, title="别的", kind="governance.finding", by=village.secretary),
        lambda: actions.assign(lead, village.line_worker, by=village.secretary),
    ):
        with pytest.raises(Refused):
            deed()


def test_the_portal_knows_nothing(village, lead):
    visitor = Client()
    for url in ("/p/", "/p/mine/", f"/p/{village.community.code}/"):
        assert SECRET not in told(visitor.get(url, follow=True))
