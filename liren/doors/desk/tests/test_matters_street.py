"""What the street sees of a matter (decision 0011): that it is, how it stands, by when; not who asked."""

from typing import Any

import pytest

from liren.core.accounts.actions import give_post
from liren.core.matters import actions
from liren.core.matters.actions import PartyDraft
from liren.core.matters.models import Matter, Party
from liren.core.privacy.masks import mask_name

pytestmark = pytest.mark.django_db
STREET = ("street_admin", "street_section")
PHONE = "13900007654"
# Page, machine, list, search by what stands there, ledgers.
SHOWN = (
    "/matters/{pk}/",
    "/matters/{pk}/?format=json",
    "/matters/?state=all",
    "/matters/?q=漏水",
    "/ledgers/matters.all/?area=all",
)
PAPER = {"purpose": "年中督办用", "maker": "简宁", "reviewer": "", "day": "2026-11-23"}


@pytest.fixture
def leak(village: Any) -> Matter:
    asker = PartyDraft(role="asker", person=village.alone, phone=PHONE)
    told = PartyDraft(role="witness", name="欧阳修竹", keeps_name=True)
    return actions.open_matter(
        "governance.errand", community=village.community, title="厨房漏水", house=village.house,
        parties=[asker, told], holder=village.deputy, by=village.secretary,
    )  # fmt: skip


def said(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.mark.parametrize("who", STREET)
def test_the_street_reads_how_it_stands_and_not_who_asked(
    village: Any, client_as: Any, leak: Matter, who: str
) -> None:
    street, name = client_as(village[who]), village.alone.name
    answers = {url: street.get(url.format(pk=leak.pk)) for url in SHOWN}
    answers["print"] = street.post("/ledgers/matters.all/print/?area=all", PAPER)
    for url, answer in answers.items():
        assert answer.status_code == 200, url
        page = said(answer)
        assert leak.title in page, url
        for secret in (name, "欧阳修竹", PHONE, f"/people/{village.alone.pk}/"):
            assert secret not in page, (url, secret)
    page = said(street.get(f"/matters/{leak.pk}/"))
    assert mask_name(name) in page and "不愿公开姓名" in page and "139****7654" in page
    assert 'data-reveal="' not in page


def test_who_works_there_reads_the_name(village: Any, client_as: Any, leak: Matter) -> None:
    name = village.alone.name
    for url in ("/matters/{pk}/", "/matters/?state=all", "/ledgers/matters.all/"):
        assert name in said(client_as(village.deputy).get(url.format(pk=leak.pk))), url


def test_of_a_post_below_and_one_above_each_counts_where_it_lies(village: Any, leak: Matter) -> None:
    section = village.street_section
    give_post(section, role="line_worker", area=village.neighbour, by=None)
    section.forget_posts()
    asker = Party.objects.visible_to(section).read_by(section).get(matter=leak, role="asker")
    assert asker.shown == mask_name(village.alone.name)
    give_post(section, role="line_worker", area=village.community, by=None)
    section.forget_posts()
    asker = Party.objects.visible_to(section).read_by(section).get(matter=leak, role="asker")
    assert asker.shown == village.alone.name


def test_who_is_not_known_by_name_needs_no_veil(village: Any, leak: Matter) -> None:
    party = actions.add_party(leak, PartyDraft(role="affected", name="居民"), by=village.secretary)
    assert Party.objects.read_by(village.street_admin).get(pk=party.pk).shown == "居民"


@pytest.mark.parametrize("who", STREET)
def test_no_eye_and_no_workbook_for_the_street(village: Any, client_as: Any, leak: Matter, who: str) -> None:
    street, party = client_as(village[who]), leak.parties.get(role="asker")
    assert street.post(f"/matters/parties/{party.pk}/reveal/", {"reason": "handling"}).status_code == 403
    assert street.get("/ledgers/matters.all/export/").status_code == 403
