"""Appeals of the demo (诉求): what residents and the hotline 12345 brought in the last weeks, in every stage."""

import csv
import io
import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.matters import actions
from liren.core.matters.actions import PartyDraft
from liren.core.matters.models import Matter
from liren.core.people.models import Person
from liren.core.places.models import Building, House
from liren.duties.governance.appeals.actions import exempt
from liren.duties.governance.appeals.orders.actions import receive_orders, take_orders
from liren.duties.governance.models import Appeal

from .clock import days_ago

HEAD = (
    "工单编号",
    "诉求标题",
    "诉求内容",
    "来电人",
    "联系电话",
    "地址",
    "派单时间",
    "办理时限",
    "紧急程度",
    "回访结果",
)
EXEMPT = "要求给全楼装隔音窗"


def bring_appeals(community: Area, users: dict[str, User]) -> None:
    """Tells the stories day by day; then a file of orders that was taken over, and a later one that waits."""
    told = tomllib.loads((Path(__file__).parent / "appeals.toml").read_text("utf-8"))
    for story in told["story"]:
        _tell(community, story, users)
    with days_ago(11, 16):
        appeal = Appeal.objects.get(community=community, matter__title=EXEMPT)
        exempt(appeal, ground="unreasonable", reason="超出社区职权，热线回访后同意剔除", by=users["shuji"])
    office = users["fuzhuren"]
    with days_ago(4, 17):
        early = _export(told["orders"])
        file = receive_orders(
            community, content=early, name="12345 工单（上周）.csv", system="12345", by=office
        )
        take_orders(file, by=office)
    late = _export(told["later"])
    receive_orders(community, content=late, name="12345 工单（本周）.csv", system="12345", by=office)


def _tell(community: Area, story: dict[str, Any], users: dict[str, User]) -> None:
    """One appeal from its opening as far as it has come."""
    holder = users.get(story.get("holder", ""))
    with days_ago(story["days"], story["hour"]):
        matter = actions.open_matter(
            "governance.appeal", community=community, title=story["title"], body=story["body"],
            cause=story["cause"], source=story["source"], holder=holder,
            details={"urgency_class": story.get("class", "")}, by=users["fuzhuren"],
            **_place(community, story["where"]),
        )  # fmt: skip
    for days, hour, deed, words, *more in story.get("steps", ()):
        with days_ago(days, hour, 50):
            _do(matter, deed, words, more, by=holder)


def _do(matter: Matter, deed: str, words: str, more: list[str], *, by: Any) -> None:
    """One step of the story, by the action that the desk would call."""
    if deed in ("call", "miss"):
        actions.contact(matter, how="phone", reached=deed == "call", note=words, by=by)
        if deed == "call":
            actions.move(matter, "reached", by=by)
    elif deed == "note":
        actions.comment(matter, words, by=by)
    elif deed == "rate":
        actions.appraise(matter, solved=more[0], satisfied=more[1], words=words, by=by)
    else:
        asked = {"reply": ("inner",), "close": ("outcome", "proof")}.get(deed, ())
        facts: dict[str, Any] = dict(zip(asked, more, strict=False))
        actions.move(matter, deed, note=words, by=by, **facts)


def _place(community: Area, where: str) -> dict[str, Any]:
    """A door with the one who lives behind it, or a building alone with somebody who gave a number."""
    house = House.objects.filter(community=community, code=where).select_related("building", "area").first()
    if house is None:
        building = Building.objects.get(community=community, name=where)
        return {"building": building, "parties": [PartyDraft(name="居民", phone="16000000066")]}
    person = Person.objects.filter(community=community, house=house, status="living").order_by("pk").first()
    return {"house": house, "parties": [PartyDraft(person=person, name="居民", phone="16000000066")]}


def _export(rows: list[dict[str, Any]]) -> bytes:
    """An export of the hotline, with days that lie beside today."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(HEAD)
    today = timezone.localdate()
    for row in rows:
        sent = today - timedelta(days=row["days"])
        due = sent + timedelta(days=row["allowed"])
        told = [row[key] for key in ("number", "title", "body", "name", "phone", "place")]
        table.writerow([*told, f"{sent} 09:20", f"{due} 17:30", row["urgency"], row["heard"]])
    return out.getvalue().encode("utf-8-sig")
