"""Forms from above: dropped, asked about, filled, handed out, remembered — and what never happens on the way."""

import datetime
import io

import openpyxl
import pikepdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl.styles import Border, Side

from liren.core.audit.models import Trace
from liren.core.duty import Refused
from liren.core.people.actions import correct_person
from liren.core.people.models import Change, Person
from liren.core.sheets.forms.package import open_package
from liren.duties.registry.onesheet import actions
from liren.duties.registry.onesheet.arranging import filled_now, snapshot_of
from liren.duties.registry.onesheet.comparing import compared
from liren.duties.registry.onesheet.duedates import next_due
from liren.duties.registry.onesheet.marking import marked
from liren.duties.registry.onesheet.models import Filling, FormTemplate, HandOut

pytestmark = pytest.mark.django_db
URL = "/registry/onesheet/"
STATED = {"purpose": "六月高龄津贴发放", "basis": "duty", "receiver": "街道民政科 温立民"}
SIDE = Side(style="thin")
FRAME = Border(left=SIDE, right=SIDE, top=SIDE, bottom=SIDE)


def blank(title, heads, lines=3):
    """A list form."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([title])
    sheet.append(heads)
    for row in sheet.iter_rows(min_row=2, max_row=2 + lines, max_col=len(heads)):
        for cell in row:
            cell.border = FRAME
    return saved(book)


def card(rows):
    """A card form: labels with blanks beside them."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for row in sheet.iter_rows(min_row=2, max_row=len(rows), max_col=len(rows[1])):
        for cell in row:
            cell.border = FRAME
    return saved(book)


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def begun(village, content=None, name="高龄老人名册.xlsx"):
    if content is None:
        heads = ["序号", "姓名", "年龄", "身份证号", "联系电话", "开户行"]
        content = blank("80周岁以上老年人花名册", heads)
    return actions.begin_filling(village.community, content=content, name=name, by=village.secretary)


CARD = [
    ["居民情况登记卡", None, None, None],
    ["姓名", None, "性别", None],
    ["身份证号", None, "工作单位", None],
    ["是否低保", None, "健康状况", None],
]


def rows_of(content, sheet=0):
    page = openpyxl.load_workbook(io.BytesIO(content)).worksheets[sheet]
    return [list(row) for row in page.iter_rows(values_only=True)]


def test_what_is_no_form_changes_nothing(village):
    for content in (b"", b"PK\x03\x04torn", b"\x89PNG" + b"0" * 60):
        with pytest.raises(Refused):
            begun(village, content)
    assert not Filling.objects.exists()


def test_a_list_is_filled_with_whom_the_asker_sees(village):
    done = filled_now(begun(village), village.secretary)
    seniors = Person.objects.visible_to(village.secretary).filter(status="living", merged_into=None)
    turned = [person for person in seniors if (person.age() or 0) >= 80]
    assert {line.key for line in done.report.lines} == {person.pk for person in turned}
    assert turned
    rows = rows_of(done.content)
    assert [row[0] for row in rows[2 : 2 + len(turned)]] == list(range(1, len(turned) + 1))
    # What nobody knows stays blank and is said.
    assert all(row[5] is None for row in rows[2:])
    assert [cell.label for cell in done.report.of("unknown")] == ["开户行"]
    outside = filled_now(begun(village), village.outsider)
    assert not outside.report.lines


def test_economic_labels_only_for_their_line(village):
    filling = begun(village, blank("低保对象花名册", ["序号", "姓名", "低保证号"]), "低保.xlsx")
    assert filled_now(filling, village.line_worker).report.lines
    with pytest.raises(Refused, match="专门条线"):
        filled_now(filling, village.health_worker)


def test_a_column_of_another_line_stays_blank(village):
    filling = begun(village, blank("80周岁以上老年人花名册", ["序号", "姓名", "是否低保"]), "津贴.xlsx")
    [column] = filled_now(filling, village.health_worker).report.of("unknown")
    assert column.label == "是否低保" and "条线" in column.why
    assert not filled_now(filling, village.line_worker).report.of("unknown")


def test_a_figure_of_another_line_stays_blank(village):
    book = openpyxl.Workbook()
    for row in (["人口统计表"], ["网格", "人数", "低保人数"], [village.grid_1.name], [village.grid_2.name]):
        book.active.append(row)
    for row in book.active.iter_rows(min_row=2, max_row=4, max_col=3):
        for cell in row:
            cell.border = FRAME
    filling = begun(village, saved(book), "统计.xlsx")
    mine = rows_of(filled_now(filling, village.line_worker).content)
    theirs = rows_of(filled_now(filling, village.health_worker).content)
    assert mine[2][1] == theirs[2][1] > 0
    assert mine[2][2] is not None and theirs[2][2] is None


