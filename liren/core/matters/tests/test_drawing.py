"""Drawings of the flows: every stage and move is on them, nothing lies on anything else, docs/ is up to date."""

import itertools
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from liren.core.matters.drawing import arrows, draw, laid_out
from liren.core.matters.flow import Flow, Move, Stage
from liren.core.matters.flowbook import Chapter, chapters, pages

DOCS = Path(__file__).resolve().parents[4] / "docs"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("chapter", chapters(), ids=lambda chapter: chapter.file)
def test_every_stage_and_move_is_drawn(chapter: Chapter) -> None:
    drawn = ElementTree.fromstring(chapter.drawing())  # noqa: S314 — made by ourselves
    words = [text.text for text in drawn.iter(f"{SVG}text")]
    assert {stage.name for stage in chapter.flow.stages} <= set(words)
    assert sorted(arrow.label for arrow in arrows(chapter.flow)) == sorted(
        text.text or "" for text in drawn.iter(f"{SVG}text") if "label" in text.get("class", "")
    )


@pytest.mark.parametrize("chapter", chapters(), ids=lambda chapter: chapter.file)
def test_labels_in_lanes_and_boxes_never_lie_on_each_other(chapter: Chapter) -> None:
    drawn = ElementTree.fromstring(chapter.drawing())  # noqa: S314 — made by ourselves
    wide, high = float(drawn.get("width", 0)), float(drawn.get("height", 0))
    places = [
        tuple(float(rect.get(key, 0)) for key in ("x", "y", "width", "height"))
        for rect in drawn.iter(f"{SVG}rect")
        if {"box", "under"} & set(rect.get("class", "").split())
    ]
    for x, y, width, height in places:
        assert x >= 0 and y >= 0 and x + width <= wide and y + height <= high
    for (x, y, width, height), (a, b, wider, higher) in itertools.combinations(places, 2):
        assert x + width <= a or a + wider <= x or y + height <= b or b + higher <= y


def test_a_move_that_comes_back_to_its_stage_leaves_and_ends_at_two_places() -> None:
    again = Move("again", "再看", ("watch",), "watch")
    flow = Flow(
        (Stage("watch", "看护", "看"), Stage("end", "完")), (again, Move("close", "结", ("watch",), "end"))
    )
    sheet = laid_out(flow)
    [loop] = sheet.above
    assert sheet.port(loop, "watch") < sheet.port(loop, "watch", last=True)


def test_the_words_of_a_loop_do_not_cover_its_line() -> None:
    again = Move("again", "再去看望一次", ("watch",), "watch")
    flow = Flow(
        (Stage("watch", "看护", "看"), Stage("end", "完")), (again, Move("close", "结", ("watch",), "end"))
    )
    drawn = draw(flow, "看护")
    lane = float(re.search(r'class="line" d="M[\d.]+ [\d.]+V([\d.]+)H', drawn)[1])  # type: ignore[index]
    top, high = (
        float(each)
        for each in re.search(r'class="under"[^>]* y="([\d.]+)"[^>]* height="(\d+)"', drawn).groups()  # type: ignore[union-attr]
    )
    assert 0 <= top and top + high < lane


def test_a_name_cannot_break_out_of_the_drawing() -> None:
    flow = Flow((Stage("a", '<b>"', "办"), Stage("e", "完")), (Move("go", "&<i>", ("a",), "e"),))
    assert not re.search(r"<b>|<i>", draw(flow, '"><script>'))
    assert "<script>" not in draw(flow, '"><script>')


@pytest.mark.parametrize("name", pages())
def test_the_documents_show_the_flows_as_they_are(name: str) -> None:
    written = DOCS / name
    assert written.exists() and written.read_text("utf-8") == pages()[name], "bin/manage draw_flows"


def test_no_drawing_is_left_of_a_flow_that_is_gone() -> None:
    kept = {f"flows/{path.name}" for path in (DOCS / "flows").glob("*.svg")}
    assert kept == set(pages()) - {"flows.md"}
