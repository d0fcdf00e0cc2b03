"""Orders by file: every layout is read, nothing is doubled, all of a file or none of it."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from liren.core.audit.models import Trace
from liren.core.documents.models import Document
from liren.core.duty import Refused
from liren.core.matters import actions as matters
from liren.core.matters.models import Entry, Matter, Party
from liren.duties.governance.appeals.orders import actions
from liren.duties.governance.appeals.orders.reading import Order
from liren.duties.governance.models import Appeal, OrderFile

from . import order_samples as samples

pytestmark = pytest.mark.django_db
WHEN = "%Y-%m-%d %H:%M"


def read(content: bytes, name: str = "工单.xlsx") -> list[Order]:
    return actions.read_content(content, name).orders


def local(moment: Any) -> str:
    return timezone.localtime(moment).strftime(WHEN) if moment else ""


def test_usual_headings() -> None:
    first, second, third = read(samples.plain_sheet())
    assert (first.number, first.title, first.caller, first.phone) == (
        "SH20261120001",
        "厨房漏水",
        "常知夏",
        "13900010001",
    )
    assert (local(first.dispatched_at), local(first.due_at)) == ("2026-11-20 09:12", "2026-11-27 17:30")
    assert (first.urgency_class, first.cause, first.address) == ("w5", "leak", "里仁苑3号楼1单元101室")
    assert (second.caller, second.phone, second.urgency_class, second.cause) == ("", "", "h24", "noise")
    assert (third.phone, third.urgency_class, local(third.due_at)) == (
        "13900010003",
        "h2",
        "2026-11-21 09:05",
    )


def test_titles_groups_and_totals() -> None:
    first, second = read(samples.office_sheet())
    assert (first.number, first.caller, first.phone) == ("沪临〔2026〕11200001", "顾望舒", "13900020001")
    assert first.title == "楼道里堆满纸箱，怕着火" and first.content.endswith("已多次反映。")
    assert (local(first.dispatched_at), local(first.due_at)) == ("2026-11-20 08:30", "2026-11-27 23:59")
    assert (second.phone, second.cause) == ("021-40950001", "drain")


def test_old_platforms_write_gbk() -> None:
    first, second = read(samples.gbk_csv(), "导出.csv")
    assert first.number == "2026112200045678" and "物业不管" in first.content
    assert (first.solved, first.satisfied, second.solved, second.satisfied) == ("yes", "yes", "no", "no")
    assert (first.urgency_class, second.urgency_class, first.cause, second.cause) == (
        "w5",
        "d7",
        "parking",
        "policy",
    )
    assert local(first.due_at) == "2026-11-27 17:30" and local(second.due_at) == "2026-11-29 23:59"


def test_a_web_page_that_calls_itself_xls() -> None:
    (only,) = read(samples.page_called_xls(), "工单.xls")
    assert (only.number, only.title, only.urgency_class, only.cause) == (
        "RW-2026-110077",
        "垃圾清运",
        "h24",
        "waste",
    )


def test_forms_below_one_another() -> None:
    first, second = read(samples.cards())
    assert (first.number, first.caller, first.address, first.cause) == (
        "KP2026112001",
        "蓝采和",
        "3号楼301室",
        "pets",
    )
    assert (second.number, second.cause, local(second.due_at)) == (
        "KP2026112002",
        "safety",
        "2026-11-25 18:00",
    )


def test_headings_down_the_side() -> None:
    orders = read(samples.turned())
    assert [(each.number[-1], each.title, each.phone[-1]) for each in orders] == [
        ("1", "树枝遮光", "1"), ("2", "路灯不亮", "2"), ("3", "井盖松动", "3"),
    ]  # fmt: skip


def test_a_heading_again_and_a_second_sheet() -> None:
    reading = actions.read_content(samples.pages_of_paper(), "工单.xlsx")
    assert [each.number for each in reading.orders] == ["SH20261120001", "SH20261120002", "DX20261122009"]
    assert any("旧数据" in note for note in reading.notes)


def test_tables_and_forms_of_word() -> None:
    first, second = read(samples.word_list(), "转办.docx")
    assert (first.number, first.caller, first.cause) == ("JD-20261122-01", "白鹭", "green")
    assert local(first.due_at) == "2026-11-30 23:59" and local(second.due_at) == "2026-11-30 23:59"
    (form,) = read(samples.word_form(), "单子.docx")
    assert (form.number, form.phone, form.urgency_class) == ("WD20261122031", "13900080001", "h24")
    assert form.content.startswith("反映3号楼402室") and local(form.due_at) == "2026-11-23 16:20"


def test_what_cannot_be_taken_says_why() -> None:
    head = ("工单编号", "诉求内容", "办理时限", "派单时间")
    rows = [
        ("A20261101", "漏水", "尽快", "2026-11-20"),
        ("", "没有编号的一行", "", ""),
        ("A20261101", "又一次", "", ""),
        ("A20261102", "时限在派单前", "2026-11-01", "2026-11-20"),
    ]
    one, no_number, double, early = read(samples.workbook(("表", [head, *rows])))
    assert one.due_at is None and any("「尽快」看不懂" in note for note in one.notes)
    assert "没有工单编号" in no_number.problem
    assert double.problem == "和第 2 行是同一张工单，只收前面那一行"
    assert early.due_at is None and any("比派单时间还早" in note for note in early.notes)


def test_numbers_that_a_spreadsheet_spoilt_are_not_taken() -> None:
    head = ("工单编号", "诉求内容")
    rows = [("2.02611E+15", "漏水"), (2026112200045678, "漏水"), ("ＳＨ ２０２６１１９", "漏水\x00了")]
    lost, figure, wide = read(samples.workbook(("表", [head, *rows])))
    assert "科学记数" in lost.problem and "科学记数" in figure.problem
    assert (wide.number, wide.content, wide.problem) == ("SH2026119", "漏水了", "")


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "空.xlsx", "空的"),
        (b"PK\x03\x04 torn", "坏.xlsx", "损坏"),
        (samples.workbook(("表", [("姓名", "年龄"), ("甲", 3)])), "名单.xlsx", "没有找到工单"),
        (samples.word(), "通知.docx", "没有表格"),
    ],
)
def test_other_files_are_refused_in_a_sentence(content: bytes, name: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        read(content, name)


def dropped(village: Any, content: bytes, by: Any = None, system: str = "12345") -> OrderFile:
    return actions.receive_orders(
        village.community, content=content, name="工单.xlsx", system=system, by=by or village.secretary
    )


def test_taking_over_opens_each_once_with_place_time_and_trace(village: Any) -> None:
    file = actions.take_orders(dropped(village, samples.plain_sheet()), by=village.line_worker)
    assert (file.opened, file.updated, file.same, file.refused) == (3, 0, 0, 0)
    leak = Appeal.objects.get(outer_number="SH20261120001").matter
    assert (leak.house.code, leak.source, leak.cause, leak.area) == (
        "3-1-101",
        "hotline",
        "leak",
        village.grid_1,
    )
    assert Party.objects.get(matter=leak).phone == "13900010001"
    assert not Party.objects.filter(matter__appeal__outer_number="SH20261120002").exists()
    lift = Appeal.objects.get(outer_number="SH20261121003").matter
    assert lift.house is None and lift.building.name == "3号楼"
    assert Trace.objects.filter(action="governance.orders_take").get().particulars["opened"] == 3
    assert Document.objects.get(pk=file.document_id).disposed_at
    with pytest.raises(Refused, match="已经导入过了"):
        actions.take_orders(file, by=village.secretary)


def test_the_same_file_again_changes_nothing(village: Any) -> None:
    actions.take_orders(dropped(village, samples.plain_sheet()), by=village.secretary)
    entries = Entry.objects.count()
    again = dropped(village, samples.plain_sheet())
    _, lines = actions.look_at(again)
    assert [line.state for line in lines] == ["same"] * 3
    with pytest.raises(Refused, match="没有新工单，也没有要更新的"):
        actions.take_orders(again, by=village.secretary)
    actions.drop_orders(again, by=village.secretary)
    assert (Matter.objects.filter(kind="governance.appeal").count(), Entry.objects.count()) == (3, entries)


def test_a_later_export_brings_only_what_is_new(village: Any) -> None:
    actions.take_orders(dropped(village, samples.plain_sheet()), by=village.secretary)
    rows = [[*row, ""] for row in samples.USUAL]
    rows[0][8], rows[0][10] = "2026-12-02 12:00:00", "已解决，基本满意"
    rows.append(
        [
            4,
            "SH20261122004",
            "路灯不亮",
            "3号楼门口路灯不亮",
            "匿名",
            "",
            "3号楼",
            "2026-11-22 18:00",
            "",
            "一般",
            "",
        ]
    )
    later = dropped(village, samples.workbook(("表", [(*samples.USUAL_HEAD, "回访结果"), *rows])))
    _, lines = actions.look_at(later)
    assert [line.state for line in lines] == ["changed", "same", "same", "new"]
    assert [each.name for each in lines[0].differences] == ["办理时限", "是否解决", "是否满意"]
    file = actions.take_orders(later, by=village.secretary)
    assert (file.opened, file.updated, file.same) == (1, 1, 2)
    appeal = Appeal.objects.get(outer_number="SH20261120001")
    assert local(appeal.due_at) == "2026-12-02 12:00"
    assert (appeal.matter.solved, appeal.matter.satisfied) == ("yes", "partly")
    assert (
        Entry.objects.filter(
            matter=appeal.matter, what="comment", note__contains="派单平台更新了工单"
        ).count()
        == 1
    )
    _, lines = actions.look_at(
        dropped(village, samples.workbook(("表", [(*samples.USUAL_HEAD, "回访结果"), *rows])))
    )
    assert {line.state for line in lines} == {"same"}


def test_what_was_typed_in_by_hand_is_known(village: Any) -> None:
    matter = matters.open_matter(
        "governance.appeal", community=village.community, title="厨房漏水", by=village.secretary,
        details={"outer_system": "12345", "outer_number": "SH20261120001"},
    )  # fmt: skip
    _, lines = actions.look_at(dropped(village, samples.plain_sheet()))
    assert lines[0].state == "changed" and lines[0].appeal.matter == matter


def test_the_same_time_typed_in_by_hand_is_no_change(village: Any) -> None:
    [first, *_] = read(samples.plain_sheet())
    matters.open_matter(
        "governance.appeal", community=village.community, title="厨房漏水", by=village.secretary,
        details={"outer_system": "12345", "outer_number": "SH20261120001", "due_at": first.due_at},
    )  # fmt: skip
    _, lines = actions.look_at(dropped(village, samples.plain_sheet()))
    assert "办理时限" not in [each.name for each in lines[0].differences]


def test_one_order_of_two_platforms_is_one_appeal(village: Any) -> None:
    actions.take_orders(dropped(village, samples.plain_sheet()), by=village.secretary)
    _, lines = actions.look_at(dropped(village, samples.plain_sheet(), system="street"))
    assert {line.state for line in lines} == {"same"}
    assert lines[0].why.startswith("12345 热线来过同一张，是 治-")


def test_all_or_nothing(village: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    file = dropped(village, samples.plain_sheet())
    real, calls = matters.open_matter, []

    def failing(*args: Any, **facts: Any) -> Any:
        calls.append(1)
        if len(calls) == 3:
            raise Refused("第三张出了岔子")
        return real(*args, **facts)

    monkeypatch.setattr(actions.taking.matters, "open_matter", failing)
    with pytest.raises(Refused, match="第三张"):
        actions.take_orders(file, by=village.secretary)
    assert not Appeal.objects.exists() and OrderFile.objects.get(pk=file.pk).is_waiting
    assert not Trace.objects.filter(action="governance.orders_take").exists()


def test_a_file_dropped_halfway_says_what_stays(village: Any, client_as: Any) -> None:
    file = dropped(village, samples.many(2))
    OrderFile.objects.filter(pk=file.pk).update(opened=1)
    client = client_as(village.secretary)
    client.post(reverse("governance:orders_drop", args=[file.pk]))
    page = client.get(reverse("governance:orders_file", args=[file.pk])).content.decode()
    assert "丢弃前已新登记 1 件" in page and "什么也没有登记" not in page


def test_numbers_of_law_are_not_asked_for_each_order(
    village: Any, django_assert_max_num_queries: Any
) -> None:
    """Of twenty more orders each costs fewer than thirty statements: a thousand are taken in some ten seconds."""
    file = dropped(village, samples.many(24))
    with django_assert_max_num_queries(24 * 30 + 60):
        actions.take_orders(file, by=village.secretary)
    assert Appeal.objects.count() == 24


def test_a_file_longer_than_the_limit_is_refused(village: Any) -> None:
    assert actions.receiving.MOST >= 1000
    assert len(read(samples.many(1000))) == 1000
    with pytest.raises(Refused, match="有 1,501 张工单，一次最多 1,500 张"):
        read(samples.many(1501))


def test_orders_of_another_community_stay_out(village: Any) -> None:
    head = ("工单编号", "诉求内容", "所属社区")
    rows = [("B20261101", "漏水", "里仁社区居委会"), ("B20261102", "漏水", "柳荫社区")]
    _, lines = actions.look_at(dropped(village, samples.workbook(("表", [head, *rows]))))
    assert [line.state for line in lines] == ["new", "problem"]
    assert lines[1].why == "派给的是柳荫社区，不是我们社区"


def test_only_the_office_of_the_community_takes_orders(village: Any) -> None:
    for key in ("outsider", "grid_worker", "system_admin", "street_section"):
        with pytest.raises(Refused, match="您的岗位不能导入工单"):
            dropped(village, samples.plain_sheet(), by=village[key])
    file = dropped(village, samples.plain_sheet())
    for act in (actions.take_orders, actions.drop_orders):
        with pytest.raises(Refused, match="您的岗位不能导入工单"):
            act(file, by=village.outsider)
    assert not Appeal.objects.exists() and not OrderFile.objects.visible_to(village.outsider).exists()
