"""Messages from above are read: a table of real-looking ones, and what holds for any text at all."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liren.core.rules.workdays import Calendar
from liren.duties.governance.inbound.days import Present
from liren.duties.governance.inbound.moments import moments
from liren.duties.governance.inbound.reading import Draft, Known, read
from liren.duties.governance.inbound.words import fingerprint, number_of, plain

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = Present(datetime(2026, 11, 23, 10, tzinfo=ZONE), Calendar({}))
KNOWN = Known({"第三网格": "area-3"}, {"李科长": "街道城管科"})
MESSAGES = tomllib.loads((Path(__file__).parent / "messages.toml").read_text(encoding="utf-8"))["message"]
SAID = (
    "请 各社区 于 11月25日 25日 13月40日 本周五 月底前 三个工作日内 0个工作日内 下班前 25:99 王科长： 1、 2. 收到请回复 "
    "《统计表》 报送 台账 附件 姓名、住址 。 ， 【 】 明天 99/99 第三网格 春节前 每周 上午 8点 〔2020〕20号 😀 "
    "每月31日前 ２月３０日"
)
PIECES = st.sampled_from([*SAID.split(), "\n", " ", "\u3000", "张三 10:00"])
TEXTS = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=30).map("".join))


def one(text: str, present: Present = MONDAY) -> Draft:
    (draft,) = read(text, present, KNOWN)
    return draft


def said(draft: Draft) -> dict[str, Any]:
    """What the table names."""
    guesses = {name: guess.value for name, guess in draft.guesses.items()}
    return {
        "title": draft.title, "unit": draft.sender.unit, "person": draft.sender.person, "forms": draft.forms.count,
        "often": draft.forms.often, "fields": list(draft.forms.fields),
        "due": f"{draft.due:%Y-%m-%d %H:%M}" if draft.due else "", "reply": "reply" in guesses,
        **{key: guesses.get(key, "") for key in ("line", "basis", "period", "place")},
    }  # fmt: skip


@pytest.mark.parametrize("row", MESSAGES, ids=lambda row: row["text"][:20])
def test_a_message_is_read(row: dict[str, Any]) -> None:
    draft = one(row["text"])
    found = said(draft)
    for name, value in row.items():
        if name == "asks":
            assert any(value in note for note in draft.notes), draft.notes
        elif name != "text":
            assert found[name] == value, name


def test_the_table_is_long_enough() -> None:
    assert len(MESSAGES) >= 40


@settings(max_examples=250, deadline=None)
@given(text=TEXTS)
def test_any_text_is_kept_and_every_guess_has_its_words(text: str) -> None:
    drafts = read(text, MONDAY, KNOWN)
    assert bool(drafts) == bool(text.strip())
    for draft in drafts:
        assert draft.title and len(draft.title) <= 80
        assert "".join(piece for piece, _ in draft.marked) == draft.text
        for guess in draft.guesses.values():
            assert 0 <= guess.start <= guess.end <= len(draft.text)
            if guess.end:
                assert draft.text[guess.start : guess.end] == guess.words


@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
def test_a_whole_message_is_one_task(text: str) -> None:
    assert len(read(text, MONDAY, KNOWN, whole=True)) == bool(text.strip())


@settings(max_examples=120, deadline=None)
@given(
    days=st.integers(0, 150),
    hour=st.integers(9, 17),
    shape=st.sampled_from(["{m}月{d}日{h}点前报", "{m}.{d} {h}:00前报"]),
)
def test_a_day_of_the_coming_months_is_found_again(days: int, hour: int, shape: str) -> None:
    on = MONDAY.today + timedelta(days=days)
    when = moments("请于" + shape.format(m=on.month, d=on.day, h=hour), MONDAY)[0]
    assert (when.at.date(), when.at.hour) == (on, hour)


@settings(max_examples=120, deadline=None)
@given(start=st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 20)), days=st.integers(1, 15))
def test_working_days_end_on_a_working_day_after(start: datetime, days: int) -> None:
    present = Present(start.replace(tzinfo=ZONE, second=0, microsecond=0), Calendar({}))
    when = moments(f"{days}个工作日内反馈", present)[0]
    assert present.days.is_workday(when.at.date()) and when.at > present.now
    assert present.days.between(present.today, when.at.date()) == days


def test_a_make_up_day_is_a_day_of_work() -> None:
    made_up = datetime(2026, 11, 28).date()
    present = Present(MONDAY.now, Calendar({made_up: "workday"}))
    assert moments("本周内报", present)[0].at.date() == made_up
    assert moments("11月28日前报", present)[0].notes == ()
    off = Present(MONDAY.now, Calendar({datetime(2026, 11, 27).date(): "holiday"}))
    assert moments("本周内报", off)[0].at.day == 26


def test_several_speakers_and_several_lines_are_several_tasks() -> None:
    chat = (
        "张主任 2026/11/23 9:15:03\n请各社区今天下班前报一下充电桩数量\n方亮 2026/11/23 9:16:20\n收到\n"
        "李科长 2026/11/23 9:20:00\n本周四前把十月份走访情况表发我"
    )
    first, second = read(chat, MONDAY, KNOWN)
    assert (first.sender.person, second.sender.person, second.sender.unit) == (
        "张主任",
        "李科长",
        "街道城管科",
    )
    assert second.due and second.due.day == 26
    listed = "各社区请注意，11月30日前办好：\n1、上报志愿服务时长统计表；\n2、更新退役军人光荣牌台账"
    drafts = read(listed, MONDAY, KNOWN)
    assert [draft.title for draft in drafts] == ["上报志愿服务时长统计表", "更新退役军人光荣牌台账"]
    assert all(draft.due and draft.due.day == 30 for draft in drafts)


def test_lines_that_explain_one_task_stay_together() -> None:
    text = "请开展消防宣传月活动，具体要求：\n1. 各社区悬挂横幅不少于2条\n2. 组织居民参加演练一次"
    assert len(read(text, MONDAY, KNOWN)) == 1


def test_the_same_words_have_one_mark_however_they_are_spaced() -> None:
    assert fingerprint("请报 台账，收到回复") == fingerprint("请报台账,\n收到回复！")
    assert fingerprint("请报台账") != fingerprint("请报名册") and fingerprint("。。") == ""


@given(text=st.text())
def test_plain_text_is_as_long_as_it_was(text: str) -> None:
    assert len(plain(text)) == len(text)


@pytest.mark.parametrize(
    ("words", "number"), [("25", 25), ("十", 10), ("二十五", 25), ("两", 2), ("十一", 11), ("三十", 30)]
)
def test_numerals(words: str, number: int) -> None:
    assert number_of(words) == number
