"""Writing papers (文书): numbered in the transaction that gives them out, kept as they were given out."""

from datetime import date
from typing import Any

from django.utils import timezone

from liren.core.matters.models import Matter
from liren.core.matters.series import next_number

from .catalogue import BY_KEY, DEPARTMENTS, hook_of
from .models import Dissuasion, Hazard, HazardPaper
from .photos import photos_after, photos_before


def write_paper(matter: Matter, kind: str, words: dict[str, Any], *, by: Any) -> HazardPaper:
    """One more paper of the matter. Must run in the transaction of the move that gives it out."""
    now = timezone.now()
    number = next_number(matter.community, HazardPaper.SIGNS[kind], timezone.localdate(now).year)
    return HazardPaper.objects.create(
        matter=matter, community=matter.community, kind=kind, number=number, at=now, by=by, words=words
    )


def last_paper(matter: Matter, kind: str) -> HazardPaper | None:
    """The paper of a kind that was given out last."""
    found: HazardPaper | None = HazardPaper.objects.filter(matter=matter, kind=kind).order_by("-id").first()
    return found


def facts_of(matter: Matter, hazard: Hazard) -> dict[str, Any]:
    """What every paper says: whom, where, what, how grave, on what ground."""
    known = BY_KEY.get(matter.cause)
    return {
        "to": hazard.responsible_name,
        "to_kind": hazard.get_responsible_kind_display(),
        "where": matter.where or matter.area.name,
        "object": known.name if known else "安全隐患",
        "title": matter.title,
        "body": matter.body,
        "grade": hazard.get_grade_display(),
        "hook": hook_of(matter.cause),
        "found_on": timezone.localdate(matter.opened_at).isoformat(),
    }


def notice_words(matter: Matter, hazard: Hazard, *, demand: str, deadline: date) -> dict[str, Any]:
    """What a notice says."""
    return {
        **facts_of(matter, hazard),
        "demand": demand.strip(),
        "deadline": deadline.isoformat(),
        "photos": _keys(photos_before(matter)),
    }


def recheck_words(
    matter: Matter, hazard: Hazard, *, passed: bool, said: str, deadline: date | None = None, alone: str = ""
) -> dict[str, Any]:
    """What an opinion of the recheck says."""
    notice = last_paper(matter, "notice")
    return {
        **facts_of(matter, hazard),
        "notice": notice.shown_number if notice else "",
        "passed": passed,
        "said": said.strip(),
        "deadline": deadline.isoformat() if deadline else "",
        "alone": alone,
        "photos": _keys(photos_before(matter)),
        "after": _keys(photos_after(matter)),
    }


def letter_words(matter: Matter, hazard: Hazard, *, said: str) -> dict[str, Any]:
    """What a letter says: what was done so far, for the committee may do no more."""
    notice = last_paper(matter, "notice")
    tried = [
        {
            "at": timezone.localtime(one.at).isoformat(timespec="minutes"),
            "whom": one.whom,
            "result": one.get_result_display(),
        }
        for one in Dissuasion.objects.filter(matter=matter)
    ]
    return {
        **facts_of(matter, hazard),
        "department": dict(DEPARTMENTS)[hazard.referred_to],
        "notice": notice.shown_number if notice else "",
        "notice_on": timezone.localdate(notice.at).isoformat() if notice else "",
        "deadline": hazard.deadline_on.isoformat() if hazard.deadline_on else "",
        "served": notice.get_served_display() if notice and notice.served else "",
        "dissuasions": tried,
        "said": said.strip().rstrip("。"),
        "photos": _keys(photos_before(matter)),
    }


def _keys(rows: Any) -> list[int]:
    """The newest two: a sheet has room for no more."""
    return [row.pk for row in rows.order_by("-id")[:2]][::-1]
