"""The demo: of handbook size, the same everywhere, with everything that a screen wants to show."""

import json
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from python_calamine import CalamineWorkbook

from liren.core.accounts.models import User
from liren.core.accounts.roles import ROLES
from liren.core.areas.models import Area
from liren.core.audit.actions import verify
from liren.core.duty import Refused
from liren.core.notices.models import Channel, Message
from liren.core.people.identity import is_valid
from liren.core.people.models import Change, Household, IdentityPaper, Label, Merge, Person, Residence
from liren.core.places.models import Building, House
from liren.core.privacy.cipher import unseal
from liren.sample.demo import load_demo
from liren.sample.demo.residents import ANCHOR
from liren.sample.demo.rosters import write_rosters

pytestmark = pytest.mark.django_db
ROSTERS = Path(__file__).parents[1] / "rosters"


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """Built once for this file, and gone after it."""
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo(folder)
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def people(demo):
    return Person.objects.filter(community__name="柳荫里社区")


def test_size(people):
    community = Area.objects.get(name="柳荫里社区")
    living = people.filter(status="living", merged_into=None)
    assert 6000 < living.count() < 6600
    assert 2300 < Household.objects.filter(community=community, closed_on=None).count() < 2500
    assert community.children.count() == 8
    assert Building.objects.filter(community=community).count() == 42
    elders = living.filter(birth__lt=f"{ANCHOR.year - 60}").count()
    assert 0.25 < elders / living.count() < 0.35
    assert 1200 < living.exclude(kind="registered").count() < 1900


def test_the_mail_list_shows_what_was_sent_and_sends_nothing_by_itself(demo):
    channel = Channel.objects.get()
    assert channel.is_active and channel.kind == "mail" and channel.occasion_names == "预警与应急、公示与议事"
    assert all(one.endswith(".invalid") for one in unseal(channel.address_sealed).split(","))
    sent = list(channel.messages.order_by("made_at"))
    assert [message.state for message in sent] == ["sent"] * 4 and "通道接通了" in sent[0].text
    assert all(message.sent_at == message.made_at for message in sent)
    assert not Message.objects.open().exists()


def test_history(people):
    by_status = Counter(people.values_list("status", flat=True))
    assert by_status["moved_out"] > 200 and by_status["deceased"] > 80 and by_status["away"] > 50
    assert Residence.objects.exclude(to_on=None).count() > 300
    assert Change.objects.count() > 30 and Merge.objects.exists()
    assert len(set(Change.objects.values_list("source__user", flat=True))) > 2
    assert not [sentence for sentence in verify()]


def test_no_household_without_anybody(people):
    empty = Household.objects.filter(closed_on=None).exclude(residences__to_on=None)
    assert not empty.exists()


def test_quality_finds_something(people):
    present = people.filter(status="living", merged_into=None)
    assert present.filter(papers=None).count() > 30
    assert present.filter(birth_on=None).exclude(birth="").count() > 10
    assert present.filter(birth__lt="1900").exists()
    assert present.filter(remark__startswith="2023年流调").count() > 5
    assert House.objects.filter(use="empty", persons=None).count() > 100


def test_numbers_belong_to_nobody(people):
    for paper in IdentityPaper.objects.filter(kind="resident_id")[:500]:
        assert is_valid(paper.number, on=ANCHOR.replace(year=ANCHOR.year + 50))
        assert paper.number[4:6] in {"97", "98", "99"}


def test_restricted_labels_have_a_circle(people):
    restricted = Label.objects.filter(tier=3)
    assert restricted.exists() and not restricted.filter(circle=None).exists()


def test_accounts(demo):
    accounts = json.loads((demo / "demo.json").read_text("utf-8"))
    assert {account["role"] for account in accounts} == {role.name for role in ROLES.values()}
    for account in accounts:
        assert User.objects.get(username=account["user"]).check_password(account["password"])
    lines = (demo / "demo").read_text("utf-8").splitlines()
    assert len(lines) == len(accounts) and accounts[0]["user"] in lines[0]


def test_demo_accounts_are_listed(demo, settings, capsys, tmp_path):
    settings.DATA_DIR = demo
    call_command("demo_accounts")
    assert "shuji" in capsys.readouterr().out
    settings.DATA_DIR = tmp_path
    with pytest.raises(CommandError, match="没有演示社区"):
        call_command("demo_accounts")


def test_a_register_in_use_is_refused(demo, tmp_path):
    with pytest.raises(Refused, match="已经有数据"):
        load_demo(tmp_path)
    with pytest.raises(CommandError, match="已经有数据"):
        call_command("load_demo")
    assert not (tmp_path / "demo").exists()


def test_rosters_are_those_in_the_folder(demo, tmp_path):
    for file in write_rosters(tmp_path):
        ours, theirs = (
            CalamineWorkbook.from_path(str(folder / file.name)).get_sheet_by_index(0).to_python()
            for folder in (ROSTERS, tmp_path)
        )
        assert ours == theirs, "bin/manage load_demo --rosters liren/sample/rosters writes them anew"
