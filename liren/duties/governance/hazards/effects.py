"""What moves write beside (随动作记下的): in the transaction of the move, after its guard."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from liren.core.duty import Refused
from liren.core.matters.models import Entry, Matter
from liren.core.pages.words import day
from liren.core.rules import number

from .guards import may_check_alone, of
from .models import Hazard
from .papers import last_paper, letter_words, notice_words, recheck_words, write_paper


def _been_there(hazard: Hazard, by: Any) -> None:
    """Who goes to what a resident told of has found it, as far as four eyes go."""
    if hazard.finder_id is None and by is not None:
        hazard.finder = by


def fix(matter: Matter, entry: Entry, *, by: Any) -> None:
    """当场整改: set right while we stood there; somebody else still looks."""
    hazard = of(matter)
    _been_there(hazard, by)
    hazard.on_spot = True
    hazard.save(update_fields=["finder", "on_spot"])


def give_notice(matter: Matter, entry: Entry, *, by: Any, deadline_on: date, demand: str) -> None:
    """发整改通知: a numbered paper with a deadline."""
    hazard = of(matter)
    _been_there(hazard, by)
    hazard.deadline_on = checked_deadline(matter, hazard, deadline_on)
    hazard.on_spot = False
    hazard.save(update_fields=["finder", "deadline_on", "on_spot"])
    words = notice_words(matter, hazard, demand=demand, deadline=deadline_on)
    write_paper(matter, "notice", words, by=by)


def checked_deadline(matter: Matter, hazard: Hazard, deadline: date) -> date:
    """The deadline, if it can be kept and is not longer than the grade allows."""
    today = timezone.localdate()
    if deadline < today:
        raise Refused("整改期限已经过了，请选今天或以后的日子")
    longest = number(f"hazards.longest_{hazard.grade}", area=matter.area)
    if deadline > today + timedelta(days=longest):
        last = day(today + timedelta(days=longest))
        raise Refused(f"{hazard.get_grade_display()}隐患的整改期限最长 {longest} 天，最晚到{last}")
    return deadline


def pass_recheck(matter: Matter, entry: Entry, *, by: Any, alone_reason: str = "") -> None:
    """复查合格，销号: who looked, and why alone when it was the finder."""
    hazard = of(matter)
    alone = by is not None and hazard.finder_id == by.pk
    if alone and may_check_alone(matter) and len(alone_reason.strip()) < 4:
        raise Refused("发现人自己复查，要写清为什么没有第二个人")
    hazard.alone_reason = alone_reason.strip()[:200] if alone else ""
    hazard.checker, hazard.checked_at = by, entry.at
    hazard.save(update_fields=["alone_reason", "checker", "checked_at"])
    if last_paper(matter, "notice"):
        words = recheck_words(matter, hazard, passed=True, said=entry.note, alone=hazard.alone_reason)
        write_paper(matter, "recheck", words, by=by)


def fail_recheck(matter: Matter, entry: Entry, *, by: Any, deadline_on: date) -> None:
    """复查不合格: another deadline, said on paper."""
    hazard = of(matter)
    if last_paper(matter, "notice") is None:
        raise Refused("还没有发过整改通知书。没改好的，请用「发整改通知」")
    hazard.deadline_on = checked_deadline(matter, hazard, deadline_on)
    hazard.checker, hazard.checked_at = by, entry.at
    hazard.save(update_fields=["deadline_on", "checker", "checked_at"])
    words = recheck_words(matter, hazard, passed=False, said=entry.note, deadline=deadline_on)
    write_paper(matter, "recheck", words, by=by)


def refer(matter: Matter, entry: Entry, *, by: Any, department: str) -> None:
    """移送: a letter to who has the power that a committee has not."""
    hazard = of(matter)
    _been_there(hazard, by)
    hazard.referred_to, hazard.referred_at = department, entry.at
    hazard.save(update_fields=["finder", "referred_to", "referred_at"])
    write_paper(matter, "letter", letter_words(matter, hazard, said=entry.note), by=by)


def keep_result(matter: Matter, entry: Entry, *, by: Any) -> None:
    """What the department did."""
    Hazard.objects.filter(matter=matter).update(result=entry.note)


def found_again(matter: Matter, entry: Entry, *, by: Any) -> None:
    """又出现了: everything from the beginning, and once more of the same."""
    hazard = of(matter)
    hazard.finder = by or hazard.finder
    hazard.repeat_count += 1
    hazard.on_spot, hazard.deadline_on, hazard.checker, hazard.checked_at = False, None, None, None
    hazard.alone_reason = ""
    hazard.save(
        update_fields=[
            "finder", "repeat_count", "on_spot", "deadline_on", "checker", "checked_at", "alone_reason",
        ]
    )  # fmt: skip
