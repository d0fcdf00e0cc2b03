"""Hazards: the flow with its guards, four eyes, photos, deadlines, grades, referral, and who may do what."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from liren.core.duty import Refused
from liren.core.matters import actions as matters
from liren.core.matters.models import Attachment, Entry, Matter
from liren.core.rules.actions import set_number
from liren.duties.governance.hazards import actions, catalogue
from liren.duties.governance.models import Dissuasion, Hazard, HazardPaper

from .hazard_samples import in_days, late, main_todo, noticed, opened, photo, rectified, shot

pytestmark = pytest.mark.django_db


def test_a_hazard_goes_from_a_notice_to_its_closing(village: Any) -> None:
    matter = rectified(village)
    matter = matters.move(matter, "close", note="纸箱搬走了，楼道畅通", by=village.deputy)
    assert matter.number.startswith("隐-")
    assert (matter.stage, matter.outcome_name) == ("closed", "已整改，销号")
    hazard = Hazard.objects.get(matter=matter)
    assert (hazard.finder, hazard.checker) == (village.grid_worker, village.deputy)
    assert [paper.kind for paper in HazardPaper.objects.filter(matter=matter)] == ["notice", "recheck"]


def test_who_found_it_neither_closes_it_nor_sends_it_back(village: Any) -> None:
    matter = rectified(village)
    for key, facts in (("close", {}), ("fail", {"deadline_on": in_days(2)})):
        with pytest.raises(Refused, match="方亮发现的，要换一位同事复查、销号"):
            matters.move(matter, key, note="看过了", by=village.grid_worker, **facts)
    [why] = [why for move, why in matter.moves_for(village.grid_worker) if move.key == "close"]
    assert "换一位同事" in why
    assert not [why for move, why in matter.moves_for(village.deputy) if move.key == "close" and why]


def test_one_person_alone_needs_the_rule_and_a_reason(village: Any) -> None:
    facts = {
        "value": Decimal(0),
        "from_on": timezone.localdate(),
        "basis": "本社区夜间只有一人在岗，街道同意",
    }
    set_number("hazards.recheck_by_other", area=village.community, by=village.secretary, **facts)
    matter = rectified(village)
    with pytest.raises(Refused, match="为什么没有第二个人"):
        matters.move(matter, "close", note="改好了", by=village.grid_worker)
    assert Hazard.objects.get(matter=matter).checker is None
    reason = "国庆值班只有我一人"
    matters.move(matter, "close", note="改好了", alone_reason=reason, by=village.grid_worker)
    assert Hazard.objects.get(matter=matter).alone_reason == reason
    assert HazardPaper.objects.get(matter=matter, kind="recheck").words["alone"] == reason


def test_a_reason_of_somebody_else_is_not_kept(village: Any) -> None:
    matter = rectified(village)
    matters.move(matter, "close", note="改好了", alone_reason="不是一个人", by=village.deputy)
    assert Hazard.objects.get(matter=matter).alone_reason == ""


def test_a_notice_needs_kind_party_and_a_photo_of_before(village: Any) -> None:
    facts = {"deadline_on": in_days(3), "demand": "搬走", "by": village.grid_worker}
    matter = opened(village, cause="", details={})
    with pytest.raises(Refused, match="还没定是哪一类隐患"):
        matters.move(matter, "notice", **facts)
    correct = {"grade": "larger", "responsible_kind": "person", "by": village.grid_worker}
    actions.correct_hazard(matter, cause="ebike", responsible_name="", **correct)
    with pytest.raises(Refused, match="还没写责任方"):
        matters.move(matter, "notice", **facts)
    actions.correct_hazard(matter, cause="ebike", responsible_name="501 室住户", **correct)
    with pytest.raises(Refused, match="没有整改前的照片"):
        matters.move(matter, "notice", **facts)
    shot(matter, "before", by=village.grid_worker)
    assert matters.move(matter, "notice", **facts).stage == "rectifying"


def test_what_was_attached_when_it_was_found_counts_as_before(village: Any) -> None:
    from liren.core.documents.actions import receive_attachment

    matter = opened(village)
    [name, clean] = photo()
    kept = receive_attachment(
        clean, name=name, community=village.community, purpose="事项附件", by=village.grid_worker
    )
    matters.attach(matter, [kept], by=village.grid_worker)
    facts = {"deadline_on": in_days(3), "demand": "搬走", "by": village.grid_worker}
    assert matters.move(matter, "notice", **facts).stage == "rectifying"


def test_closing_needs_a_photo_taken_since_it_was_last_found_wanting(village: Any) -> None:
    matter = matters.move(noticed(village), "done", by=village.grid_worker)
    with pytest.raises(Refused, match="没有整改后的照片"):
        matters.move(matter, "close", note="改好了", by=village.deputy)
    shot(matter, "after", by=village.grid_worker)
    matters.move(matter, "fail", note="还剩两箱", deadline_on=in_days(2), by=village.deputy)
    matter = matters.move(matter, "done", by=village.grid_worker)
    with pytest.raises(Refused, match="没有整改后的照片"):
        matters.move(matter, "close", note="改好了", by=village.deputy)
    shot(matter, "after", by=village.deputy)
    assert matters.move(matter, "close", note="改好了", by=village.deputy).stage == "closed"


@pytest.mark.parametrize(
    ("grade", "days", "words"),
    [
        ("minor", -1, "期限已经过了"),
        ("minor", 31, "最长 30 天"),
        ("larger", 16, "最长 15 天"),
        ("major", 4, "最长 3 天"),
    ],
)
def test_a_deadline_lies_ahead_and_within_what_the_grade_allows(
    village: Any, grade: str, days: int, words: str
) -> None:
    matter = opened(village, grade=grade)
    shot(matter, "before", by=village.grid_worker)
    with pytest.raises(Refused, match=words):
        matters.move(matter, "notice", deadline_on=in_days(days), demand="搬走", by=village.grid_worker)
    assert not HazardPaper.objects.exists()
    assert Matter.objects.get(pk=matter.pk).stage == "found"


def test_the_deadline_of_the_notice_is_when_the_next_step_is_due(village: Any) -> None:
    todo = main_todo(noticed(village, days=5))
    assert timezone.localtime(todo.due_at).date() == in_days(5)
    assert todo.basis.startswith("整改通知书（隐整〔") and todo.basis.endswith("载明的期限")


@pytest.mark.parametrize(
    ("grade", "limit", "urgency"),
    [("minor", "3 个工作日", "worry"), ("larger", "24 小时", "hard"), ("major", "1 小时", "urgent")],
)
def test_the_grade_says_how_soon_and_how_urgent(village: Any, grade: str, limit: str, urgency: str) -> None:
    matter = Matter.objects.get(pk=opened(village, grade=grade).pk)
    assert (main_todo(matter).limit, matter.urgency, matter.danger) == (limit, urgency, grade == "major")
    assert "安全生产法" in main_todo(matter).basis or "消防法" in main_todo(matter).basis


def test_another_grade_sets_the_clock_anew(village: Any) -> None:
    matter = opened(village)
    actions.correct_hazard(
        matter, cause="gas", grade="major", responsible_kind="person", responsible_name="501 室住户",
        by=village.grid_worker,
    )  # fmt: skip
    todo = main_todo(matter)
    assert (todo.limit, todo.rank) == ("1 小时", 1)
    note = Entry.objects.filter(matter=matter, what="comment").get().note
    assert note == "等级由一般改为重大；责任方由「海东安居物业」改为「501 室住户」"


@pytest.mark.parametrize("details", [{"grade": "terrible"}, {"responsible_kind": "nobody"}])
def test_unknown_grades_and_parties_are_refused(village: Any, details: dict[str, str]) -> None:
    with pytest.raises(Refused):
        opened(village, details=details)
    assert not Matter.objects.filter(kind="governance.hazard").exists()
    matter = opened(village)
    facts = {"cause": "gas", "grade": "minor", "responsible_kind": "", "responsible_name": "甲"}
    with pytest.raises(Refused):
        actions.correct_hazard(matter, by=village.grid_worker, **{**facts, **details})


def test_on_the_spot_somebody_else_still_looks(village: Any) -> None:
    matter = matters.move(opened(village), "fix", note="当场搬走了", by=village.grid_worker)
    shot(matter, "after", by=village.grid_worker)
    with pytest.raises(Refused, match="换一位同事"):
        matters.move(matter, "close", note="好了", by=village.grid_worker)
    with pytest.raises(Refused, match="还没有发过整改通知书"):
        matters.move(matter, "fail", note="没搬", deadline_on=in_days(2), by=village.deputy)
    assert matters.move(matter, "close", note="好了", by=village.deputy).stage == "closed"
    assert not HazardPaper.objects.filter(matter=matter).exists()


def test_who_goes_to_what_a_resident_told_of_has_found_it(village: Any) -> None:
    matter = opened(village, source="phone", by=village.secretary)
    assert Hazard.objects.get(matter=matter).finder is None
    matter = matters.move(matter, "fix", note="住户自己搬了", by=village.grid_worker)
    assert Hazard.objects.get(matter=matter).finder == village.grid_worker
    shot(matter, "after", by=village.grid_worker)
    assert matters.move(matter, "close", note="看过了", by=village.secretary).stage == "closed"


def test_what_is_not_set_right_lapses_and_is_handed_on(village: Any) -> None:
    matter = noticed(village)
    with pytest.raises(Refused, match="还没过"):
        matters.move(matter, "lapse", by=village.grid_worker)
    other = noticed(village, title="三单元楼道堆了家具")
    late(matter)
    assert actions.lapse_overdue() == 1
    assert actions.lapse_overdue() == 0
    assert Matter.objects.get(pk=other.pk).stage == "rectifying"
    matter = Matter.objects.get(pk=matter.pk)
    assert matter.stage == "overdue" and main_todo(matter).what == "移送有权部门"
    talk = {"whom": "安居物业", "said": "请尽快清走", "result": "refused", "by": village.grid_worker}
    actions.dissuade(matter, **talk)
    matter = matters.move(matter, "refer", note="多次劝阻不听", department="fire", by=village.grid_worker)
    letter = HazardPaper.objects.get(matter=matter, kind="letter")
    assert letter.words["department"] == "消防救援机构" and len(letter.words["dissuasions"]) == 1
    assert letter.words["notice"] == HazardPaper.objects.get(matter=matter, kind="notice").shown_number
    matter = matters.move(matter, "result", note="责令改正，已清走", by=village.grid_worker)
    shot(matter, "after", by=village.grid_worker)
    matter = matters.move(matter, "close", note="到现场看过", by=village.deputy)
    assert matter.stage == "closed" and Hazard.objects.get(matter=matter).result == "责令改正，已清走"


def test_a_clock_that_stands_still_does_not_lapse(village: Any) -> None:
    matter = noticed(village)
    matters.pause_clock(matter, reason="等鉴定", by=village.grid_worker)
    late(matter)
    assert actions.lapse_overdue() == 0


def test_found_again_begins_anew_and_is_counted(village: Any) -> None:
    matter = matters.move(rectified(village), "close", note="好了", by=village.deputy)
    matter = matters.move(matter, "reopen", note="又堆上了", by=village.deputy)
    hazard = Hazard.objects.get(matter=matter)
    assert (hazard.finder, hazard.checker, hazard.deadline_on, hazard.repeat_count) == (
        village.deputy,
        None,
        None,
        1,
    )
    again = opened(village)
    assert Hazard.objects.get(matter=again).repeat_count == 1
    elsewhere = opened(village, building=village.walk_up, by=village.secretary)
    assert Hazard.objects.get(matter=elsewhere).repeat_count == 0


def test_dissuading_says_who_what_and_what_came_of_it(village: Any) -> None:
    matter = opened(village)
    facts = {"whom": "501 室住户", "said": "电动车不能推进楼", "result": "promised"}
    for missing in facts:
        with pytest.raises(Refused):
            actions.dissuade(matter, **{**facts, missing: ""}, by=village.grid_worker)
    actions.dissuade(matter, **facts, by=village.grid_worker)
    assert Dissuasion.objects.get().by == village.grid_worker
    assert "501 室住户" in Entry.objects.get(matter=matter, what="comment").note
    closed = matters.move(opened(village), "untrue", note="没有", by=village.grid_worker)
    with pytest.raises(Refused, match="已经办结"):
        actions.dissuade(closed, **facts, by=village.grid_worker)


def test_only_photos_of_before_or_after_are_taken(village: Any) -> None:
    matter = opened(village)
    with pytest.raises(Refused, match="整改前还是整改后"):
        actions.add_photos(matter, photos=[photo()], role="voice", by=village.grid_worker)
    with pytest.raises(Refused, match="没有收到文件"):
        actions.add_photos(matter, photos=[], role="before", by=village.grid_worker)
    assert not Attachment.objects.filter(matter=matter).exists()


def test_outsiders_know_nothing_and_do_nothing(village: Any) -> None:
    matter = noticed(village)
    for key in ("outsider", "grid_worker_2", "system_admin", "street_section"):
        user = village[key]
        for act in (
            lambda by: matters.move(matter, "done", by=by),
            lambda by: actions.dissuade(matter, whom="甲", said="乙", result="promised", by=by),
            lambda by: actions.add_photos(matter, photos=[photo()], role="after", by=by),
            lambda by: actions.serve_paper(HazardPaper.objects.get(), served="hand", receiver="甲", by=by),
            lambda by: actions.correct_hazard(
                matter, cause="gas", grade="minor", responsible_kind="", responsible_name="", by=by
            ),
        ):
            with pytest.raises(Refused):
                act(user)
    for model in (Hazard, HazardPaper):
        assert not model.objects.visible_to(village.outsider).exists()
        assert not model.objects.visible_to(village.grid_worker_2).exists()
        assert model.objects.visible_to(village.grid_worker).exists()


def test_the_catalogue_names_the_law_and_whom_to_tell() -> None:
    wanted = (
        "楼道 电动自行车 消防通道 消防设施 燃气 电气 高空坠物 危房 九小场所 群租房 三合一 电梯 井盖 围墙 地下空间 "
        "养老托幼点 施工"
    ).split()
    assert [each.name for each in catalogue.OBJECTS] == wanted
    for each in catalogue.OBJECTS:
        assert each.report_to and each.look_at
        assert any(word in each.hook for word in ("法", "条例", "规定", "民法典"))
    assert catalogue.reports_to("").startswith("街道") and "消防法" in catalogue.hook_of("")
