"""Person file: who sees what, as of which day; correcting, labels, contacts."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from liren.core.people.actions import add_relation, correct_person, put_label, register_many
from liren.core.people.drafts import PersonDraft
from liren.core.people.models import Label, Person

pytestmark = pytest.mark.django_db
FILE = "registry:person"
HTMX = {"HX-Request": "true"}


def at(name: str, *args: Any) -> str:
    return reverse(f"registry:{name}", args=[getattr(a, "pk", a) for a in args])


def fresh(record: Any) -> Any:
    return type(record).objects.get(pk=record.pk)


def text(response: Any) -> str:
    assert response.status_code == 200, response.status_code
    return str(response.content.decode())


def test_the_file_tells_who_this_is(village: Any, client_as: Any) -> None:
    page = text(client_as(village.grid_worker).get(at("person", village.alone)))
    number, phone = village.alone.papers.get().number, village.alone.phones.first().number
    assert "顾阿妹" in page and "独居老人" in page and "高龄老人" in page and "志愿者" in page
    assert number not in page and phone not in page, "never whole on the page"
    assert village.alone.papers.get().masked in page and "顾明" in page and "丧偶" in page


def test_namesakes_are_told_apart(village: Any, client_as: Any) -> None:
    page = text(client_as(village.secretary).get(at("person", village.namesake)))
    assert "本社区还有 1 位同名" in page and at("person", village.other_namesake) in page
    grid = text(client_as(village.grid_worker).get(at("person", village.namesake)))
    assert "同名" not in grid, "the other one lives in another grid"


@pytest.mark.parametrize(
    "name", ["person", "person_history", "person_looks", "person_edit", "move_out", "merge"]
)
def test_outsiders_find_nothing_and_system_roles_may_not(village: Any, client_as: Any, name: str) -> None:
    for key in ("outsider", "outsider_worker", "outsider_grid"):
        assert client_as(village[key]).get(at(name, village.alone)).status_code in (403, 404), key
    assert client_as(village.outsider).get(at(name, village.alone)).status_code == 404
    for key in ("system_admin", "security_admin", "auditor"):
        assert client_as(village[key]).get(at(name, village.alone)).status_code == 403


def test_a_grid_worker_sees_the_own_grid(village: Any, client_as: Any) -> None:
    client = client_as(village.grid_worker)
    assert client.get(at("person", village.head)).status_code == 200
    assert client.get(at("person", village.tenant)).status_code == 404


def test_who_may_only_look_cannot_change(village: Any, client_as: Any) -> None:
    client = client_as(village.street_section)
    page = text(client.get(at("person", village.alone)))
    assert "办变动" not in page and 'data-what="' not in page
    assert client.get(at("person_edit", village.alone)).status_code == 403


def test_the_file_of_a_past_day(village: Any, client_as: Any) -> None:
    client = client_as(village.secretary)
    moved = village.mover.residences.open().get().from_on
    before = text(client.get(at("person", village.mover) + f"?on={moved.replace(year=moved.year - 1)}"))
    assert "回到今天" in before and village.walk_up.name in before and "办变动" not in before
    client.post(at("person_edit", village.head), _facts(village.head, name="方建邦"))
    past = text(client.get(at("person", village.head) + "?on=2026-01-01"))
    assert "<h1>方建国" in past
    assert "<h1>方建邦" in text(client.get(at("person", village.head) + "?on=nonsense"))


def test_a_record_that_went_into_another_leads_there(village: Any, client_as: Any) -> None:
    response = client_as(village.secretary).get(at("person", village.merged_away))
    assert response.url == at("person", village.double)


def test_gone_and_dead_are_said(village: Any, client_as: Any) -> None:
    client = client_as(village.secretary)
    assert "已迁出" in text(client.get(at("person", village.moved_out)))
    dead = text(client.get(at("person", village.deceased)))
    assert "已死亡" in dead and "死亡登记" not in dead


def test_children_are_marked(village: Any, client_as: Any) -> None:
    page = text(client_as(village.secretary).get(at("person", village.child)))
    assert "未满14岁" in page and "证件号（未满14岁）" in page


def test_tiers_of_labels(village: Any, client_as: Any) -> None:
    def shown(user: str, person: str) -> str:
        return text(client_as(village[user]).get(at("person", village[person])))

    assert "低保" in shown("line_worker", "poor") and "低保" not in shown("health_worker", "poor")
    assert "限定标签" in shown("secretary", "restricted") and "精神障碍" not in shown(
        "secretary", "restricted"
    )
    assert "限定标签" not in shown("deputy", "restricted")
    assert "残疾人" in shown("grid_worker_2", "disabled")


def test_history_says_before_and_after(village: Any, client_as: Any) -> None:
    page = text(client_as(village.secretary).get(at("person_history", village.old_wife)))
    assert ("海东第三棉纺厂" in page and "普通高中" in page) or "高中" in page
    assert "方亮" in page and "里仁社区老名册" in page
    assert "电话" in page and village.old_wife.phones.get(ended_on=None).number not in page


def _facts(person: Person, **changed: Any) -> dict[str, Any]:
    names = (
        "name", "former_name", "sex", "birth", "kind", "ethnicity", "nationality", "education", "marital",
        "political", "employment", "work_unit", "remark",
    )  # fmt: skip
    return {name: getattr(person, name) for name in names} | changed


def test_correcting_facts(village: Any, client_as: Any) -> None:
    client, head = client_as(village.grid_worker), village.head
    drawer = text(client.get(at("person_edit", head), headers=HTMX))
    assert drawer.startswith("<dialog") and "方建国" in drawer
    response = client.post(at("person_edit", head), _facts(head, birth="68年5月", education="20"))
    assert response.url == at("person", head)
    assert (fresh(head).birth, fresh(head).education) == ("1968-05", "20")
    wrong = client.post(at("person_edit", head), _facts(head, birth="不知道"))
    assert wrong.status_code == 422 and "没看懂这个日期" in wrong.content.decode()


def test_papers_and_phones(village: Any, client_as: Any) -> None:
    client, person = client_as(village.secretary), village.paperless
    wrong = client.post(at("person_paper", person), {"kind": "resident_id", "number": "310199195801010019"})
    assert wrong.status_code == 422
    taken = client.post(
        at("person_paper", person), {"kind": "resident_id", "number": village.head.papers.get().number}
    )
    assert taken.status_code == 409 and "方建国名下" in taken.content.decode()
    assert client.post(at("person_paper", person), {"kind": "other", "number": "临2026-3"}).status_code == 302
    assert person.papers.get().number == "临2026-3"
    client.post(at("person_phones", person), {"new": "13900000001、021-55556666"})
    assert person.phones.filter(ended_on=None).count() == 2
    first = person.phones.first()
    client.post(at("person_phones", person), {"keep": [first.pk], "new": ""})
    assert person.phones.get(ended_on=None) == first
    assert client.post(at("person_phones", person), {"new": "1390000"}).status_code == 422


def test_hukou_and_verifying(village: Any, client_as: Any) -> None:
    client, person = client_as(village.secretary), village.stale
    client.post(at("person_hukou", person), {"here": "no", "address": "外地", "on": "2026-01-05"})
    assert person.hukou.get(to_on=None).here is False
    assert client.get(at("person_verify", person)).status_code == 405
    client.post(at("person_verify", person))
    assert fresh(person).verified_on


def test_labels_go_on_and_off(village: Any, client_as: Any) -> None:
    client, person = client_as(village.grid_worker), village.head
    drawer = text(client.get(at("label_new", person), headers=HTMX))
    assert (
        "残疾人" in drawer and "高龄老人" not in drawer and "低保" not in drawer and "社区矫正" not in drawer
    )
    facts = {"code": "disability", "detail": "肢体三级", "evidence": "残疾证"}
    assert client.post(at("label_new", person), facts).status_code == 302
    label = person.labels.get(code="disability")
    assert label.attributes == {"category": "肢体", "level": "三级"}
    assert client.post(at("label_end", label)).status_code == 302
    assert fresh(label).to_on
    again = client.post(at("label_end", label), follow=True)
    assert "已经取下" in again.content.decode()
    unseen: Label = village.restricted_label
    assert client_as(village.deputy).post(at("label_end", unseen)).status_code == 404


def test_a_label_whose_evidence_is_old_is_looked_at_again(village: Any, client_as: Any) -> None:
    client, label = client_as(village.grid_worker), village.head.labels.get(code="party_member")
    Label.objects.filter(pk=label.pk).update(review_on="2026-01-01")
    assert "还属实" in text(client.get(at("person", village.head)))
    client.post(at("label_review", label))
    assert fresh(label).review_on > label.review_on or fresh(label).review_on.year > 2026
    assert "还属实" not in text(client.get(at("person", village.head)))
    client.post(at("label_end", label))
    assert "已经取下" in client.post(at("label_review", label), follow=True).content.decode()
    assert client_as(village.outsider).post(at("label_review", label)).status_code == 404


def test_the_page_costs_the_same_for_a_big_family(village: Any, client_as: Any) -> None:
    client = client_as(village.secretary)

    def cost(person: Person) -> int:
        client.get(at("person", person))
        with CaptureQueriesContext(connection) as queries:
            client.get(at("person", person))
        return len(queries)

    head = village.head
    before = cost(head)
    home = head.residences.open().get()
    drafts = [
        PersonDraft(name=f"方小{n}", relation="41", house=home.house, household=home.household)
        for n in "甲乙丙丁戊"
    ]
    register_many(drafts, community=village.community, source=village.source, by=village.secretary)
    for n in range(4):
        add_relation(head, kind="contact", other=village.son, by=village.secretary)
        correct_person(head, facts={"remark": str(n)}, by=village.secretary)
        put_label(
            head,
            code=("volunteer", "veteran", "representative", "talent")[n],
            evidence="x",
            by=village.secretary,
        )
    assert cost(head) <= before + 1
    assert before <= 45


def test_contacts_come_and_go(village: Any, client_as: Any) -> None:
    client, person = client_as(village.grid_worker), village.head
    assert client.post(at("contact_new", person), {"kind": "contact"}).status_code == 422
    facts = {"kind": "contact", "name": "方远", "phones": "13900000003", "said": "堂兄"}
    assert client.post(at("contact_new", person), facts).status_code == 302
    page = text(client.get(at("person", person)))
    assert "方远" in page and "堂兄" in page and "139****0003" in page
    row = person.relations.get(other_name="方远")
    client.post(at("contact_end", row))
    assert "堂兄" not in text(client.get(at("person", person)))
    assert client_as(village.outsider).post(at("contact_end", row)).status_code == 404
