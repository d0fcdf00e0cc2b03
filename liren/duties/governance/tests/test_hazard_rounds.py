"""Rounds and check points: a word at each point, no problem is a result too, a hazard in three taps, the work log."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from liren.core.duty import Refused
from liren.core.logbook.models import WorkRecord
from liren.core.matters.models import Attachment, Matter
from liren.duties.governance.hazards import actions
from liren.duties.governance.models import CheckPoint, Hazard, Round, RoundMark

from .hazard_samples import photo, picture

pytestmark = pytest.mark.django_db


def begun(village: Any) -> Round:
    """A round of building 3, by the worker of the grid."""
    return actions.begin_round(village.tower.area, building=village.tower, by=village.grid_worker)


def point(patrol: Round, look_for: str) -> CheckPoint:
    return CheckPoint.objects.get(building=patrol.building, look_for=look_for, closed_on=None)


def test_the_first_round_lays_out_what_every_building_has(village: Any) -> None:
    begun(village)
    kinds = list(
        CheckPoint.objects.filter(building=village.tower).in_order().values_list("look_for", flat=True)
    )
    assert kinds == ["corridor", "ebike", "fire_lane", "fire_gear", "elevator"]
    actions.begin_round(village.walk_up.area, building=village.walk_up, by=village.secretary)
    assert not CheckPoint.objects.filter(building=village.walk_up, look_for="elevator").exists()
    assert actions.lay_out_points(village.tower, by=village.grid_worker) == []


def test_a_round_under_way_goes_on(village: Any) -> None:
    patrol = begun(village)
    assert begun(village) == patrol
    other = actions.begin_round(village.tower.area, building=village.tower, by=village.deputy)
    assert other != patrol


def test_no_problem_is_written_down_and_stands_in_the_work_log(village: Any) -> None:
    patrol = begun(village)
    with pytest.raises(Refused, match="还一处都没看"):
        actions.finish_round(patrol, by=village.grid_worker)
    actions.mark_well(patrol, point=point(patrol, "corridor"), by=village.grid_worker)
    actions.mark_well(patrol, point=point(patrol, "corridor"), by=village.grid_worker)
    assert len(actions.mark_rest_well(patrol, by=village.grid_worker)) == 4
    patrol = actions.finish_round(patrol, note="楼道干净", by=village.grid_worker)
    assert patrol.finished_at
    record = WorkRecord.objects.get()
    assert record.text == "巡查3号楼，看了 5 处，没问题 5 处。楼道干净"
    with pytest.raises(Refused, match="已经结束了"):
        actions.mark_rest_well(patrol, by=village.grid_worker)


def test_a_hazard_on_a_round_has_its_photo_place_and_finder(village: Any) -> None:
    patrol = begun(village)
    lane = point(patrol, "fire_lane")
    with pytest.raises(Refused, match="请拍一张照片"):
        actions.mark_hazard(patrol, point=lane, photos=[], by=village.grid_worker)
    with pytest.raises(Refused, match="等级"):
        actions.mark_hazard(patrol, point=lane, photos=[photo()], grade="?", by=village.grid_worker)
    matter = actions.mark_hazard(patrol, point=lane, photos=[photo()], grade="larger", by=village.grid_worker)
    assert (matter.building, matter.place, matter.cause, matter.source) == (
        village.tower, "消防通道", "fire_lane", "patrol",
    )  # fmt: skip
    assert Hazard.objects.get(matter=matter).finder == village.grid_worker
    assert Attachment.objects.get(matter=matter).role == "before"
    assert actions.mark_hazard(patrol, point=lane, photos=[photo()], by=village.grid_worker) == matter
    for act in (actions.mark_well, actions.take_back_mark):
        with pytest.raises(Refused, match="登记了隐患"):
            act(patrol, point=lane, by=village.grid_worker)
    actions.mark_rest_well(patrol, by=village.grid_worker)
    actions.finish_round(patrol, by=village.grid_worker)
    assert (
        WorkRecord.objects.get().text
        == f"巡查3号楼，看了 5 处，没问题 4 处，发现隐患 1 处（{matter.number}）"
    )


def test_a_slip_of_the_finger_is_taken_back(village: Any) -> None:
    patrol = begun(village)
    actions.mark_well(patrol, point=point(patrol, "ebike"), by=village.grid_worker)
    actions.take_back_mark(patrol, point=point(patrol, "ebike"), by=village.grid_worker)
    assert not RoundMark.objects.exists()


def test_nobody_writes_in_the_round_of_another_or_at_a_foreign_point(village: Any) -> None:
    patrol = begun(village)
    own = point(patrol, "ebike")
    with pytest.raises(Refused, match="只有本人能记"):
        actions.mark_well(patrol, point=own, by=village.deputy)
    elsewhere = actions.begin_round(village.walk_up.area, building=village.walk_up, by=village.secretary)
    with pytest.raises(Refused, match="不在这次巡查里"):
        actions.mark_well(patrol, point=point(elsewhere, "ebike"), by=village.grid_worker)
    for key in ("outsider", "grid_worker_2", "system_admin", "street_section"):
        with pytest.raises(Refused):
            actions.begin_round(village.tower.area, building=village.tower, by=village[key])
        with pytest.raises(Refused):
            actions.close_point(own, by=village[key])
    assert not Round.objects.visible_to(village.outsider).exists()
    assert not CheckPoint.objects.visible_to(village.grid_worker_2).filter(building=village.tower).exists()


def test_points_outside_are_a_round_of_their_own(village: Any) -> None:
    with pytest.raises(Refused, match="还没有检查点"):
        actions.begin_round(village.grid_1, by=village.grid_worker)
    facts = {"place": "东门", "look_for": "fire_lane", "by": village.grid_worker}
    gate = actions.add_point(village.grid_1, **facts)
    with pytest.raises(Refused, match="已经有了"):
        actions.add_point(village.grid_1, **facts)
    with pytest.raises(Refused, match="在哪里"):
        actions.add_point(village.grid_1, **{**facts, "place": " "})
    with pytest.raises(Refused, match="看什么"):
        actions.add_point(village.grid_1, **{**facts, "look_for": "ghosts"})
    patrol = actions.begin_round(village.grid_1, by=village.grid_worker)
    actions.mark_well(patrol, point=gate, by=village.grid_worker)
    actions.close_point(gate, by=village.grid_worker)
    assert not CheckPoint.objects.current().filter(pk=gate.pk).exists()
    assert actions.finish_round(patrol, by=village.grid_worker).marks.count() == 1
    assert actions.add_point(village.grid_1, **facts) != gate


def test_a_round_on_the_phone_takes_three_taps_for_a_hazard(village: Any, client_as: Any) -> None:
    client = client_as(village.grid_worker)
    answer = client.post(reverse("governance:rounds"), {"building": village.tower.pk})
    patrol = Round.objects.get()
    assert answer.headers["Location"] == reverse("governance:round", args=[patrol.pk])
    lane = point(patrol, "fire_lane")
    form = client.get(reverse("governance:round_hazard", args=[patrol.pk]) + f"?point={lane.pk}")
    assert f'value="{lane.pk}" selected' in form.content.decode()
    facts = {"point": lane.pk, "grade": "minor", "title": ""}
    file = SimpleUploadedFile("现场.jpg", picture(), "image/jpeg")
    url = reverse("governance:round_hazard", args=[patrol.pk])
    assert client.post(url, facts).status_code == 422
    assert client.post(url, {**facts, "files": [file]}).status_code == 302
    assert Matter.objects.get(kind="governance.hazard").title == "消防通道隐患"


def test_ticking_gives_back_the_list_alone(village: Any, client_as: Any) -> None:
    patrol = begun(village)
    client = client_as(village.grid_worker)
    url = reverse("governance:round_mark", args=[patrol.pk])
    tick = {"point": point(patrol, "ebike").pk}
    part = client.post(url, tick, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and "还剩 <b" in part
    assert client.post(url, {**tick, "what": "back"}).status_code == 302
    assert client.post(url, {"what": "rest"}).status_code == 302
    assert RoundMark.objects.count() == 5
    assert (
        client.post(reverse("governance:round_finish", args=[patrol.pk]), {"note": "好"}).status_code == 302
    )
    text = client.get(reverse("governance:round", args=[patrol.pk])).content.decode()
    assert text.count("没问题</span>") == 5 and "巡完了" not in text
    ledger = reverse("ledgers:ledger", args=["governance.rounds"]) + "?from=&to="
    assert "3号楼" in client.get(ledger).content.decode()


def test_points_on_their_page(village: Any, client_as: Any) -> None:
    client, url = client_as(village.grid_worker), reverse("governance:check_points")
    facts = {"area": village.grid_1.pk, "building": "", "place": "西门", "look_for": "wall"}
    assert client.post(url, facts).status_code == 302
    assert client.post(url, facts).status_code == 422
    assert client.post(url, {**facts, "area": village.grid_2.pk}).status_code == 422
    one = CheckPoint.objects.get()
    assert "西门" in client.get(url).content.decode()
    assert (
        client_as(village.outsider).post(reverse("governance:point_close", args=[one.pk])).status_code == 404
    )
    assert client.post(reverse("governance:point_close", args=[one.pk])).status_code == 302
    assert CheckPoint.objects.get().closed_on
