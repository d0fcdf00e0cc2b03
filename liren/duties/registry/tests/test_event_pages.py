"""Life events as one-step forms: what is typed reaches the action; what is refused is said on the form."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from liren.core.people.models import Merge, Person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def at(name: str, *args: Any) -> str:
    return reverse(f"registry:{name}", args=[getattr(a, "pk", a) for a in args])


def fresh(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


def household(person: Person) -> Any:
    return person.residences.open().get().household


def move(**facts: Any) -> dict[str, Any]:
    return {
        "address": "3-1-101",
        "on": timezone.localdate().isoformat(),
        "join": "new",
        "relation": "02",
        "tenure": "owner",
    } | facts


@pytest.mark.parametrize("name", ["move_in", "move_out", "die", "birth", "contact_new", "label_new"])
def test_each_is_a_drawer_and_a_page(village: Any, client_as: Any, name: str) -> None:
    client = client_as(village.grid_worker)
    assert client.get(at(name, village.head), headers=HTMX).content.decode().startswith("<dialog")
    page = client.get(at(name, village.head)).content.decode()
    assert "<html" in page and "<dialog" in page
    assert client_as(village.outsider).get(at(name, village.head)).status_code == 404


@pytest.mark.parametrize("address", ["3号楼1单元101", "3-1-101", "三号楼一单元一〇一室"])
def test_moving_in_by_an_address_as_people_write_it(village: Any, client_as: Any, address: str) -> None:
    response = client_as(village.secretary).post(at("move_in", village.moved_out), move(address=address))
    assert response.status_code == 302
    assert fresh(village.moved_out).house == village.empty_house


@pytest.mark.parametrize("address", ["99号楼101", "3号楼", "3号楼9单元101", "3号楼1单元909"])
def test_unknown_addresses_are_said_and_not_invented(village: Any, client_as: Any, address: str) -> None:
    response = client_as(village.secretary).post(at("move_in", village.moved_out), move(address=address))
    assert response.status_code == 422 and not fresh(village.moved_out).is_present


def test_joining_a_household(village: Any, client_as: Any) -> None:
    client = client_as(village.secretary)
    facts = move(address="3-2-301", join="join", relation="97")
    assert client.post(at("move_in", village.moved_out), facts).status_code == 302
    assert household(village.moved_out) == household(village.head)
    empty = client.post(at("move_in", village.namesake), move(join="join", relation="97"))
    assert empty.status_code == 422 and "没有这样一户" in empty.content.decode()


def test_a_grid_worker_moves_nobody_into_another_grid(village: Any, client_as: Any) -> None:
    response = client_as(village.grid_worker).post(at("move_in", village.namesake), move(address="5-1-101"))
    assert response.status_code == 422 and "没有找到" in response.content.decode()


def test_moving_out_names_the_next_head(village: Any, client_as: Any) -> None:
    client = client_as(village.grid_worker)
    assert "由谁当户主" in client.get(at("move_out", village.head)).content.decode()
    assert "由谁当户主" not in client.get(at("move_out", village.son)).content.decode()
    client.post(at("move_out", village.head), {"on": "2026-03-01", "new_head": village.spouse.pk})
    assert fresh(village.head).status == "moved_out"
    assert village.spouse.residences.open().get().relation == "02"
    again = client.post(at("move_out", village.head), {"on": "2026-03-01"})
    assert again.status_code == 409 and "不用再办迁出" in again.content.decode()


def test_away_and_back(village: Any, client_as: Any) -> None:
    client = client_as(village.secretary)
    assert "回来住了" in client.get(at("away", village.away)).content.decode()
    client.post(at("away", village.away), {"on": timezone.localdate().isoformat()})
    assert fresh(village.away).status == "living"
    assert "户在人不在" in client.get(at("away", village.away)).content.decode()
    client.post(at("away", village.away), {"on": timezone.localdate().isoformat()})
    assert fresh(village.away).status == "away"
    assert client_as(village.outsider).get(at("away", village.away)).status_code == 404


def test_a_death_and_a_birth(village: Any, client_as: Any) -> None:
    client = client_as(village.secretary)
    facts = {"name": "方小喜", "sex": "1", "birth": "2026年3月1日", "relation": "41"}
    response = client.post(at("birth", village.daughter_in_law), facts)
    child = Person.objects.get(name="方小喜")
    assert response.url == at("person", child) and household(child) == household(village.head)
    assert client.post(at("birth", village.moved_out), facts).status_code == 409
    client.post(at("die", village.head), {"on": "2026-03-02"})
    assert fresh(village.head).status == "deceased"


def test_changing_tenants(village: Any, client_as: Any) -> None:
    client = client_as(village.grid_worker_2)
    assert (
        client.get(at("tenants", village.rented_house), headers=HTMX).content.decode().startswith("<dialog")
    )
    facts = {
        "on": "2026-03-01",
        "tenant-TOTAL_FORMS": "4",
        "tenant-INITIAL_FORMS": "0",
        "tenant-0-name": "马来",
        "tenant-0-phones": "13900000005",
    }
    assert (
        client.post(at("tenants", village.rented_house), facts | {"tenant-1-phones": "139"}).status_code
        == 422
    )
    assert client.post(at("tenants", village.rented_house), facts).status_code == 302
    assert Person.objects.get(name="马来").house == village.rented_house
    assert fresh(village.tenant).status == "moved_out"
    assert client_as(village.grid_worker).get(at("tenants", village.rented_house)).status_code == 404


def test_splitting_and_naming_a_head(village: Any, client_as: Any) -> None:
    client, old = client_as(village.grid_worker), household(village.head)
    facts = {
        "members": [village.son.pk, village.daughter_in_law.pk],
        "head": village.son.pk,
        "on": "2026-03-01",
    }
    response = client.post(at("split", old), facts)
    assert response.url == at("household", household(village.son)) and household(village.son) != old
    client.post(at("name_head", old), {"head": village.spouse.pk, "on": "2026-03-02"})
    assert village.spouse.residences.open().get().relation == "02"
    for name in ("split", "name_head"):
        assert client_as(village.outsider).get(at(name, old)).status_code == 404


def test_merging_side_by_side_and_taking_it_back(village: Any, client_as: Any) -> None:
    client = client_as(village.secretary)
    one, other = village.namesake, village.other_namesake
    candidates = client.get(at("merge", one)).content.decode()
    assert f"?with={other.pk}" in candidates
    beside = at("merge", one) + f"?with={other.pk}"
    page = client.get(beside).content.decode()
    assert "不同" in page and one.papers.get().masked in page and one.papers.get().number not in page
    refused = client.post(beside, {"keep": one.pk, "evidence": "同名"})
    assert refused.status_code == 409 and "身份证号不同" in refused.content.decode()
    assert client.get(at("merge", one) + f"?with={village.outside_namesake.pk}").status_code == 404
    assert client.get(at("merge", one) + "?with=x").status_code == 404
    assert client_as(village.grid_worker).get(at("merge", one)).status_code == 403


def test_a_merge_kept_either_way_and_undone(village: Any, client_as: Any) -> None:
    client = client_as(village.secretary)
    one, other = village.paperless, village.stale
    response = client.post(at("merge", one) + f"?with={other.pk}", {"keep": other.pk, "evidence": "当面问过"})
    assert response.url == at("person", other)
    merged = Merge.objects.get(kept=other)
    assert "拆回" in client.get(at("person", other)).content.decode()
    assert client_as(village.outsider).post(at("unmerge", merged)).status_code == 404
    client.post(at("unmerge", merged))
    assert fresh(one).merged_into is None
    again = client.post(at("unmerge", merged), follow=True)
    assert "已经拆回" in again.content.decode()


def test_entering_somebody_new(village: Any, client_as: Any) -> None:
    client = client_as(village.grid_worker)
    facts = {"name": "全新人", "kind": "unknown", "relation": "02", "tenure": "owner", "address": "3-1-101"}
    response = client.post(at("person_new"), facts)
    person = Person.objects.get(name="全新人")
    assert response.url == at("person", person) and person.house == village.empty_house
    assert client_as(village.street_section).get(at("person_new")).status_code == 403


def test_a_number_tells_sex_and_birth_and_is_never_entered_twice(village: Any, client_as: Any) -> None:
    client = client_as(village.secretary)
    number = village.head.papers.get().number
    base = {"kind": "unknown", "tenure": "unknown", "relation": "02", "confirmed": "on"}
    taken = client.post(at("person_new"), base | {"name": "某某", "number": number})
    assert taken.status_code == 409 and "方建国名下" in taken.content.decode()
    wrong = client.post(
        at("person_new"), base | {"name": "某某", "number": number, "sex": "2", "birth": "1999"}
    )
    assert (
        wrong.status_code == 422
        and "另一种性别" in wrong.content.decode()
        and "生日不一样" in wrong.content.decode()
    )


def test_those_who_may_be_the_same_are_shown_first(village: Any, client_as: Any) -> None:
    client, like = client_as(village.secretary), village.namesake
    facts = {
        "name": like.name,
        "sex": "1",
        "birth": like.birth,
        "kind": "unknown",
        "tenure": "unknown",
        "relation": "02",
    }
    asked = client.post(at("person_new"), facts)
    assert asked.status_code == 422 and at("person", like) in asked.content.decode()
    assert Person.objects.filter(name=like.name, community=village.community).count() == 2
    client.post(at("person_new"), facts | {"confirmed": "on"})
    assert Person.objects.filter(name=like.name, community=village.community).count() == 3


def test_entering_a_member_of_a_household_that_stands(village: Any, client_as: Any) -> None:
    client = client_as(village.grid_worker)
    facts = {"name": "方小宝", "kind": "unknown", "tenure": "owner", "relation": "41", "join": "join"}
    assert client.post(at("person_new"), facts).status_code == 422, "which household?"
    client.post(at("person_new"), facts | {"address": "3-2-301"})
    assert household(Person.objects.get(name="方小宝")) == household(village.head)
    assert "3-2-301" in client.get(at("person_new") + "?address=3-2-301&join=join").content.decode()


def test_of_several_households_the_head_is_named(village: Any, client_as: Any) -> None:
    client, old = client_as(village.grid_worker), household(village.head)
    client.post(at("split", old), {"members": [village.son.pk], "head": village.son.pk, "on": "2026-03-01"})
    facts = move(address="3-2-301", join="join", relation="97")
    unclear = client.post(at("move_in", village.namesake), facts)
    assert unclear.status_code == 422 and "不止一户" in unclear.content.decode()
    client.post(at("move_in", village.namesake), facts | {"head_name": village.son.name})
    assert household(village.namesake) == household(village.son)
