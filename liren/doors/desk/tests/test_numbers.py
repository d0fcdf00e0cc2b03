"""Pages of numbers and of days off: what they show, what they set, and for whom."""

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from liren.core import rules
from liren.core.audit.models import Trace
from liren.core.rules import workdays
from liren.core.rules.models import OfficialDay, Rule
from liren.core.rules.tests.test_bulletin import text_of
from liren.core.rules.tests.test_workdays import whole_year

pytestmark = pytest.mark.django_db
KEY = "accounts.idle_minutes"


def said(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def desk(village, client_as):
    return client_as(village.secretary)


def set_one(desk, village, value, from_on, key=KEY, **more):
    facts = {"value": value, "area": village.community.pk, "from_on": str(from_on), "basis": "制度第 3 条"}
    return desk.post(f"/rules/{key}/", facts | more)


@pytest.mark.parametrize(
    ("unit", "words", "wrong"),
    [("小时", "9 小时", "1.5"), ("日", "9 日", "x"), ("工作日", "9 个工作日", "-1")],
)
def test_a_limit_is_set_shown_and_counted_out(village, desk, monkeypatch, unit, words, wrong):
    number = rules.Number(
        "x.limit", "答复", Decimal(5), unit, "某条例第三条", False, datetime.date(2026, 1, 1)
    )
    monkeypatch.setitem(rules.shipped(), "x.limit", number)
    today = timezone.localdate()
    assert set_one(desk, village, wrong, today, "x.limit").status_code == 200
    assert not Rule.objects.exists()
    assert set_one(desk, village, "9", today, "x.limit", confirmed="on").status_code == 302
    page = said(desk.get("/rules/x.limit/"))
    assert words in page and "到期" in page and "在用" in page and village.secretary.name in page
    assert words in said(desk.get("/rules/"))


def test_a_number_of_a_later_day_shows_waits_and_can_be_taken_back(village, desk):
    soon = timezone.localdate() + datetime.timedelta(days=30)
    assert set_one(desk, village, "9", soon).status_code == 302
    assert rules.number(KEY, area=village.community) == 15
    assert "起 9 分钟" in said(desk.get("/rules/"))
    page = said(desk.get(f"/rules/{KEY}/"))
    assert "还没起算" in page and "撤回" in page
    rule = Rule.objects.get()
    assert desk.post(f"/rules/{KEY}/withdraw/", {}).status_code == 302
    assert desk.post("/rules/people.elder_age/withdraw/", {"rule": rule.pk}).status_code == 404
    assert Rule.objects.exists()
    assert desk.post(f"/rules/{KEY}/withdraw/", {"rule": rule.pk}).status_code == 302
    assert not Rule.objects.exists()


def test_a_number_can_be_ended_by_who_set_it_there(village, desk, client_as):
    today = timezone.localdate()
    set_one(desk, village, "9", today)
    rule, url = Rule.objects.get(), f"/rules/{KEY}/end/"
    other = client_as(village.outsider)
    assert other.post(url, {"rule": rule.pk, "to_on": str(today)}).status_code == 404
    assert desk.post(url, {"rule": rule.pk}).status_code == 302
    assert "不能早于起算" in said(desk.post(url, {"rule": rule.pk, "to_on": "2020-01-01"}, follow=True))
    assert "撤回" not in said(desk.get(f"/rules/{KEY}/")) and "已经起算了" in said(
        desk.post(f"/rules/{KEY}/withdraw/", {"rule": rule.pk}, follow=True)
    )
    assert Rule.objects.get().to_on is None
    assert desk.post(url, {"rule": rule.pk, "to_on": str(today)}).status_code == 302
    assert Rule.objects.get().to_on == today


def test_a_time_of_day_and_a_choice_have_fields_of_their_own(village, desk):
    page = said(desk.get("/rules/rules.office_closes/"))
    assert 'type="time"' in page and 'value="17:30"' in page
    set_one(desk, village, "17:00", timezone.localdate(), "rules.office_closes")
    assert workdays.closing(area=village.community) == 1020
    page = said(desk.get("/rules/rules.rest_day_extends/"))
    assert "不顺延</option>" in page
    assert set_one(desk, village, "7", timezone.localdate(), "rules.rest_day_extends").status_code == 200
    set_one(desk, village, "0", timezone.localdate(), "rules.rest_day_extends")
    assert rules.number("rules.rest_day_extends", area=village.community) == 0


def test_the_list_shows_what_waits_and_other_areas(village, client_as):
    street = client_as(village.street_admin)
    set_one(client_as(village.secretary), village, "9", timezone.localdate(), confirmed="on")
    assert "9 分钟" not in said(street.get("/rules/"))
    assert "9 分钟" in said(street.get(f"/rules/?area={village.community.pk}"))
    assert "老年人起始年龄" not in said(street.get("/rules/?show=waiting"))
    for odd in ("x", "9" * 30, village.grid_1.pk):
        assert "15 分钟" in said(street.get(f"/rules/?area={odd}"))


def test_the_year_is_shown_and_where_the_calendar_ends(desk):
    page = said(desk.get("/rules/days/?year=2026"))
    assert "2月14日" in page and "上班" in page and "2026年12月31日" in page
    page = said(desk.get("/rules/days/?year=2027"))
    assert "按周末推算" in page and "10月1日" in page
    for odd in ("x", "99999", "0", "9" * 5000):
        assert f"{timezone.localdate().year} 年" in said(desk.get(f"/rules/days/?year={odd}"))


def test_a_notice_is_read_shown_and_then_entered(village, desk):
    facts = {"year": "2027", "text": text_of(2026)}
    page = said(desk.post("/rules/days/read/", facts))
    assert "都读懂了" in page and "39 天" in page and "2月28日" in page
    assert not OfficialDay.objects.exists()
    assert desk.post("/rules/days/enter/", facts)["Location"] == "/rules/days/?year=2026"
    assert OfficialDay.objects.count() == 39
    trace = Trace.objects.order_by("-id").first()
    assert (trace.action, trace.particulars["count"]) == ("rules.days_entered", 39)
    page = said(desk.get("/rules/days/?year=2026"))
    assert "〔2025〕7号" in page and village.secretary.name in page


def test_doubts_of_a_notice_are_said(desk):
    page = said(desk.post("/rules/days/read/", {"year": "2027", "text": "元旦：1月1日至2日放假，共3天。"}))
    assert "写着共 3 天，读出来是 2 天" in page and "没有错，录进去" in page


@pytest.mark.parametrize("text", ["", "今天天气很好", "<script>alert(1)</script>：放假"])
def test_what_is_no_notice_is_refused_kindly(desk, text):
    page = said(desk.post("/rules/days/read/", {"year": "2027", "text": text}))
    assert "没有错，录进去" not in page and "<script>alert" not in page
    desk.post("/rules/days/enter/", {"year": "2027", "text": text})
    assert not OfficialDay.objects.exists()


def test_single_days_are_entered_and_taken_out(village, desk):
    facts = {"day": "2027-01-02", "kind": "workday", "name": "元旦", "basis": "某市通知"}
    assert desk.post("/rules/days/add/", facts | {"kind": "other"}).status_code == 200
    assert "年份不对" in said(desk.post("/rules/days/add/", facts | {"day": "1999-01-02"}))
    assert desk.post("/rules/days/add/", facts).status_code == 302
    assert workdays.is_workday(datetime.date(2027, 1, 2))
    assert "撤掉" in said(desk.get("/rules/days/?year=2027"))
    span = {"first": "2027-01-02", "last": "2027-01-02"}
    assert desk.post("/rules/days/remove/", {"first": "x"}).status_code == 302
    assert OfficialDay.objects.count() == 1
    assert desk.post("/rules/days/remove/", span)["Location"] == "/rules/days/?year=2027"
    assert not OfficialDay.objects.exists()
    assert "已经撤掉了" in said(desk.post("/rules/days/remove/", span, follow=True))


def test_nothing_is_urged_while_next_year_is_known(village, client_as, time_machine):
    last = workdays.SHIPPED_UNTIL.year
    time_machine.move_to(f"{last}-12-20T09:00+08:00")
    desk = client_as(village.secretary)
    assert f"{last + 1} 年放假安排尚未录入" in said(desk.get("/rules/days/"))
    whole_year(last + 1)
    page = said(desk.get("/rules/days/"))
    assert "尚未录入" not in page and f"{last + 1}年12月31日" in page


def test_who_may_not_set_numbers_sees_no_calendar(village, client_as):
    worker = client_as(village.grid_worker)
    assert worker.get("/rules/days/").status_code == 403
    for way in ("read", "enter", "add", "remove"):
        assert worker.post(f"/rules/days/{way}/", {"day": "2027-01-02"}).status_code == 403
    assert not OfficialDay.objects.exists()
