"""Hazards of the demo (隐患): stories in every stage, and rounds on which mostly nothing was wrong."""

import io
import tomllib
import zlib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from PIL import Image, ImageDraw

from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.documents.cleaning import cleaned
from liren.core.documents.kinds import Clean
from liren.core.matters import actions as matters
from liren.core.matters.models import Matter
from liren.core.places.models import Building
from liren.duties.governance.hazards import actions
from liren.duties.governance.models import CheckPoint, HazardPaper

from .clock import days_ago

OUTSIDE = (
    ("东门消防通道", "fire_lane"),
    ("非机动车棚充电桩", "ebike"),
    ("小区围墙西段", "wall"),
    ("窨井盖", "manhole"),
)


def find_hazards(community: Area, users: dict[str, User]) -> None:
    """Tells the stories as the actions would have it, then the rounds."""
    told = tomllib.loads((Path(__file__).parent / "hazards.toml").read_text("utf-8"))
    with days_ago(30):
        for place, look_for in OUTSIDE:
            grid = users["wangge1"].current_posts[0].area
            actions.add_point(grid, place=place, look_for=look_for, by=users["wangge1"])
    for story in told["story"]:
        _tell(community, story, users)
    for one in told["round"]:
        _go_round(community, one, users[one["by"]])


def _tell(community: Area, story: dict[str, Any], users: dict[str, User]) -> None:
    """One hazard from its finding as far as it has come."""
    by = users[story["by"]]
    kind, name = story["party"]
    with days_ago(story["days"], story["hour"], 5):
        matter = matters.open_matter(
            "governance.hazard", community=community, title=story["title"], cause=story["cause"], source="patrol",
            building=Building.objects.get(community=community, name=story["building"]), place=story["place"],
            holder=by, details={"grade": story["grade"], "responsible_kind": kind, "responsible_name": name}, by=by,
        )  # fmt: skip
        actions.add_photos(matter, photos=[_picture(story["title"], tidy=False)], role="before", by=by)
    for minute, (days, hour, deed, who, *more) in enumerate(story["steps"], start=10):
        with days_ago(days, hour, minute):
            _do(matter, deed, more, by=users[who])


def _do(matter: Matter, deed: str, more: list[Any], *, by: User) -> None:
    """One step of the story, by the action that the desk would call."""
    words = more[0] if more else ""
    if deed == "after":
        actions.add_photos(matter, photos=[_picture(matter.title, tidy=True)], role="after", by=by)
    elif deed == "talk":
        actions.dissuade(matter, said=words, whom=more[1], result=more[2], by=by)
    elif deed == "serve":
        paper = HazardPaper.objects.filter(matter=matter, kind="notice").latest("id")
        signed = {"receiver": paper.words["to"]} if words == "hand" else {"witness": "楼组长"}
        actions.serve_paper(paper, served=words, by=by, **signed)
    elif deed == "notice":
        matters.move(matter, "notice", demand=words, deadline_on=_in_days(more[1]), by=by)
    else:
        asked: dict[str, Any] = {}
        if deed == "fail":
            asked = {"deadline_on": _in_days(more[1])}
        elif deed == "refer":
            asked = {"department": more[1]}
        matters.move(matter, deed, note=words, by=by, **asked)


def _in_days(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def _go_round(community: Area, told: dict[str, Any], by: User) -> None:
    """A round of one building; what was wrong is opened with a photo."""
    building = Building.objects.select_related("area__parent").get(community=community, name=told["building"])
    with days_ago(told["days"], told["hour"]):
        patrol = actions.begin_round(building.area, building=building, by=by)
    with days_ago(told["days"], told["hour"], 50):
        if "hazard" in told:
            kind, title = told["hazard"]
            point = CheckPoint.objects.get(building=building, look_for=kind, closed_on=None)
            photos = [_picture(title, tidy=False)]
            actions.mark_hazard(patrol, point=point, photos=photos, title=title, by=by)
        actions.mark_rest_well(patrol, by=by)
        actions.finish_round(patrol, note=told["note"], by=by)


def _picture(title: str, *, tidy: bool) -> tuple[str, Clean]:
    """A drawn corridor: with things in the way, or with none. No place and nobody in it is real."""
    canvas = Image.new("RGB", (960, 720), "#d9d2c3")
    draw = ImageDraw.Draw(canvas)
    draw.polygon([(0, 720), (300, 430), (660, 430), (960, 720)], fill="#a89f8d")
    draw.rectangle((300, 120, 660, 430), fill="#eee9dd")
    draw.rectangle((420, 190, 540, 430), fill="#7d5a3c")
    draw.ellipse((450, 30, 510, 60), fill="#fff7d6")
    if not tidy:
        seed = zlib.crc32(title.encode())
        for n in range(7):
            left, top = 60 + (seed >> n) % 170 + n * 95, 430 + (seed >> n * 2) % 90
            colour = ("#b5793a", "#8c5a2b", "#7a2e1d", "#3f5d63")[(seed >> n) % 4]
            draw.rectangle(
                (left, top, left + 130, top + 110 + n * 9), fill=colour, outline="#3a2a1a", width=4
            )
    out = io.BytesIO()
    canvas.save(out, "JPEG", quality=80)
    return ("现场.jpg", cleaned(out.getvalue(), name="现场.jpg"))
