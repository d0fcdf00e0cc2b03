"""Who may do what now (条件): each says in a sentence why not, or nothing."""

from typing import Any

from django.utils import timezone

from liren.core.matters.models import Matter
from liren.core.pages.words import day
from liren.core.rules import number

from .models import Hazard
from .photos import photos_after, photos_before


def of(matter: Matter) -> Hazard:
    """What the room keeps of a matter."""
    return Hazard.objects.select_related("finder").get(matter=matter)


def may_check_alone(matter: Matter) -> bool:
    """Whether the community has allowed the finder to look again, for want of a second person."""
    return not number("hazards.recheck_by_other", area=matter.area)


def must_be_another(matter: Matter, by: Any) -> str:
    """Four eyes: who found it neither says that it is set right nor that it is not."""
    hazard = of(matter)
    if by is None or hazard.finder_id != by.pk or may_check_alone(matter):
        return ""
    return f"{hazard.finder}发现的，要换一位同事复查、销号"


def must_show_after(matter: Matter, by: Any) -> str:
    """Closing needs another person and a photo of how it is now."""
    if why := must_be_another(matter, by):
        return why
    if not photos_after(matter).exists():
        return "还没有整改后的照片。先在「整改前后照片」里拍一张"
    return ""


def must_show_before(matter: Matter, by: Any) -> str:
    """A notice names the kind of hazard and who is responsible, and rests on a photo."""
    if not matter.cause:
        return "还没定是哪一类隐患。请在「等级和责任方」里选好"
    if not of(matter).responsible_name:
        return "还没写责任方。请在「等级和责任方」里写上"
    if not photos_before(matter).exists():
        return "还没有整改前的照片。先在「整改前后照片」里拍一张"
    return ""


def must_be_past(matter: Matter, by: Any) -> str:
    """逾期 begins the day after the deadline."""
    deadline = of(matter).deadline_on
    if deadline is None or timezone.localdate() <= deadline:
        return f"整改期限是{day(deadline)}，还没过" if deadline else "没有整改期限"
    return ""
