"""Masks and tiers."""

import pytest

from liren.core.privacy.masks import mask_id, mask_name, mask_phone
from liren.core.privacy.tiers import Tier, may_see


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("310199194403121324", "3101**********1324"),
        ("310199440312132", "3101*******2132"),
        ("E12345678", "E1*****78"),
        ("1234", "****"),
        ("", ""),
    ],
)
def test_a_paper_shows_its_ends_at_most(number, shown):
    assert mask_id(number) == shown
    assert len(mask_id(number)) == len(number)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("13812345678", "138****5678"),
        ("021-40556677", "021-******77"),
        ("40556677", "******77"),
        ("1", "1"),
    ],
)
def test_a_phone_shows_what_tells_it_apart(number, shown):
    assert mask_phone(number) == shown


@pytest.mark.parametrize(
    ("name", "shown"), [("方秀英", "方**"), ("方", "方"), ("", ""), ("欧阳修远", "欧***")]
)
def test_a_name_in_public_is_a_surname(name, shown):
    assert mask_name(name) == shown


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "tier", "line", "seen"),
    [
        ("grid_worker", Tier.T0, "", True),
        ("grid_worker", Tier.T1, "civil", True),
        ("grid_worker", Tier.T2, "civil", False),
        ("line_worker", Tier.T2, "civil", True),
        ("line_worker", Tier.T2, "health", False),
        ("secretary", Tier.T2, "health", True),
        ("secretary", Tier.T3, "health", False),
        ("outsider", Tier.T0, "", False),
        ("grid_worker_2", Tier.T0, "", False),
        ("system_admin", Tier.T0, "", False),
        ("auditor", Tier.T2, "civil", False),
        ("street_section", Tier.T2, "civil", True),
    ],
)
def test_how_deep_each_one_sees_in_the_first_grid(village, who, tier, line, seen):
    assert may_see(village[who], tier, line=line, area=village.grid_1) is seen
