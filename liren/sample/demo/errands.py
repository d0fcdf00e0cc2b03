"""General matters of the demo (一般事项): a month of errands, questions and things found, in every stage."""

from collections.abc import Callable
from typing import Any

from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.matters import actions
from liren.core.matters.actions import PartyDraft
from liren.core.matters.models import Matter
from liren.core.people.models import Person

from .clock import days_ago

Then = Callable[[Matter, User], None]


def _done(days: int, note: str, outcome: str = "done", hour: int = 16) -> tuple[int, int, Then]:
    def then(matter: Matter, by: User) -> None:
        actions.move(matter, "finish", note=note, outcome=outcome, by=by)

    return days, hour, then


def _moved(days: int, key: str, note: str = "", hour: int = 10) -> tuple[int, int, Then]:
    return days, hour, lambda matter, by: (actions.move(matter, key, note=note, by=by), None)[1]


def _called(days: int, note: str, reached: bool = True, hour: int = 10) -> tuple[int, int, Then]:
    def then(matter: Matter, by: User) -> None:
        actions.contact(matter, how="phone", reached=reached, note=note, by=by)

    return days, hour, then


def _thanked(days: int, stars: int, words: str) -> tuple[int, int, Then]:
    def then(matter: Matter, by: User) -> None:
        actions.appraise(
            matter, solved="yes", satisfied="yes" if stars > 3 else "partly", stars=stars, words=words, by=by
        )

    return days, 17, then


# kind, days ago, hour, title, holder, source, danger, what happened then
STORIES: tuple[tuple[str, int, int, str, str, str, bool, tuple[tuple[int, int, Then], ...]], ...] = (
    ("errand", 27, 9, "代取慢性病药，腿脚不便", "wangge1", "phone", False,
     (_called(27, "说好下午送到"), _done(27, "药已送到家，清点无误"), _thanked(26, 5, "跑得快，还帮着看了说明书"))),
    ("question", 25, 14, "新生儿落户要带哪些材料", "minzheng", "counter", False,
     (_done(25, "一次性告知清单已给", hour=15), _thanked(24, 5, "讲得清楚"))),
    ("finding", 22, 10, "老人家里燃气软管老化", "wangge4", "visit", True,
     (_moved(22, "begin", hour=11), _done(20, "燃气公司已换管，现场试漏合格"), _thanked(19, 5, "放心了"))),
    ("activity", 20, 15, "合唱队借活动室排练重阳节目", "fuzhuren2", "counter", False,
     (_done(18, "每周二、四下午，钥匙到前台登记"),)),
    ("errand", 16, 9, "帮打印社保缴费记录", "weijian", "counter", False, (_done(16, "已打印两份", hour=9),)),
    ("other", 14, 11, "楼下共享单车占了盲道", "wangge5", "phone", False,
     (_moved(14, "begin"), _moved(13, "wait", "等运维公司来拖"), _done(6, "已清走，加划了停车框", "partly"),
      _thanked(5, 3, "好了两天又停了"))),
    ("supplies", 9, 10, "物业门岗要两块挡水板", "zongzhi", "above", False, (_done(7, "已从储备点领出，双方签字"),)),
    ("errand", 6, 9, "代办老年优待证", "wangge6", "counter", False,
     (_called(6, "照片后天补"), _moved(6, "begin"), _moved(5, "wait", "等照片"))),
    ("finding", 5, 16, "楼道灯不亮，老人上下楼摸黑", "wangge6", "visit", False, (_moved(5, "begin"),)),
    ("question", 4, 10, "想问居家适老化改造补不补贴", "minzheng", "phone", False,
     (_moved(4, "begin"), _called(4, "没人接", reached=False))),
    ("errand", 2, 14, "帮独居老人联系空调清洗", "wangge1", "phone", False, (_moved(2, "begin", hour=15),)),
    ("supplies", 1, 9, "防寒物资：棉被二十条", "fuzhuren", "meeting", False, ()),
    ("activity", 1, 15, "亲子包饺子活动申请场地", "fuzhuren2", "counter", False, ()),
    ("finding", 0, 8, "老人两天没下楼，邻居不放心", "wangge1", "phone", True, ()),
    ("question", 0, 9, "居住证到期怎么签注", "", "phone", False, ()),
)  # fmt: skip


def run_errands(community: Area, users: dict[str, User]) -> None:
    """Tells the stories day by day, as they would have been written down; and one that only its circle knows."""
    known = Person.objects.filter(community=community, house__isnull=False, status="living")
    people = known.select_related("house__building").order_by("pk")[40:]
    for place, (kind, days, hour, title, holder, source, danger, later) in enumerate(STORIES):
        grids = [post.area_id for post in users[holder].current_posts] if holder.startswith("wangge") else []
        person = (people_in(known, grids) if grids else people)[place * 37]
        with days_ago(days, hour):
            matter = actions.open_matter(
                f"governance.{kind}", community=community, title=title, house=person.house,
                parties=[PartyDraft(person=person)], holder=users.get(holder), source=source, danger=danger,
                by=users["fuzhuren"],
            )  # fmt: skip
        for when, at, then in later:
            with days_ago(when, at, 50):
                then(matter, users[holder])
    _lead(community, users, people[300])


def people_in(known: Any, grids: list[int]) -> Any:
    """Those who live in one of these grids."""
    return known.filter(area__in=grids).select_related("house__building").order_by("pk")


def _lead(community: Area, users: dict[str, User], person: Person) -> None:
    with days_ago(3, 20):
        matter = actions.open_matter(
            "governance.lead", community=community, title="孩子身上有伤，老师来电", house=person.house,
            holder=users["zongzhi"], source="phone", by=users["shuji"],
        )  # fmt: skip
    with days_ago(3, 21):
        actions.move(matter, "report", note="已报派出所并由民警陪同上门", by=users["zongzhi"])
