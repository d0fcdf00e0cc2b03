"""The ledger at the desk: from opening a matter to its end, by pages alone."""

from typing import Any

import pytest

from liren.core.matters import actions
from liren.core.matters.models import Entry, Matter

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def said(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def errand(village: Any) -> Matter:
    return actions.open_matter(
        "governance.errand",
        community=village.community,
        title="帮方奶奶取药",
        house=village.house,
        holder=village.grid_worker,
        by=village.secretary,
    )


def test_from_one_line_to_the_end(village: Any, client_as: Any) -> None:
    desk = client_as(village.secretary)
    assert "帮办代办" in said(desk.get("/matters/new/"))
    area = village.community.pk
    facts = {"title": "楼道灯坏了", "area": area, "source": "phone", "once": "a"}
    answer = desk.post("/matters/new/governance.errand/", facts)
    matter = Matter.objects.get()
    assert answer["Location"] == f"/matters/{matter.pk}/"
    page = said(desk.get(answer["Location"]))
    assert matter.number in page and "开始办" in page and "待确认" in page
    url = f"/matters/{matter.pk}/move/"
    desk.post(f"{url}begin/", {"seen": 0, "once": "b"})
    desk.post(f"{url}finish/", {"seen": 1, "once": "c", "note": "换好了", "outcome": "done"})
    matter.refresh_from_db()
    assert (matter.stage, matter.outcome) == ("done", "done")
    assert "换好了" in said(desk.get(answer["Location"]))
    assert matter.number in said(desk.get("/matters/?state=closed"))
    assert matter.number not in said(desk.get("/matters/"))