def test_numbers_are_masked_on_the_page_and_whole_in_the_file(village, client_as):
    filling = begun(village)
    page = client_as(village.secretary).get(f"{URL}{filling.pk}/").content.decode()
    [number] = [
        paper.number
        for person in Person.objects.filter(pk=filled_now(filling, village.secretary).report.lines[0].key)
        for paper in person.papers.filter(ended_on=None)
    ]
    assert number not in page
    assert f"{number[:4]}**********{number[-4:]}" in page
    assert number in str(rows_of(filled_now(filling, village.secretary).content))


def test_a_question_is_asked_once(village):
    filling = begun(village, blank("80周岁以上老年人花名册", ["序号", "姓名", "爱心积分"]), "积分.xlsx")
    [question] = filled_now(filling, village.secretary).report.of("unread")
    with pytest.raises(Refused):
        actions.answer_place(filling, place=question.key, asked="whatever", by=village.secretary)
    actions.answer_place(filling, place=question.key, asked="age", by=village.secretary)
    done = filled_now(filling, village.secretary)
    assert not done.report.uncertain
    assert rows_of(done.content)[2][2] >= 80
    actions.answer_place(filling, place=question.key, asked="", by=village.secretary)
    assert filled_now(filling, village.secretary).report.of("unknown")


def test_a_card_is_about_somebody(village):
    filling = begun(village, card(CARD), "登记卡.xlsx")
    assert filled_now(filling, village.secretary).needs_target
    with pytest.raises(Refused):
        actions.choose_target(filling, kind="person", pk=village.outside_senior.pk, by=village.secretary)
    actions.choose_target(filling, kind="person", pk=village.alone.pk, by=village.secretary)
    rows = rows_of(filled_now(filling, village.secretary).content)
    assert rows[1][1] == village.alone.name
    assert rows[3][3] is None


def test_what_is_typed_becomes_a_fact_of_today(village):
    filling = begun(village, card(CARD), "登记卡.xlsx")
    actions.choose_target(filling, kind="person", pk=village.alone.pk, by=village.secretary)
    places = {"Sheet|4|3": "红星纺织厂", "Sheet|4|4": "=1+1"}
    asked = {"Sheet|4|3": "work_unit", "Sheet|4|4": ""}
    assert actions.type_values(filling, values=places, asked=asked, by=village.secretary) == 1
    village.alone.refresh_from_db()
    assert village.alone.work_unit == "红星纺织厂"
    change = Change.objects.get(person=village.alone, fact="work_unit")
    assert change.on == timezone.localdate() and "登记卡" in change.source.title
    rows = rows_of(filled_now(filling, village.secretary).content)
    assert rows[2][3] == "红星纺织厂"
    page = openpyxl.load_workbook(io.BytesIO(filled_now(filling, village.secretary).content)).active
    # A formula that somebody typed is a text.
    assert (page["D4"].value == "=1+1" and page["D4"].data_type != "f") or page["D4"].quotePrefix
    assert b"1+1" not in bytes(filling.typed_sealed)


def test_what_has_to_be_said_before_it_leaves(village):
    filling = begun(village)
    for gap in ({"purpose": "用"}, {"receiver": " "}, {"basis": "whatever"}):
        with pytest.raises(Refused):
            actions.hand_out(filling, by=village.secretary, **(STATED | gap))
    with pytest.raises(Refused, match="岗位"):
        actions.hand_out(filling, by=village.grid_worker, **STATED)
    assert not HandOut.objects.exists()


def test_a_hand_out_is_marked_and_traced(village):
    filling = begun(village)
    handout = actions.hand_out(filling, by=village.secretary, **STATED)
    content = actions.fetch(handout, by=village.secretary)
    footer = openpyxl.load_workbook(io.BytesIO(content)).active.oddFooter
    assert STATED["purpose"] in footer.left.text and "苏敏" in footer.left.text
    assert Trace.objects.filter(action="onesheet.hand_out").count() == 1
    assert Trace.objects.filter(action="people.export").count() == handout.rows
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=80)):
        with pytest.raises(Refused, match="过期"):
            actions.fetch(handout, by=village.secretary)


