"""What is said to the one who asked is offered where somebody asked; a closed matter urges nobody on."""

from typing import Any

import pytest

from liren.core.matters import actions
from liren.core.matters.actions import PartyDraft
from liren.core.matters.models import Entry, Matter

pytestmark = pytest.mark.django_db
TOLD = "诉求人看得到"
ASKER = [PartyDraft(role="asker", name="孙阿姨")]


def said(answer: Any) -> str:
    return str(answer.content.decode())


def opened(village: Any, **facts: Any) -> Matter:
    given = {"title": "帮方奶奶取药", "house": village.house, "holder": village.secretary} | facts
    return actions.open_matter(
        "governance.errand", community=village.community, by=village.secretary, **given
    )


@pytest.mark.parametrize(
    ("facts", "offered"), [({}, False), ({"parties": ASKER}, True), ({"source": "portal"}, True)]
)
@pytest.mark.parametrize("tail", ["", "comment/", "attach/", "move/finish/"])
def test_telling_is_offered_where_somebody_asked(
    village: Any, client_as: Any, facts: dict[str, Any], offered: bool, tail: str
) -> None:
    matter = opened(village, **facts)
    assert (TOLD in said(client_as(village.secretary).get(f"/matters/{matter.pk}/{tail}"))) is offered


def test_of_several_it_is_offered_when_one_was_asked_for(village: Any, client_as: Any) -> None:
    desk, nobody, somebody = client_as(village.secretary), opened(village), opened(village, parties=ASKER)
    url = "/matters/several/?deed=note&m="
    assert TOLD not in said(desk.get(f"{url}{nobody.pk}"))
    assert TOLD in said(desk.get(f"{url}{nobody.pk}&m={somebody.pk}"))


def test_a_comment_without_the_question_is_kept_inside(village: Any, client_as: Any) -> None:
    matter = opened(village)
    facts = {"text": "去过一次", "public": "on", "once": "1"}
    client_as(village.secretary).post(f"/matters/{matter.pk}/comment/", facts)
    assert not Entry.objects.get(matter=matter, what="comment").public


def test_a_closed_matter_offers_nothing_loudly(village: Any, client_as: Any) -> None:
    matter = opened(village, parties=ASKER)
    desk, url = client_as(village.secretary), f"/matters/{matter.pk}/"
    assert "btn primary" in said(desk.get(url)).split('id="next"')[1].split("</footer>")[0]
    actions.move(matter, "finish", note="药送到了", outcome="done", by=village.secretary)
    foot = said(desk.get(url)).split('id="next"')[1].split("</footer>")[0]
    assert "btn primary" not in foot and "下一步" not in foot
    assert "已经办结" in foot and "重新办理" in foot and "打印" in foot and "回访" in foot
    actions.appraise(
        matter, solved="yes", satisfied="yes", stars=5, words="", who="回访", by=village.secretary
    )
    foot = said(desk.get(url)).split('id="next"')[1].split("</footer>")[0]
    assert "回访" not in foot and "打印" in foot
