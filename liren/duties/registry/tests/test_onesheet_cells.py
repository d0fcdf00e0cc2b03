"""Each cell by itself: where it comes from, what may be typed into it, and how it looks on paper."""

import io
import re

import openpyxl
import pikepdf
import pytest

from liren.core.audit.models import Trace
from liren.core.duty import Refused
from liren.core.facts.reading import read
from liren.core.facts.wording import in_words
from liren.core.people.actions import correct_person, open_source, put_label
from liren.core.people.models import Change, Person
from liren.duties.registry.onesheet import actions
from liren.duties.registry.onesheet.arranging import filled_now
from liren.duties.registry.onesheet.preview import pages_of
from liren.sample.tests.blank_forms import listed

pytestmark = pytest.mark.django_db
URL = "/registry/onesheet/"
TITLE = "80周岁以上老年人花名册"


def begun(village, heads, title=TITLE):
    return actions.begin_filling(
        village.community, content=listed(title, heads), name="高龄.xlsx", by=village.secretary
    )


def line_of(done, person):
    return next(line for line in done.report.lines if line.key == person.pk)


def senior(village, done):
    return Person.objects.get(pk=done.report.lines[0].key)


def rows_of(content):
    return [
        list(row)
        for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    ]


def test_a_cell_says_from_which_source_it_comes(village):
    heads = "序号|姓名|残疾等级|文化程度|联系电话"
    filling = begun(village, heads)
    person = senior(village, filled_now(filling, village.secretary))
    told = open_source(community=village.community, kind="desk", title="残联名册", by=village.secretary)
    facts = {"code": "disability", "evidence": "残疾证", "attributes": {"category": "physical", "level": "2"}}
    put_label(person, source=told, by=village.secretary, **facts)
    said = open_source(community=village.community, kind="desk", title="入户核实", by=village.secretary)
    correct_person(person, facts={"education": "70"}, source=said, by=village.secretary)
    done = filled_now(filling, village.secretary)
    line = line_of(done, person)
    assert line.sources[3] == "残联名册" and line.sources[4] == "入户核实"
    whys = [cell.why for page in pages_of(done) for row in page.rows for cell in row]
    assert any("来自残联名册" in why for why in whys)
    assert any(f"来自{line.source}" in why for why in whys)


def test_what_a_list_lacks_is_typed_beside_the_one_it_is_about(village):
    filling = begun(village, "序号|姓名|工作单位|开户行")
    done = filled_now(filling, village.secretary)
    person = senior(village, done)
    places = {f"Sheet|3|#{person.pk}": "红星纺织厂", f"Sheet|4|#{person.pk}": "海东银行"}
    asked = {f"Sheet|3|#{person.pk}": "work_unit"}
    sheet = done.report.lines[0].sheet
    places, asked = (
        {key.replace("Sheet", sheet): said for key, said in each.items()} for each in (places, asked)
    )
    assert actions.type_values(filling, values=places, asked=asked, by=village.secretary) == 1
    person.refresh_from_db()
    assert person.work_unit == "红星纺织厂"
    assert Change.objects.filter(person=person, fact="work_unit", source__title__contains="高龄").exists()
    again = filled_now(filling, village.secretary)
    row = next(row for row in rows_of(again.content) if row[1] == person.name)
    assert row[2:4] == ["红星纺织厂", "海东银行"]
    # Somebody comes onto the list before them: what was typed goes along.
    listed_now = {line.key for line in again.report.lines}
    others = Person.objects.filter(community=village.community, status="living", merged_into=None)
    before = others.exclude(pk__in=listed_now).first()
    correct_person(before, facts={"birth": "1935-01-01"}, by=village.secretary)
    later = rows_of(filled_now(filling, village.secretary).content)
    assert [row[3] for row in later if row[1] == person.name] == ["海东银行"]
    assert sum("海东银行" in row for row in later) == 1


def test_a_phone_typed_into_a_list_is_the_persons_from_now_on(village):
    filling = begun(village, "序号|姓名|联系电话")
    done = filled_now(filling, village.secretary)
    person = senior(village, done)
    place = f"{done.report.lines[0].sheet}|3|#{person.pk}"
    with pytest.raises(Refused, match="位数"):
        actions.type_values(filling, values={place: "1543"}, asked={place: "phone"}, by=village.secretary)
    typed = {"values": {place: "154 1234 5678"}, "asked": {place: "phone"}}
    assert actions.type_values(filling, by=village.secretary, **typed) == 1
    assert "15412345678" in {each.number for each in person.phones.filter(ended_on=None)}


def test_nobody_types_about_somebody_out_of_reach(village):
    filling = begun(village, "序号|姓名|工作单位")
    place = f"Sheet|3|#{village.outside_senior.pk}"
    typed = {"values": {place: "红星纺织厂"}, "asked": {place: "work_unit"}}
    assert actions.type_values(filling, by=village.secretary, **typed) == 0
    village.outside_senior.refresh_from_db()
    assert village.outside_senior.work_unit != "红星纺织厂"


