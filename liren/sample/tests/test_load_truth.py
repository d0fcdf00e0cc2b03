"""load_truth: the register counts what the file counts, and a broken file changes nothing."""

import json
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from liren.core.areas.models import Area
from liren.core.people import codes
from liren.core.people.labelling import CATALOGUE
from liren.core.people.models import Household, Label, Person, Relation, Residence
from liren.core.places.models import Building, Estate, House

pytestmark = pytest.mark.django_db
FILE = Path(__file__).parent / "data" / "community.json"


@pytest.fixture
def said():
    return json.loads(FILE.read_text("utf-8"))


@pytest.fixture
def loaded(said):
    call_command("load_truth", FILE, verbosity=0)
    return said


def test_people_by_status_and_kind(loaded):
    rows = loaded["persons"]
    assert Counter(Person.objects.values_list("status", flat=True)) == Counter(
        codes.read("status", row["status"]) for row in rows
    )
    assert Counter(Person.objects.values_list("kind", flat=True)) == Counter(
        codes.read("residence_kind", row["residence_type"]) for row in rows
    )


def test_labels(loaded):
    counted = Counter(CATALOGUE[code].name for code in Label.objects.values_list("code", flat=True))
    assert counted == Counter(label["label"] for row in loaded["persons"] for label in row["labels"])
    for label in Label.objects.all():
        assert not {"guardian_phone", "guardian_id"} & set(label.attributes), (
            "other people's numbers are sealed"
        )
    support = Label.objects.filter(code="minimum_living").first()
    assert support.attributes["monthly_amount"] > 0 and support.evidence == support.attributes["cert_no"]


def test_households_and_houses(loaded):
    sizes = Counter(Residence.objects.values_list("household__number", flat=True))
    assert sizes == {row["number"]: len(row["members"]) for row in loaded["households"]}
    assert Building.objects.count() == 5 and House.objects.count() == len(loaded["dwellings"])
    assert Estate.objects.count() == len({row["compound"] for row in loaded["buildings"]})
    assert Area.objects.filter(level="grid").count() == len(loaded["grids"])
    gone = [
        row["number"]
        for row in loaded["households"]
        if all(p["status"] in ("已迁出", "已死亡") for p in loaded["persons"] if p["household"] == row["key"])
    ]
    assert set(Household.objects.exclude(closed_on=None).values_list("number", flat=True)) == set(gone)
    assert gone


def test_one_person_whole(loaded):
    row = next(
        row for row in loaded["persons"] if row["spouse"] and row["phones"] and row["status"] == "在住"
    )
    person = Person.objects.get(source_at=row["key"])
    assert (person.name, person.birth, person.coded("education")) == (
        row["name"],
        row["birth_date"],
        row["education"],
    )
    assert [paper.number for paper in person.papers.all()] == [row["id_number"]]
    assert [phone.number for phone in person.phones.all()] == row["phones"]
    assert person.house.building.name == row["building"] and person.house.room == row["room"]
    [residence] = person.residences.open()
    assert residence.from_on.isoformat() == row["move_in_date"]
    assert person.hukou.get().address == row["hukou_address"]
    assert person.relations.get(kind="spouse").other.source_at == row["spouse"]


def test_guardians_and_landlords(loaded):
    names = Counter(Relation.objects.filter(kind="guardian").values_list("other_name", flat=True))
    assert names == Counter(
        label["guardian"] for row in loaded["persons"] for label in row["labels"] if label.get("guardian")
    )
    landlords = Relation.objects.filter(kind="landlord")
    assert landlords.count() == sum(
        bool(label.get("landlord")) for row in loaded["persons"] for label in row["labels"]
    )


def test_places_alone():
    call_command("load_truth", FILE, places=True, verbosity=0)
    assert Building.objects.count() == 5
    assert not House.objects.exists() and not Person.objects.exists()


def test_a_community_that_stands_is_refused(loaded):
    with pytest.raises(CommandError, match="已经有了"):
        call_command("load_truth", FILE, verbosity=0)
    assert Person.objects.count() == len(loaded["persons"])


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda d: d.pop("persons"), "没有 persons"),
        (lambda d: d.pop("community"), "不是社区数据文件"),
        (lambda d: d["community"].update(code="12"), "12 位数字"),
        (lambda d: d["community"].update(name=""), "不能空着"),
        (lambda d: d["community"].update(as_of="昨天"), "不是日期"),
        (lambda d: d["persons"][3].update(name=" "), "没有姓名"),
        (lambda d: d["persons"][3].update(birth_date="1962-13-01"), "不是日期"),
        (lambda d: d["persons"][3].update(household="H9999"), "H9999"),
        (lambda d: d["persons"][3].update(status="旅游"), "旅游"),
        (lambda d: d["persons"][3].update(labels=[{"label": "钉子户"}]), "钉子户"),
        (lambda d: d["persons"][3].update(labels=[{"label": "党员"}] * 2), "重复的标签"),
        (lambda d: d["persons"][3].pop("name"), "第 4 条缺少 name"),
        (lambda d: d["persons"][3].update(id_number=d["persons"][4]["id_number"]), "同一个证件号"),
        (lambda d: d["buildings"].append(d["buildings"][0]), "重复的 key"),
    ],
)
def test_a_broken_file_is_refused_with_a_sentence(said, change, sentence, tmp_path):
    change(said)
    file = tmp_path / "community.json"
    file.write_text(json.dumps(said))
    with pytest.raises(CommandError, match=sentence):
        call_command("load_truth", file, verbosity=0)
    assert not Area.objects.exists()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe\x00", b"null"])
def test_no_community_at_all(content, tmp_path):
    file = tmp_path / "x.json"
    file.write_bytes(content)
    with pytest.raises(CommandError):
        call_command("load_truth", file, verbosity=0)
    with pytest.raises(CommandError, match="打不开"):
        call_command("load_truth", tmp_path / "missing.json", verbosity=0)
