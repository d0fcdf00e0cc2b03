"""The bench itself: small crowds, so that it runs when it is wanted."""

import json

import pytest
from django.core.management import call_command
from django.test import override_settings

from liren.core.accounts.models import User
from liren.core.people.models import Person, Phone, Residence
from liren.core.people.search import find_people
from liren.sample.bench import crowd, databases, imports, pages, search
from liren.sample.bench.asking import Took, quantiles

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def filled(monkeypatch):
    monkeypatch.setattr(crowd, "FIRST", 200)
    monkeypatch.setattr(crowd, "OTHERS", 60)
    crowd.fill(300)


def test_a_crowd_is_a_register_like_any_other(filled):
    assert Person.objects.count() == Residence.objects.count() == 300
    worker = User.objects.get(username="worker")
    mine = Person.objects.visible_to(worker)
    assert mine.count() == 200
    person = mine.first()
    assert person in find_people(worker, person.name, 200)
    phone = Phone.objects.filter(person__in=mine).first()
    assert phone.person in find_people(worker, phone.number)


def test_search_and_pages_are_measured(filled, monkeypatch):
    monkeypatch.setattr(search, "QUERIES", 30)
    monkeypatch.setattr(pages, "TIMES", 3)
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        found = search.measure()
        assert found["people"] == 300
        assert found["palette"]["p95_ms"] > 0 and found["register"]["p95_ms"] > 0
        shown = pages.measure()
    for name, row in shown.items():
        if isinstance(row, dict):
            assert row["queries"][0] == row["queries"][1], f"{name}: as many statements for everybody"


def test_import_and_its_floor_are_measured(tmp_path):
    imports.lay_out(60)
    files = [tmp_path / "first.xlsx", tmp_path / "second.xlsx"]
    for second, file in enumerate(files):
        imports.write_roster(file, 60, second=bool(second))
    assert imports.floor(files[0])["peak_mb"] > 0
    first, again = (imports.measure(file) for file in files)
    assert (first["already_there"], first["entered"]) == (0, 60)
    assert (again["already_there"], again["entered"]) == (60, 60)


def test_quantiles():
    found = quantiles([Took(float(n), n / 2) for n in range(1, 101)])
    assert found == {"p50_ms": 50.5, "p95_ms": 95.0, "max_ms": 100.0, "cpu_p95_ms": 47.5}


def test_what_can_be_measured_is_listed(capsys):
    call_command("bench")
    assert "import" in capsys.readouterr().out


def test_each_size_in_each_database(monkeypatch, capsys):
    asked = []

    class Filled:
        def __init__(self, kind, people):
            self.environment = {"kind": kind, "people": people}

        def __enter__(self):
            return self.environment

        def __exit__(self, *failure):
            return None

    def child(environment, name):
        asked.append((name, environment["kind"], environment["people"]))
        return {"p95_ms": 1}

    monkeypatch.setattr(databases, "filled", Filled)
    monkeypatch.setattr(databases, "child", child)
    call_command("bench", "search", people=[10, 20], database=["sqlite"], json=True)
    assert asked == [("search", "sqlite", 10), ("search", "sqlite", 20)]
    told = json.loads(capsys.readouterr().out)
    assert told["machine"]["cores"] >= 1 and len(told["runs"]) == 2
