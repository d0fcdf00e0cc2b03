"""Strange questions: whatever stands in an address, the answer is a page or a refusal, never a fault of the house."""

import pytest
from django.http import QueryDict

from . import crawling
from .access_table import TABLE

pytestmark = pytest.mark.django_db

ADDRESSES = dict(crawling.names())
# Too large a number, a figure that is none, days no clock can hold, nothing at all, what no keyboard types.
LONG = "9" * 30
STRANGE = (LONG, "²", "0001-01-01", "9999-12-31", "a..b", "\0", "😀" * 500, "|", "\u202e[{")
# One who works in the community, one who keeps the house, one who looks after traces, one of the street.
ASKING = ("secretary", "system_admin", "auditor", "street_section")


class Listening(QueryDict):
    """Parameters of an address that note under which names they are asked for."""

    heard: set[str] = set()

    def get(self, key, default=None):
        self.heard.add(key)
        return super().get(key, default)

    def getlist(self, key, default=None):
        self.heard.add(key)
        return super().getlist(key, default)

    def __contains__(self, key):
        self.heard.add(key)
        return super().__contains__(key)


@pytest.fixture
def heard(monkeypatch):
    """The names under which a page asks its address for something."""
    names = set()
    monkeypatch.setattr(Listening, "heard", names)
    monkeypatch.setattr("django.core.handlers.wsgi.QueryDict", Listening)
    return names


def faults(client, url, heard):
    """Each strange value for everything that the page asks for, at once and, where it hides behind another, alone."""
    heard.clear()
    crawling.ask(client, "get", url)
    crawling.ask(client, "get", f"{url}?" + "&".join(f"{name}=1" for name in sorted(heard)))
    for value in STRANGE:
        query = QueryDict(mutable=True)
        query.update(dict.fromkeys(sorted(heard), value))
        # The first parameter that refuses hides the others; the long number is the one that gets past most doors.
        for asked in (query, *(_each(heard, value) if value == LONG and len(heard) > 1 else [])):
            answer = crawling.ask(client, "get", f"{url}?{asked.urlencode()}")
            if answer.status_code >= 500:
                yield f"{url} {dict(asked)}"[:200]


def _each(names, value):
    for name in sorted(names):
        query = QueryDict(mutable=True)
        query[name] = value
        yield query


def pages(village):
    """Every address that can be looked at, with a record of ours where it is about one."""
    for name, route in ADDRESSES.items():
        noun = TABLE[name].noun if name in TABLE else ""
        if name in TABLE and TABLE[name].way not in {"deed", "reveal", "nowhere"}:
            yield name, next(crawling.address(name, route, noun, village.ours.get(noun)))


@pytest.mark.parametrize("who", ASKING)
def test_no_parameter_breaks_a_page(village, client_as, heard, who):
    village["ours"] = crawling.records(village, own=True)
    client = client_as(village[who])
    client.raise_request_exception = False
    wrong, asked = [], 0
    for name, url in pages(village):
        # What the secretary may see is asked once, by the secretary.
        if user_has(village.secretary, TABLE[name].ability) == (who == "secretary"):
            wrong += faults(client, url, heard)
            asked += 1
    assert asked
    assert not wrong, "\n".join(wrong)


def user_has(user, ability):
    """Whether any post of the user gives this; what asks for nothing everybody has."""
    return not ability or any(ability in post.grants.abilities for post in user.current_posts)
