"""The four sample rosters: every person, field and problem that their truth files name."""

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from liren.doors.imports.reading import Guide, read_roster
from liren.doors.imports.tests.dumping import dump

SAMPLES = Path(__file__).parent / "samples"
ROSTERS = sorted(path for path in SAMPLES.iterdir() if path.suffix in (".xlsx", ".xls", ".csv"))
# fields that a roster's silence may fill with a usual value, and those checked by their own rule
SOFT = {
    "labels",
    "education",
    "marital_status",
    "political_status",
    "relation_to_head",
    "ethnicity",
    "residence_type",
}
SYNONYMS = (
    ("儿子", "长子", "次子", "独生子"), ("女儿", "长女", "次女", "独生女"), ("配偶", "妻", "夫"), ("户主", "本人"),
    ("中共党员", "党员"), ("已婚", "初婚", "有配偶"), ("离异", "离婚"), ("本科", "大学", "大学本科"), ("大专", "专科"),
    ("硕士研究生", "研究生", "硕士"), ("博士研究生", "博士"), ("中专", "职高", "中专(职高)", "中等专科"), ("合租人", "合租"),
    ("学龄前", "学前教育", "未入学"), ("文盲", "未上过学"), ("高中", "普通高中"), ("共青团员", "团员"),
)  # fmt: skip


@pytest.fixture(scope="module")
def guide() -> Guide:
    return Guide.from_places(SAMPLES / "places.json")


@pytest.mark.parametrize("path", ROSTERS, ids=lambda path: path.name)
def test_sample(path: Path, guide: Guide) -> None:
    truth = json.loads((SAMPLES / "truth" / f"{path.stem}.json").read_text("utf-8"))
    told = dump(read_roster(path, guide), guide)
    by_row = {(s["sheet"], s["row"]): person for person in told["persons"] for s in person["source"]}
    wrong: list[Any] = []
    right = 0
    for expected in truth["persons"]:
        rows = [tuple(row) for row in expected["rows"]]
        person = by_row.get(rows[0])
        if person is None or any(by_row.get(row) is not person for row in rows):
            wrong.append(("missing or not merged", rows))
            continue
        for name, value in expected["fields"].items():
            if value and not _same(name, value, person[name], expected.get("accept", {}).get(name, [])):
                wrong.append((rows, name, value, person[name]))
            else:
                right += 1
    assert len(wrong) <= right / 200, wrong[:20]
    assert len(told["persons"]) == len(truth["persons"])
    skipped = {(sheet, row) for sheet, row, _ in truth["skip"]}
    assert not skipped & by_row.keys()
    _check_problems(truth, told)


def _check_problems(truth: dict[str, Any], told: dict[str, Any]) -> None:
    reported = {(p["sheet"], p["row"], p["reason"]) for p in told["problems"]}
    wanted = {(*p["row"], p["reason"]) for p in truth["problems"] if not p.get("may")}
    allowed = {tuple(p["row"]) for p in truth["problems"]}
    assert wanted <= reported, sorted(wanted - reported)
    alarms = [p for p in told["problems"] if (p["sheet"], p["row"]) not in allowed and p["row"]]
    assert len(alarms) <= len(wanted) // 20, alarms[:10]


def _same(name: str, wanted: Any, got: Any, accepted: list[Any]) -> bool:
    return any(_equal(name, value, got) for value in (wanted, *accepted))


def _equal(name: str, wanted: Any, got: Any) -> bool:
    if name == "labels":
        return set(wanted or ()) == set(got) - ({"党员"} - set(wanted or ()))
    if name == "phones":
        return [re.sub(r"\D", "", p)[-8:] for p in wanted or ()] == [re.sub(r"\D", "", p)[-8:] for p in got]
    one, two = _plain(wanted), _plain(got)
    if one == two or (name == "hukou_address" and one and two and (one.endswith(two) or two.endswith(one))):
        return True
    return name in SOFT and any(one in group and two in group for group in SYNONYMS)


def _plain(value: Any) -> str:
    text = re.sub(r"[\s·.•‧,，]", "", unicodedata.normalize("NFKC", str(value or "")))
    return text.removesuffix("族")
