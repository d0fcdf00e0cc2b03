"""Lookalikes: who may be merged unasked, who is asked about, and who must stay two."""

from dataclasses import replace

import pytest

from liren.core.people.bench.invented import Inventor
from liren.core.people.bench.lookalikes import SCENARIOS, measure
from liren.core.people.lookalikes import ASK, DIFFERENT, SAME, Lookalikes, Sketch, compare

ZHANG = Sketch("a", "张晓明", "1", "1962-05-07", "h1", "b1", ("16105620231",), "310199196205070011", "0011")


def read(**facts: object) -> Sketch:
    return replace(ZHANG, key="read", **facts)


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({}, SAME),
        ({"name": "张小明"}, SAME),
        ({"house": "h9", "building": "b9", "phones": ()}, SAME),
        ({"name": "张晓朋"}, ASK),
        ({"name": "李红"}, ASK),
        ({"paper": "", "tail": ""}, SAME),
        ({"paper": "", "tail": "", "phones": ()}, SAME),
        ({"paper": "", "tail": "", "house": "h9"}, SAME),
        ({"paper": "", "tail": "", "birth": "1962-05", "phones": ()}, SAME),
        ({"paper": "", "name": "张小明", "house": "h9", "phones": ()}, SAME),
        ({"paper": "", "tail": "", "birth": "1962", "phones": ()}, ASK),
        ({"paper": "", "tail": "", "birth": ""}, ASK),
        ({"paper": "", "tail": "", "name": "张小明"}, ASK),
        ({"paper": "", "tail": "", "name": "张晓朋"}, ASK),
        ({"paper": "", "tail": "", "name": "张明晓"}, ASK),
        ({"paper": "", "tail": "", "birth": "1962-07-05"}, ASK),
        ({"paper": "", "tail": "", "birth": "1962-05-17"}, ASK),
        ({"paper": "", "tail": "", "house": "h9", "building": "b9", "phones": ()}, ASK),
        ({"paper": "", "tail": "", "sex": "2", "phones": ()}, ASK),
        ({"paper": "310199196205070038", "tail": "0038"}, ASK),
        ({"paper": "", "tail": "0038"}, ASK),
        ({"paper": "", "tail": "", "birth": "1990-03-01"}, DIFFERENT),
        ({"paper": "", "tail": "", "birth": "", "house": "h9", "building": "b9", "phones": ()}, DIFFERENT),
        ({"paper": "", "tail": "", "name": "李红"}, DIFFERENT),
        ({"paper": "310199196205070038", "tail": "0038", "name": "张晓朋"}, DIFFERENT),
        ({"paper": "310199199003010031", "tail": "0031", "birth": "1990-03-01"}, DIFFERENT),
        ({"name": "", "paper": "", "tail": ""}, DIFFERENT),
    ],
)
def test_verdicts(facts: dict[str, object], verdict: str) -> None:
    assert compare(ZHANG, read(**facts)).verdict == verdict
    assert compare(read(**facts), ZHANG).verdict == verdict


def test_the_evidence_is_told_in_words() -> None:
    likeness = compare(ZHANG, read(paper="", tail="", name="张小明", house="h9"))
    assert likeness.evidence == ("姓名同音", "生日相同", "同一楼栋", "电话相同")
    likeness = compare(ZHANG, read(paper="", tail="", birth="1990-03-01"))
    assert likeness.against == ("生日不同",)


def test_twins_stay_two() -> None:
    other = read(name="张晓亮", paper="310199196205070038", tail="0038")
    assert compare(ZHANG, other).verdict == DIFFERENT
    assert compare(ZHANG, replace(other, paper="", tail="")).verdict == ASK


def test_father_and_son_of_one_name_stay_two() -> None:
    son = read(birth="1988-01-02", paper="", tail="")
    assert compare(ZHANG, son).verdict == DIFFERENT
    # nothing but name, house and telephone: nobody can know which of the two is meant
    assert compare(ZHANG, replace(son, birth="")).verdict == ASK


def test_the_index_finds_what_comparing_would() -> None:
    people = Inventor(3).population(400).people
    index = Lookalikes(people)
    for person in people[:60]:
        bare = replace(person, key="read", paper="", tail="")
        wanted = {p.key for p in people if compare(bare, p).verdict != DIFFERENT}
        assert {m.key for m in index.find(bare, limit=50)} == wanted


def test_somebody_never_is_their_own_lookalike() -> None:
    index = Lookalikes([ZHANG])
    assert index.find(ZHANG) == []
    assert [m.key for m in index.find(read())] == ["a"]


def test_measured_quality_does_not_fall() -> None:
    """The figures of docs/measurements.md, on a small population."""
    found = measure(2500, sample=250, seed=2)
    for title in SCENARIOS:
        figures = found["scenarios"][title]
        assert figures["false merges"] == 0, title
        assert figures["precision of candidates"] >= 0.95, title
        assert figures["recall"] >= (0.7 if "one character off, wrong digit" in title else 0.8), title
    assert found["scenarios"]["no number, no phone"]["merged"] >= 0.99
    assert found["absent"]["false merges"] == 0
    for pairs in (found["twins"], found["namesakes"]):
        assert pairs["pairs"] and pairs["merged with numbers"] == pairs["merged without numbers"] == 0
