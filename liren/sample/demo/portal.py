"""Residents of the demo on their phones (居民端): accounts, announcements, and what they said."""

import io
from datetime import timedelta
from typing import Any

from django.utils import timezone
from PIL import Image, ImageDraw

from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.matters import actions as matters
from liren.core.people.models import IdentityPaper, Person
from liren.doors.portal import actions
from liren.doors.portal.models import ResidentAccount, Submission
from liren.doors.portal.submissions import new_token

AGREED = "2026-11-23"
# From ranges without subscribers. Whoever signs in with one of them finds what stands below; the code is printed in
# the server's console.
PHONES = ("16000000001", "16000000002", "16000000003")
TOLD = (
    (
        "今晚有大风，请收好阳台上的花盆",
        "风力 7 级左右。阳台、窗台上的花盆、晾晒的东西请收进屋，楼下少停留。",
        True,
    ),
    ("周三上午社区医院来量血压", "周三 9:00 到 11:00，活动中心一楼。不用预约，带上医保卡。", False),
    (
        "8 号楼电梯年检，周五上午停两小时",
        "周五 9:00 到 11:00 停梯。行动不便要上下楼的，提前打居委会电话。",
        False,
    ),
)


def open_portal(community: Area, users: dict[str, User]) -> None:
    """Announcements, three residents with what they said, and somebody who gave no name."""
    for title, text, urgent in TOLD:
        actions.announce(
            community,
            title=title,
            text=text,
            urgent=urgent,
            to_on=timezone.localdate() + timedelta(days=1 if urgent else 6),
            by=users["shuji"],
        )
    first, second, third = (_account(community, phone) for phone in PHONES)
    _bind(first)
    _leak(first, users)
    _errand(second, users)
    actions.ask_staff(
        third, name=_somebody(community, 2).name, place="6 号楼，租住", note="下午在家", by=None
    )
    _tip(community)


def _account(community: Area, phone: str) -> ResidentAccount:
    return actions.open_account(phone, community=community, agreed_to=AGREED, by=None)


def _somebody(community: Area, place: int) -> Person:
    """One of those who can be found by number; the same on every machine."""
    papers = IdentityPaper.objects.filter(
        community=community, kind="resident_id", ended_on=None, person__present__in=[True]
    ).exclude(person__birth_on=None)
    return papers.filter(person__house__isnull=False).select_related("person").order_by("id")[place].person


def _bind(account: ResidentAccount) -> None:
    person = _somebody(account.community, 0)
    number = person.papers.filter(ended_on=None)[0].number
    if person.birth_on is not None:
        actions.bind_by_number(account, name=person.name, number=number, born=person.birth_on, by=None)
    actions.call_oneself(account, called=f"{person.name[0]}师傅", by=None)


def _say(account: ResidentAccount, kind: str, words: str, *, photos: int = 0, **place: Any) -> Submission:
    """The three steps of the portal."""
    where: dict[str, Any] = {"at_home": False, "building": None, "place": ""} | place
    draft = actions.choose_kind(account.community, token=new_token(), chosen=kind, anonymous=False, by=None)
    actions.tell_more(draft, words=words, **where, by=None)
    if photos:
        actions.add_photos(draft, files=[(f"照片{n + 1}.jpg", _stain(n)) for n in range(photos)], by=None)
    actions.say_how_to_reach(draft, called=account.called, when="evening", keeps_name=True, by=None)
    return actions.submit(draft, account=account, by=None)


def _leak(account: ResidentAccount, users: dict[str, User]) -> None:
    """A leak with two photos that is being worked on."""
    words = "客厅天花板滴水三天了，墙皮掉了一块。楼上说不是他家。"
    matter = _say(account, "governance.appeal:leak", words, photos=2, at_home=True).matter
    matters.move(matter, "accept", by=users["minzheng"])
    matters.contact(matter, how="phone", reached=True, note="说是周六开始滴的", by=users["minzheng"])
    matters.move(matter, "reached", by=users["minzheng"])
    told = "明天上午和物业一起上楼看防水，到了给您打电话。家具受损的地方请先拍照。"
    matters.comment(matter, told, public=True, by=users["minzheng"])


def _errand(account: ResidentAccount, users: dict[str, User]) -> None:
    """Something that was done and rated."""
    words = "腿摔了下不了楼，想请社区帮我把医保的材料交到街道。"
    submission = _say(account, "governance.errand", words, place="11 号楼")
    matters.move(submission.matter, "begin", by=users["weijian"])
    matters.move(
        submission.matter,
        "finish",
        note="材料当天交到街道窗口，回执拍给您了。",
        outcome="done",
        by=users["weijian"],
    )
    submission.refresh_from_db()
    actions.rate(submission, stars=5, solved="yes", words="谢谢，省得孩子请假。", by=None)


def _tip(community: Area) -> None:
    """A report without a name."""
    token = new_token()
    draft = actions.choose_kind(
        community, token=token, chosen="governance.appeal:passage", anonymous=True, by=None
    )
    words = "12 号楼地下室有人把电瓶拿上来充电，线从窗户拉出来，晚上更多。"
    actions.tell_more(draft, words=words, at_home=False, building=None, place="12 号楼地下室", by=None)
    actions.submit_without_name(draft, token=token, by=None)


def _stain(number: int) -> bytes:
    """A drawn picture of a damp wall; nobody's home."""
    picture = Image.new("RGB", (640, 480), ("#D9D2C2", "#CFC6B4")[number % 2])
    draw = ImageDraw.Draw(picture)
    for step in range(8):
        x, y, r = 180 + 40 * step, 120 + 18 * step * (number + 1) % 200, 90 - 7 * step
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(185 - 6 * step, 173 - 6 * step, 151 - 6 * step))
    draw.rectangle((0, 400, 640, 480), fill="#8F8672")
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=85)
    return kept.getvalue()
