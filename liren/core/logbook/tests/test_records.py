"""Work records: who may write what about whom, what is kept, and who reads it."""

import datetime

import pytest
from django.utils import timezone

from liren.core.accounts.actions import end_post
from liren.core.audit.actions import verify
from liren.core.audit.models import Trace
from liren.core.documents.cleaning import cleaned
from liren.core.documents.tests import files
from liren.core.duty import Refused
from liren.core.logbook.actions import correct_record, withdraw_record, write_record
from liren.core.logbook.models import RecordCorrection, WorkRecord
from liren.core.matters.actions import open_matter

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def photo(name="楼道.jpg"):
    return name, cleaned(files.jpeg(), name=name)


@pytest.fixture
def visit(village):
    return write_record(
        text=" 看望顾阿妹，血压平稳。 ",
        kinds=["visit", "publicity"],
        people=[village.alone],
        companions="志愿者小李",
        minutes=30,
        by=village.grid_worker,
    )


def test_one_sentence_is_enough(village):
    written = write_record(text="值班接电话六通", by=village.grid_worker)
    assert (written.on, written.area, written.community) == (TODAY(), village.grid_1, village.community)
    assert written.kind_keys == [] and written.where == "" and written.begun is None
    trace = Trace.objects.get(action="logbook.write")
    assert "值班" not in str(trace.particulars) and list(verify()) == []


def test_all_that_can_be_said(village, visit):
    assert visit.text == "看望顾阿妹，血压平稳。"
    assert visit.kind_keys == ["visit", "publicity"] and visit.kind_names == ["走访", "宣传"]
    assert list(visit.people.all()) == [village.alone] and visit.area == village.alone.area
    with_photo = write_record(text="楼道堆物", photos=[photo()], house=village.house, by=village.secretary)
    assert with_photo.photos.get().family == "photo" and with_photo.where == village.house.spelt


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"text": "  "}, "还没写"),
        ({"text": "长" * 4001}, "最多"),
        ({"on": datetime.date(2999, 1, 1)}, "还没到"),
        ({"minutes": 0}, "用时"),
        ({"minutes": 1441}, "用时"),
        ({"headcount": -1}, "人数"),
        ({"headcount": 100_001}, "人数"),
    ],
)
def test_what_cannot_be_is_refused(village, facts, why):
    with pytest.raises(Refused, match=why):
        write_record(**({"text": "做了事"} | facts), by=village.grid_worker)
    assert not WorkRecord.objects.exists() and not Trace.objects.filter(action="logbook.write").exists()


def test_an_unknown_kind_is_left_out(village):
    assert write_record(text="做了事", kinds=["visit", "dance"], by=village.grid_worker).kind_keys == [
        "visit"
    ]


def test_nobody_writes_about_people_doors_or_matters_of_others(village):
    elsewhere = open_matter(
        "governance.errand", community=village.neighbour, title="别人的", by=village.outsider
    )
    for strange in (
        {"people": [village.outside_senior]},
        {"people": [village.restricted]},  # of the other grid
        {"house": village.neighbour_house},
        {"building": village.walk_up},
        {"matter": elsewhere},
    ):
        with pytest.raises(Refused, match="不在您的片区"):
            write_record(text="做了事", **strange, by=village.grid_worker)
    with pytest.raises(Refused, match="分开写"):
        write_record(text="两头跑", people=[village.alone, village.outside_senior], by=village.street_admin)


def test_only_posts_that_work_here_write(village):
    for who in (village.auditor, village.street_section):
        with pytest.raises(Refused):
            write_record(text="做了事", by=who)
    with pytest.raises(Refused, match="片区"):
        write_record(text="做了事", area=village.grid_2, by=village.grid_worker)


def test_photos_only_and_nine_at_most(village):
    with pytest.raises(Refused, match="最多放 9 张"):
        write_record(text="拍了照", photos=[photo()] * 10, by=village.grid_worker)


def test_people_of_two_grids_belong_to_the_community(village):
    written = write_record(
        text="两边都去了", people=[village.alone, village.restricted], by=village.secretary
    )
    assert written.area == village.community
    assert written not in WorkRecord.objects.visible_to(village.grid_worker)


def test_a_double_click_writes_once(village):
    once = [write_record(text="记一笔", once="t1", by=village.grid_worker) for _ in range(2)]
    assert once[0] == once[1] and WorkRecord.objects.count() == 1