def test_a_pdf_to_be_sealed_goes_out_with_it(village, client_as):
    filling = begun(village)
    plain = actions.hand_out(filling, by=village.secretary, **STATED)
    with pytest.raises(Refused, match="没有出 PDF"):
        actions.fetch(plain, paper=True, by=village.secretary)
    client = client_as(village.secretary)
    client.post(f"{URL}{filling.pk}/hand-out/", STATED | {"paper": "on"})
    handout = HandOut.objects.latest("pk")
    assert "盖章用 PDF" in client.get(f"{URL}{filling.pk}/").content.decode()
    answer = client.get(f"{URL}taken/{handout.pk}/paper/")
    assert answer["Content-Type"] == "application/pdf" and ".pdf" in answer["Content-Disposition"]
    with pikepdf.open(io.BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) == 1 and pdf.docinfo["/Title"] == "高龄老人名册"
    trace = Trace.objects.filter(action="onesheet.fetch").latest("pk")
    assert trace.particulars["paper"] is True
    assert client_as(village.outsider).get(f"{URL}taken/{handout.pk}/paper/").status_code == 404


@pytest.mark.parametrize(
    ("footer", "left", "center", "right"),
    [
        ("", "印", None, None),
        ("&C&F", "印", "&F", None),
        ("&L甲&C乙", "甲", "乙", "印"),
        ("第&P页", "印", "第&P页", None),
    ],
)
def test_the_mark_stands_beside_what_the_footer_says(footer, left, center, right):
    book = openpyxl.Workbook()
    book.active["A1"] = "甲"
    if footer:
        book.active.oddFooter.center.text = "x"
    content = saved(book)
    if footer:
        package = open_package(content)
        part = package.leaves[0].part
        tree = package.tree(part)
        tree.root.find(f"{tree.space}headerFooter/{tree.space}oddFooter").text = footer
        content = package.written()
    found = openpyxl.load_workbook(io.BytesIO(marked(content, "xlsx", "印"))).active.oddFooter
    assert (found.left.text, found.center.text, found.right.text) == (left, center, right)


def test_a_password_locks_the_file(village):
    import msoffcrypto

    handout = actions.hand_out(
        begun(village), password="liren-2026", paper=True, by=village.secretary, **STATED
    )
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(actions.fetch(handout, paper=True, by=village.secretary)))
    locked = msoffcrypto.OfficeFile(io.BytesIO(actions.fetch(handout, by=village.secretary)))
    locked.load_key(password="liren-2026")
    plain = io.BytesIO()
    locked.decrypt(plain)
    assert rows_of(plain.getvalue())[1][1] == "姓名"


def test_next_month_it_is_one_click(village):
    filling = begun(village)
    question = "Sheet|开户行|6"
    actions.answer_place(filling, place=question, asked="", by=village.secretary)
    template = actions.keep_template(filling, period="month", due_day=5, by=village.secretary)
    actions.hand_out(filling, by=village.secretary, **STATED)
    again = actions.fill_again(template, by=village.secretary)
    assert again.told == {question: ""}
    # The same blank, dropped once more, is known as well.
    assert begun(village).template == template
    actions.drop_template(template, by=village.secretary)
    with pytest.raises(Refused):
        actions.fill_again(template, by=village.secretary)


def test_the_difference_to_last_time(village):
    filling = begun(village)
    actions.hand_out(filling, by=village.secretary, **STATED)
    someone = filled_now(filling, village.secretary).report.lines[0]
    person = Person.objects.get(pk=someone.key)
    correct_person(person, facts={"birth": "1990-01-01"}, by=village.secretary)
    later = begun(village)
    done = filled_now(later, village.secretary)
    [difference] = compared(later, snapshot_of(done), done.report.on, village.secretary).differences
    assert difference.now == difference.before - 1
    assert difference.left == (person.name,) and not difference.came


def test_two_forms_of_one_day_that_disagree(village):
    one = begun(village)
    actions.hand_out(one, by=village.secretary, **STATED)
    someone = filled_now(one, village.secretary).report.lines[0]
    correct_person(Person.objects.get(pk=someone.key), facts={"birth": "1990-01-01"}, by=village.secretary)
    other = begun(village, blank("80周岁以上老年人体检名单", ["序号", "姓名", "住址"]), "体检.xlsx")
    done = filled_now(other, village.secretary)
    [said] = compared(other, snapshot_of(done), done.report.on, village.secretary).contradictions
    assert "高龄老人名册" in said and "同样的条件" in said


