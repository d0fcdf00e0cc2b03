"""The first start of a house: one code, one use, then never again."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from liren.core.accounts.actions import make_setup_code
from liren.core.accounts.models import SetupCode, User
from liren.core.areas.models import Area
from liren.core.audit.actions import verify

pytestmark = pytest.mark.django_db
FIRST = {
    "district_name": "临江区",
    "district_code": "310199",
    "street_name": "槐荫街道",
    "street_code": "310199001",
    "community_name": "里仁社区",
    "community_code": "310199001001",
    "organisation": "",
    "address_prefix": "里仁路 88 弄",
    "grids": "3",
    "name": "苏敏",
    "username": "sumin",
    "password": "willow-and-pagoda",
    "again": "willow-and-pagoda",
    "admin_name": "季节",
    "admin_username": "jijie",
}


@pytest.fixture
def first():
    return FIRST | {"setup_code": make_setup_code(by=None)}


def test_an_empty_house_leads_from_sign_in_to_the_first_start(client):
    assert client.get("/sign-in/")["Location"] == "/setup/"
    assert client.get("/setup/").status_code == 200


def test_the_command_prints_a_code_and_voids_the_one_before(capsys):
    call_command("setup_code")
    printed = capsys.readouterr().out
    assert "/setup/" in printed
    before = SetupCode.objects.get()
    assert before.code_hash not in printed
    call_command("setup_code")
    before.refresh_from_db()
    assert before.used_at


def test_a_house_begins_and_the_first_one_is_inside(first, client):
    answer = client.post("/setup/", first)
    assert answer["Location"] == "/"
    community = Area.objects.communities().get()
    assert (community.organisation, community.path) == ("里仁社区居民委员会", "310199.001.001.")
    assert [grid.name for grid in community.children.all()] == ["第1网格", "第2网格", "第3网格"]
    secretary = User.objects.get(username="sumin")
    assert [post.role for post in secretary.current_posts] == ["secretary"]
    assert not secretary.must_change_password
    page = client.get("/").content.decode()
    assert "系统管理员 jijie 的初始密码" in page
    assert list(verify()) == []


def test_the_system_admin_starts_with_a_password_to_change(first, client):
    client.post("/setup/", first)
    admin = User.objects.get(username="jijie")
    assert admin.must_change_password and admin.is_system


def test_without_a_system_admin_too(first, client):
    assert client.post("/setup/", first | {"admin_name": "", "admin_username": ""}).status_code == 302
    assert User.objects.count() == 1


def test_it_is_gone_once_anybody_has_an_account(first, client):
    client.post("/setup/", first)
    for method in (Client().get, Client().post):
        assert method("/setup/", first).status_code == 404
    with pytest.raises(CommandError, match="已经有账号了"):
        call_command("setup_code")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"setup_code": "nonsense"}, "初始设置码不对"),
        ({"setup_code": "nonsense", "again": "x"}, "两遍输得不一样"),
        ({"district_code": "31019"}, "要 6 位数字"),
        ({"street_code": "310101001"}, "要以上一级的 310199 开头"),
        ({"community_code": "31019900100A"}, "要 12 位数字"),
        ({"again": "willow"}, "两遍输得不一样"),
        ({"password": "1234567890", "again": "1234567890"}, "密码"),
        ({"admin_username": ""}, "要么都填，要么都不填"),
        ({"admin_username": "sumin"}, "已经有人用了"),
        ({"username": "苏敏"}, "账号用 3 到 40 个"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(first, client, wrong, said):
    answer = client.post("/setup/", first | wrong)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not User.objects.exists() and not Area.objects.exists()


def test_ten_wrong_codes_make_the_right_one_void(first, client):
    for _ in range(10):
        client.post("/setup/", first | {"setup_code": "nonsense"})
    answer = client.post("/setup/", first)
    assert "没有可用的初始设置码" in answer.content.decode()
    assert not User.objects.exists()
    again = make_setup_code(by=None)
    assert client.post("/setup/", first | {"setup_code": again}).status_code == 302


def test_a_code_is_read_as_people_type_it(first, client):
    said = first["setup_code"].replace("-", " ").upper()
    assert client.post("/setup/", first | {"setup_code": said}).status_code == 302
