"""What the title of a form asks for: the grids it names, its period, whom it leaves out."""

import datetime
import time

import pytest

from liren.core.people.facts.periods import as_of, span_in
from liren.core.people.facts.population import wanted_people
from liren.core.people.facts.worded import Places

TODAY = datetime.date(2026, 11, 24)


def wanted(title):
    return wanted_people([title], [], places=Places(), today=TODAY)


@pytest.mark.parametrize(
    ("title", "grids"),
    [
        ("11网格老人", ["11网格"]),
        ("第1、2网格", ["1网格", "2网格"]),
        ("1至2网格", ["1网格", "2网格"]),
        ("第一网格", ["1网格"]),
        ("一、十一网格", ["1网格", "11网格"]),
    ],
)
def test_grids_are_those_that_are_named(title, grids):
    places = Places(("1网格", "2网格", "11网格"))
    assert places.grids_in(title) == grids
    assert places.grid_in(title) == (grids[0] if len(grids) == 1 else "")


def test_a_long_title_takes_no_long_time():
    began = time.process_time()
    Places(("1网格",)).grids_in("1、" * 8_000)
    assert time.process_time() - began < 2


def test_since_a_year_goes_on_until_today():
    asked = wanted("2025年以来迁出人员登记表")
    assert (asked.since, asked.until, asked.on) == (datetime.date(2025, 1, 1), None, None)
    assert ["person.status_on", ">=", "2025-01-01"] in asked.tree["all"]
    assert wanted("2025年1月1日以后入住的流动人口").on is None
    assert wanted("2025年迁出人员登记表").on == datetime.date(2025, 12, 31)


def test_a_year_that_is_none_is_no_fault():
    assert as_of("截至0000年12月底") is None
    assert span_in("0000年第一季度") is span_in("0000年上半年") is span_in("0000年1月") is None


def test_an_age_said_of_both_sexes():
    both = {
        "any": [
            {"all": [["person.sex", "=", "1"], ["person.age", ">=", 60]]},
            {"all": [["person.sex", "=", "2"], ["person.age", ">=", 55]]},
        ]
    }
    for title in ("男60岁女55岁以上退休人员", "男满60周岁女满55周岁退休人员"):
        assert both in wanted(title).tree["all"]


def test_who_is_left_out_is_not_who_is_asked_for():
    disabled, migrants = ["label.disability", "=", True], {"not": ["person.kind", "=", "migrant"]}
    for title in ("不含流动人口的残疾人", "残疾人花名册（不含流动人口）"):
        tree = wanted(title).tree["all"]
        assert disabled in tree and migrants in tree, title