def test_who_reads_it(village, visit):
    readers = [village.secretary, village.deputy, village.grid_worker, village.street_admin]
    strangers = [village.grid_worker_2, village.outsider, village.outsider_grid, village.auditor]
    for user in readers:
        assert visit in WorkRecord.objects.visible_to(user)
    for user in strangers:
        assert visit not in WorkRecord.objects.visible_to(user)
        assert not RecordCorrection.objects.visible_to(user).exists()


def test_ones_own_record_stays_ones_own_while_one_works_here(village):
    written = write_record(text="社区开会", area=village.community, by=village.secretary)
    WorkRecord.objects.filter(pk=written.pk).update(written_by=village.grid_worker)
    assert written in WorkRecord.objects.visible_to(village.grid_worker)
    end_post(village.grid_worker.posts.get(), by=village.secretary)
    village.grid_worker.forget_posts()
    assert written not in WorkRecord.objects.visible_to(village.grid_worker)


def test_people_of_another_grid_stay_out_of_sight(village, visit):
    visit.people.add(village.restricted)
    seen = WorkRecord.objects.visible_to(village.grid_worker).with_particulars(village.grid_worker).get()
    assert seen.people_seen == [village.alone]


def test_a_record_of_a_restricted_matter_is_known_to_its_circle_alone(village):
    lead = open_matter(
        "governance.lead",
        community=village.community,
        title="线索",
        circle=[village.deputy],
        by=village.secretary,
    )
    written = write_record(text="上门看过", matter=lead, by=village.deputy)
    assert written.area == lead.area
    for user in (village.deputy, village.secretary):
        assert written in WorkRecord.objects.visible_to(user)
    for user in (village.line_worker, village.grid_worker, village.street_admin, village.outsider):
        assert written not in WorkRecord.objects.visible_to(user)
    with pytest.raises(Refused, match="不在您的片区"):
        write_record(text="我也写", matter=lead, by=village.line_worker)
    assert not WorkRecord.objects.visible_to(village.deputy).for_paper().exists()


def test_a_correction_keeps_how_it_read_before(village, visit):
    correct_record(
        visit,
        facts={"text": "看望顾阿妹，血压偏高。", "kinds": ["visit"], "people": [], "minutes": 45},
        photos=[photo()],
        seen=1,
        by=village.grid_worker,
    )
    visit = WorkRecord.objects.get()
    assert (visit.version, visit.minutes, visit.kind_keys) == (2, 45, ["visit"])
    assert not visit.people.exists() and visit.photos.count() == 1
    change = visit.corrections.get()
    assert change.before == {
        "做了什么": "看望顾阿妹，血压平稳。",
        "用时": "30",
        "类别": "走访、宣传",
        "涉及居民": village.alone.name,
    }
    assert Trace.objects.get(action="logbook.correct").particulars["fields"] == [
        "kinds",
        "minutes",
        "people",
        "text",
    ]


def test_only_the_writer_corrects_and_only_what_was_read(village, visit):
    with pytest.raises(Refused, match="只有本人"):
        correct_record(visit, facts={"text": "改你的"}, by=village.secretary)
    with pytest.raises(Refused, match="没有什么要改"):
        correct_record(visit, facts={"text": visit.text}, by=village.grid_worker)
    correct_record(visit, facts={"begun": datetime.time(9, 5)}, seen=1, by=village.grid_worker)
    with pytest.raises(Refused, match="别的窗口"):
        correct_record(visit, facts={"text": "旧页面"}, seen=1, by=village.grid_worker)
    correct_record(visit, facts={"begun": None}, by=village.grid_worker)
    assert visit.corrections.first().before == {"时间": "09:05"}
    with pytest.raises(ValueError, match="no"):
        correct_record(visit, facts={"written_by": village.secretary}, by=village.grid_worker)


def test_a_withdrawn_record_leaves_the_ledgers_and_stays(village, visit):
    with pytest.raises(Refused, match="为什么"):
        withdraw_record(visit, why=" ", by=village.grid_worker)
    with pytest.raises(Refused, match="本人"):
        withdraw_record(visit, why="我觉得不对", by=village.line_worker)
    withdraw_record(visit, why="写错了日子", by=village.grid_worker)
    assert (
        not WorkRecord.objects.standing().exists() and WorkRecord.objects.get().withdrawn_why == "写错了日子"
    )
    with pytest.raises(Refused, match="已经撤下"):
        withdraw_record(visit, why="再撤一次", by=village.grid_worker)
    with pytest.raises(Refused, match="已经撤下"):
        correct_record(visit, facts={"text": "还想改"}, by=village.grid_worker)


def test_who_tends_the_log_withdraws_for_others(village, visit):
    withdraw_record(visit, why="重复了", by=village.secretary)
    assert WorkRecord.objects.get().withdrawn_by == village.secretary