def test_conditions_can_be_changed(village):
    filling = begun(village)
    before = filled_now(filling, village.secretary).report.populations[0]
    tree = {"all": [*before.tree["all"], ["house.grid", "=", village.grid_1.name]]}
    actions.change_people(filling, sheet="Sheet", tree=tree, by=village.secretary)
    after = filled_now(filling, village.secretary).report.populations[0]
    assert village.grid_1.name in after.sentence and after.count <= before.count
    with pytest.raises(Refused):
        actions.change_people(filling, sheet="Sheet", tree=["no.fact", "=", 1], by=village.secretary)


@pytest.mark.parametrize(
    ("period", "day", "today", "due"),
    [
        ("once", None, "2026-06-10", None),
        ("month", 5, "2026-06-10", "2026-07-05"),
        ("month", 31, "2026-02-10", "2026-02-28"),
        ("quarter", 10, "2026-06-10", "2026-07-10"),
        ("half", 10, "2026-02-10", "2026-07-10"),
        ("year", 15, "2026-02-10", "2027-01-15"),
    ],
)
def test_when_a_form_is_due_next(period, day, today, due):
    template = FormTemplate(period=period, due_day=day)
    expected = datetime.date.fromisoformat(due) if due else None
    assert next_due(template, datetime.date.fromisoformat(today)) == expected


def test_the_pages_from_the_drop_to_the_file(village, client_as):
    client = client_as(village.secretary)
    content = blank("80周岁以上老年人花名册", ["序号", "姓名", "年龄", "爱心积分"])
    dropped = client.post(f"{URL}begin/", {"form": SimpleUploadedFile("名册.xlsx", content)})
    filling = Filling.objects.get()
    assert dropped.url == f"{URL}{filling.pk}/"
    page = client.get(dropped.url).content.decode()
    assert "1 处拿不准" in page and "年龄不低于 80 岁" in page and "爱心积分" in page
    place = filled_now(filling, village.secretary).report.of("unread")[0].key
    client.post(f"{dropped.url}answer/", {"place": place, "asked": ""})
    assert "没有拿不准的地方" in client.get(dropped.url).content.decode()
    client.post(
        f"{dropped.url}people/",
        {"name": "Sheet", "Sheet-keep": ["0", "1"], "Sheet-grid": village.grid_1.name},
    )
    filling.refresh_from_db()
    assert ["house.grid", "=", village.grid_1.name] in filling.people_told["Sheet"]["all"]
    client.post(f"{dropped.url}day/", {"on": "2026-01-01"})
    client.post(f"{dropped.url}keep/", {"period": "month", "due_day": "25", "receiver": "民政科"})
    client.post(f"{dropped.url}hand-out/", STATED)
    handout = HandOut.objects.get()
    file = client.get(f"{URL}taken/{handout.pk}/")
    assert rows_of(file.content)[0][0] == "80周岁以上老年人花名册"
    assert "一键再填" in client.get(URL).content.decode()
    again = client.post(f"{URL}templates/{FormTemplate.objects.get().pk}/again/")
    assert "比" in client.get(again.url).content.decode()


def test_a_card_page_finds_its_person_and_takes_what_is_typed(village, client_as):
    client = client_as(village.secretary)
    filling = begun(village, card(CARD), "登记卡.xlsx")
    url = f"{URL}{filling.pk}/"
    assert village.alone.name in client.get(url, {"who": village.alone.name}).content.decode()
    client.post(f"{url}target/", {"kind": "person", "pk": village.alone.pk})
    page = client.get(url).content.decode()
    assert "健康状况" in page and "可以手填" in page
    client.post(f"{url}typed/", {"place": ["Sheet|4|4"], "value": ["良好"], "asked": [""]})
    assert "良好" in client.get(url).content.decode()


def test_what_cannot_be_read_is_said_on_the_page(village, client_as):
    client = client_as(village.secretary)
    answer = client.post(
        f"{URL}begin/", {"form": SimpleUploadedFile("a.xlsx", b"PK\x03\x04torn")}, follow=True
    )
    assert "损坏" in answer.content.decode()
    assert not Filling.objects.exists()
    assert "先选一张空表" in client.post(f"{URL}begin/", {}, follow=True).content.decode()


def test_neighbours_see_nothing(village, client_as):
    filling = begun(village)
    handout = actions.hand_out(filling, by=village.secretary, **STATED)
    stranger = client_as(village.outsider)
    assert stranger.get(f"{URL}{filling.pk}/").status_code == 404
    assert stranger.get(f"{URL}taken/{handout.pk}/").status_code == 404
    assert client_as(village.grid_worker).get(URL).status_code == 403