def test_what_was_typed_once_comes_along_the_next_time(village):
    filling = begun(village, "序号|姓名|开户行")
    done = filled_now(filling, village.secretary)
    person, sheet = senior(village, done), done.report.lines[0].sheet
    template = actions.keep_template(filling, period="month", by=village.secretary)
    place = f"{sheet}|3|#{person.pk}"
    actions.type_values(filling, values={place: "海东银行"}, asked={}, by=village.secretary)
    later = actions.fill_again(template, by=village.secretary)
    assert any("海东银行" in row for row in rows_of(filled_now(later, village.secretary).content))
    assert b"\xe6\xb5\xb7" not in bytes(later.typed_sealed)


def test_what_was_typed_is_not_lost_by_a_look_at_the_same_form(village):
    filling = begun(village, "序号|姓名|开户行")
    done = filled_now(filling, village.secretary)
    place = f"{done.report.lines[0].sheet}|3|#{senior(village, done).pk}"
    template = actions.keep_template(filling, period="month", by=village.secretary)
    actions.type_values(filling, values={place: "海东银行"}, asked={}, by=village.secretary)
    begun(village, "序号|姓名|开户行")
    later = actions.fill_again(template, by=village.secretary)
    assert any("海东银行" in row for row in rows_of(filled_now(later, village.secretary).content))


@pytest.mark.parametrize(
    "place", ["{sheet}|²|#{pk}", "{sheet}|³", "|", "{sheet}||#", "{sheet}|99999999999999999999|#{pk}"]
)
def test_a_strange_place_leaves_the_form_readable(village, client_as, place):
    client = client_as(village.secretary)
    filling = begun(village, "序号|姓名|开户行")
    line = filled_now(filling, village.secretary).report.lines[0]
    facts = {"place": [place.format(sheet=line.sheet, pk=line.key)], "asked": [""], "value": ["海东银行"]}
    assert client.post(f"{URL}{filling.pk}/typed/", facts).status_code == 302
    assert client.get(f"{URL}{filling.pk}/").status_code == 200


@pytest.mark.parametrize("on", ["0001-01-01", "1899-12-31", "9999-12-31"])
def test_a_strange_day_leaves_the_form_readable(village, client_as, on):
    client = client_as(village.secretary)
    filling = begun(village, "序号|姓名|年龄")
    client.post(f"{URL}{filling.pk}/day/", {"on": on})
    assert client.get(f"{URL}{filling.pk}/").status_code == 200


def test_the_page_offers_the_cell_its_source_and_its_field(village, client_as):
    client = client_as(village.secretary)
    filling = begun(village, "序号|姓名|工作单位|开户行")
    page = client.get(f"{URL}{filling.pk}/").content.decode()
    assert re.search(r'data-why="[^"]*来自', page)
    [place, *_] = re.findall(r'data-place="([^"]+\|4\|#\d+)"', page)
    client.post(f"{URL}{filling.pk}/typed/", {"place": [place], "asked": [""], "value": ["海东银行"]})
    assert "海东银行" in client.get(f"{URL}{filling.pk}/").content.decode()


def test_the_look_on_paper_is_masked_and_says_that_it_counts_for_nothing(village, client_as):
    filling = begun(village, "序号|姓名|身份证号")
    answer = client_as(village.secretary).get(f"{URL}{filling.pk}/paper/")
    assert answer["Content-Type"] == "application/pdf" and answer["Content-Disposition"].startswith("inline")
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) >= 1
    [trace] = Trace.objects.about(filling).filter(action="onesheet.preview")
    assert trace.user_id == village.secretary.pk
    assert client_as(village.outsider).get(f"{URL}{filling.pk}/paper/").status_code == 404


def test_a_card_asks_first_whom_it_is_about(village, client_as):
    from .test_onesheet import CARD, card

    filling = actions.begin_filling(
        village.community, content=card(CARD), name="登记卡.xlsx", by=village.secretary
    )
    page = client_as(village.secretary).get(f"{URL}{filling.pk}/").content.decode()
    assert "先选给谁填" in page and 'id="questions"' not in page


@pytest.mark.parametrize(
    ("tree", "said"),
    [
        ({"all": [["person.age", ">=", 80], ["house.grid", "=", "第一网格"]]}, "（"),
        (
            {"all": [["person.age", ">=", 80], {"any": [["person.age", "<", 90], ["person.age", ">", 99]]}]},
            "（年龄",
        ),
    ],
)
def test_a_condition_reads_as_a_sentence_with_its_brackets_closed(tree, said):
    words = in_words(read(tree))
    assert words.count("（") == words.count("）") and "(" not in words
    assert (said in words) == ("any" in str(tree))
