"""What came from above in the demo (上级交办): six weeks of messages, pasted, held against the lists, done or sent back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.matters import actions as matters
from liren.core.matters.models import Matter
from liren.duties.governance.inbound import actions
from liren.duties.governance.inbound.models import DutyItem, InboundTask
from liren.duties.governance.inbound.pasting import lines_of, placed
from liren.duties.governance.inbound.yearly import waiting

from .clock import days_ago

Then = Callable[[Matter, dict[str, User], User], None]


def _take(days: int, hour: int = 10) -> tuple[int, int, Then]:
    """Begun as what stands on a list."""
    return days, hour, lambda matter, users, by: (matters.move(matter, "take", by=by), None)[1]


def _work(days: int, minutes: int, what: str) -> tuple[int, int, Then]:
    def then(matter: Matter, users: dict[str, User], by: User) -> None:
        actions.note_work(InboundTask.objects.get(matter=matter), minutes=minutes, what=what, by=by)

    return days, 15, then


def _report(days: int, minutes: int, note: str) -> tuple[int, int, Then]:
    def then(matter: Matter, users: dict[str, User], by: User) -> None:
        matters.move(matter, "report", note=note, minutes=minutes, by=by)

    return days, 16, then


def _move(days: int, key: str, note: str = "", *, lead: bool = False, **facts: Any) -> tuple[int, int, Then]:
    def then(matter: Matter, users: dict[str, User], by: User) -> None:
        matters.move(matter, key, note=note, by=users["shuji"] if lead else by, **facts)

    return days, 17, then


# days ago, hour, who pastes and works on it, the message, what happened then
STORIES: tuple[tuple[int, int, str, str, tuple[tuple[int, int, Then], ...]], ...] = (
    (39, 9, "minzheng", "街道民政科 王科长：请各社区五个工作日内报送高龄、独居老人台账，"
     "表里填姓名、住址、联系电话、紧急联系人。收到请回复",
     (_take(39), _work(37, 150, "逐户核对"), _report(35, 40, "已发民政科邮箱"), _move(33, "close", outcome="done"))),
    (31, 10, "zongzhi", "街道应急办：立即排查飞线充电、楼道堆物，三个工作日内将消防隐患排查表报应急办，每周报进度",
     (_take(31), _work(30, 210, "八个网格都走了一遍"), _report(28, 30, "排查表已报"),
      _move(26, "send_back", "少填了整改责任人"), _report(25, 45, "补好了"), _move(22, "close", outcome="done"))),
    (24, 14, "fuzhuren2", "街道文明办 小刘：大家下载文明随手拍并注册，每日打卡，注册率不低于90%，"
     "本周五前群里接龙",
     (_move(24, "vet"), _move(23, "refuse", "下载、打卡、注册率排名，在负面清单里", lead=True, article="negative"))),
    (18, 9, "weijian", "残联周老师：请各社区月底前更新残疾人信息台账，每月报一次，"
     "需填姓名、身份证号、住址、残疾等级、联系电话",
     (_take(18), _work(15, 120, "电话核对"), _report(12, 25, "本月的已报"), _move(8, "close", outcome="done"))),
    (13, 16, "wangge1", "区住建局：请社区统计辖区化粪池数量和位置，十个工作日内报送汇总表",
     (_move(13, "vet"), _move(12, "ask_sender", "请说明依据，数据应由物业和养护单位掌握", lead=True))),
    (8, 9, "minzheng", "街道民政科 王科长：接区局通知，三个工作日内报送低保边缘家庭摸排表，"
     "填姓名、身份证号、住址、家庭收入、联系电话",
     (_take(8), _work(7, 90, "入户核对"), _report(5, 30, "已报"))),
    (6, 11, "minzheng", "派出所张警官：请社区给居民出具无犯罪记录证明，今天下班前办好",
     (_move(6, "vet"),
      _move(5, "refuse", "属于不得出具的证明，请居民到派出所户籍窗口开具", lead=True, article="certificate"))),
    (3, 9, "fuzhuren2", "街道党建办 林主任：下周三前报送12月主题党日安排表，并更新党员花名册，填姓名、联系电话、住址",
     (_take(3),)),
    (2, 15, "zongzhi", "街道平安办：请配合做好流动人口和出租房信息采集，五个工作日内报出租房统计表",
     (_move(2, "vet"),)),
    (0, 8, "minzheng", "街道文体中心：请各社区推荐2支合唱队参加元旦联欢，本周五前报名单", ()),
)  # fmt: skip
SENT = (
    (10, "报送困难群众温暖过冬走访情况", "街道协助清单：社会救助入户核查", 12, "done"),
    (1, "上报冬令救助物资需求", "街道协助清单：社会救助入户核查", 6, ""),
)


def bring_tasks(community: Area, users: dict[str, User]) -> None:
    """The lists first, then the messages day by day; some of what the calendar proposes is taken up."""
    with days_ago(60, 9):
        actions.begin_lists(community, by=users["shuji"])
    for days, hour, who, message, later in STORIES:
        with days_ago(days, hour):
            matter = _pasted(community, message, users[who])
        for when, at, then in later:
            with days_ago(when, at, 20):
                then(matter, users, users[who])
    _send(community, users)
    _from_the_calendar(community, users)


def _pasted(community: Area, message: str, by: User) -> Matter:
    """As at the desk: read, held against the lists, kept."""
    line = lines_of(message, by)[0]
    details = {**line.as_read, "received_text": line.draft.text}
    place = placed(line.form.initial["place"], by)
    return actions.receive_task(community, title=line.draft.title, details=details, by=by, **place)


def _send(community: Area, users: dict[str, User]) -> None:
    """What the section of the street sends from here."""
    for days, title, basis, due, end in SENT:
        with days_ago(days, 10):
            details = {
                "basis": basis, "due_at": timezone.now() + timedelta(days=due), "sender_unit": "街道民政科",
                "received_text": f"{title}。按上次的表式报，不用纸质。", "forms": 1, "forms_often": "once",
                "form_fields": "姓名、住址、救助类别",
            }  # fmt: skip
            [matter] = actions.send_task([community], title=title, details=details, by=users["minzhengke"])
        if end:
            with days_ago(days - 1, 11):
                item = DutyItem.objects.filter(community=community, words__contains="救助对象").first()
                task = InboundTask.objects.get(matter=matter)
                actions.correct_task(task, facts={"item": item}, by=users["minzheng"])
                matters.move(matter, "take", by=users["minzheng"])
            with days_ago(days - 4, 16):
                matters.move(matter, "report", note="走访 86 户，名单已报", minutes=180, by=users["minzheng"])


def _from_the_calendar(community: Area, users: dict[str, User]) -> None:
    """The first two of what this month proposes."""
    with days_ago(4, 9):
        for proposal in waiting(users["shuji"], community)[:2]:
            actions.take_up(community, year=proposal.year, key=proposal.key, by=users["fuzhuren"])
