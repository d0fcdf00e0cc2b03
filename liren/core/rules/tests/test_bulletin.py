"""The yearly notice, read: real texts of several years against the calendar, and what it cannot believe."""

import datetime

import chinese_calendar
import pytest

from liren.core.rules import yearbook
from liren.core.rules.actions import enter_days
from liren.core.rules.bulletin import read
from liren.core.rules.models import OfficialDay

HEAD = """国务院办公厅关于{0}年
部分节假日安排的通知
国办发明电〔{1}〕7号

各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
"""
INTRO = "　　经国务院批准，现将{0}年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。\n"
FOOT = """　　节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作，遇有重大突发事件，要按规定及时报告并妥善处置。

国务院办公厅
{1}年11月4日
"""
BODY = {
    2024: """　　一、元旦：1月1日放假，与周末连休。
　　二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
　　三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
　　四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
　　五、端午节：6月10日放假，与周末连休。
　　六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
　　七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
""",
    2025: """　　一、元旦：1月1日（周三）放假1天，不调休。
　　二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
　　三、清明节：4月4日（周五）至6日（周日）放假，共3天。
　　四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
　　五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
　　六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
""",
    2026: """　　一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
　　二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
　　三、清明节：4月4日（周六）至6日（周一）放假，共3天。
　　四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
　　五、端午节：6月19日（周五）至21日（周日）放假，共3天。
　　六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
　　七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
""",
}


def text_of(year):
    return (HEAD + INTRO + BODY[year] + FOOT).format(year, year - 1)


def days(bulletin, kind):
    return {one.day for one in bulletin.days if one.kind == kind}


def on(month, day, year=2027):
    return datetime.date(year, month, day)


@pytest.mark.parametrize("year", sorted(BODY))
@pytest.mark.parametrize("lines", ["as printed", "in one line", "with spaces", "without numbers"])
def test_a_notice_says_what_the_calendar_knows(year, lines):
    text = {
        "as printed": lambda t: t,
        "in one line": lambda t: t.replace("\n", ""),
        "with spaces": lambda t: t.replace("月", " 月 ").replace("日", " 日"),
        "without numbers": lambda t: t.replace("、元旦：", "元旦：").replace("一元旦", "元旦"),
    }[lines](text_of(year))
    bulletin = read(text, year=2099)
    assert (bulletin.year, bulletin.doubts) == (year, [])
    assert bulletin.basis == f"国务院办公厅关于{year}年部分节假日安排的通知（国办发明电〔{year - 1}〕7号）"
    every = [n for n in (on(1, 1, year) + datetime.timedelta(days=n) for n in range(366)) if n.year == year]
    off = {day for day in every if not chinese_calendar.is_workday(day) and day.weekday() < 5}
    work = {day for day in every if chinese_calendar.is_workday(day) and day.weekday() > 4}
    assert days(bulletin, "workday") == work
    assert {day for day in days(bulletin, "holiday") if day.weekday() < 5} == off
    assert all(chinese_calendar.is_holiday(day) for day in days(bulletin, "holiday"))


def test_a_notice_reaches_into_the_year_before():
    told = read("元旦：2026年12月31日至2027年1月2日放假调休，共3天。2026年12月27日（周日）上班。", year=2027)
    assert days(told, "holiday") == {on(12, 31, 2026), on(1, 1), on(1, 2)}
    assert days(told, "workday") == {on(12, 27, 2026)}
    assert told.doubts == [] and {one.name for one in told.days} == {"元旦"}
    assert days(read("元旦：2026年12月31日至1月2日放假。", year=2027), "holiday") == days(told, "holiday")


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("元旦：1月1日至2日放假，共3天。", "写着共 3 天，读出来是 2 天"),
        ("元旦：1月1日（周四）放假。", "1月1日写着周四，2027 年这一天是周五"),
        ("春节：2月30日放假。", "没有这一天：2月30日"),
        ("春节：2月5日至1日放假。", "起止日子不对"),
        ("春节：1月5日至2月28日放假。", "起止日子不对"),
        ("春节：除夕至初三放假。", "没看懂：除夕至初三放假"),
        ("春节：2月5日放假。2月5日（周五）上班。", "又说放假又说上班"),
        ("春节：2月3日（周三）上班。", "2月3日是周三，本来就上班"),
        ("春节：5日放假。", "没有这一天：？月5日"),
    ],
)
def test_what_does_not_fit_is_a_doubt(text, doubt):
    doubts = read(text, year=2027).doubts
    assert any(doubt in one for one in doubts), doubts


@pytest.mark.parametrize("text", ["", "春节快乐", "通知如下：请各单位安排好值班。", "今天：3月1日开会。"])
def test_what_is_no_notice_says_nothing(text):
    told = read(text, year=2027)
    assert (told.year, told.days, told.doubts) == (2027, [], [])


@pytest.mark.django_db
def test_the_year_as_arranged_puts_runs_together(village):
    shipped = yearbook.runs(yearbook.arranged(2026))
    spring = [run for run in shipped if run.first.name == "春节"]
    assert [(run.first.day.day, run.last.day.day, run.first.off) for run in spring] == [
        (14, 14, False), (15, 23, True), (28, 28, False),
    ]  # fmt: skip
    assert {run.first.name for run in shipped} == {
        "元旦",
        "春节",
        "清明节",
        "劳动节",
        "端午节",
        "中秋节",
        "国庆节",
    }
    assert len(yearbook.arranged(2027)) == 13 and not any(one.own for one in yearbook.arranged(2027))


@pytest.mark.django_db
def test_what_is_entered_stands_in_the_year_with_who_entered_it(village):
    told = read("春节：2月5日（周五）至11日（周四）放假调休，共7天。2月14日（周日）上班。", year=2027)
    enter_days(told.days, basis=told.basis, by=village.secretary)
    assert OfficialDay.objects.count() == 8
    spring = [run for run in yearbook.runs(yearbook.arranged(2027)) if run.first.name == "春节"]
    assert [(len(run.days), run.first.own, run.first.by) for run in spring] == [
        (7, True, village.secretary.name), (1, True, village.secretary.name),
    ]  # fmt: skip
