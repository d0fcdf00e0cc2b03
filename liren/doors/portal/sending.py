"""Sending (发短信): the one place through which the portal speaks to a phone."""

from django.urls import reverse

from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.matters.models import Entry, Matter
from liren.core.notices.actions import send_sms
from liren.core.notices.slots import Unfit

from .submissions import Submission


def text_code(phone: str, *, figures: str, minutes: int, key: str, community: Area) -> None:
    """The code of a sign-in; where no gateway is set up it is refused, in the demo it stands in the console."""
    facts = {"code": figures, "minutes": minutes}
    send_sms(phone, template="portal.code", facts=facts, key=key, community=community, by=None)


def address_of(submission: Submission) -> str:
    """The page on which its owner follows it."""
    return reverse("portal:progress", args=[submission.community.code, submission.matter_id])


def text_received(submission: Submission) -> None:
    """It has come, with its number and by when somebody answers. Nothing of what only a circle may know of: phones are
    read by others at home.
    """
    todo = submission.matter.main_todo
    if todo is not None and todo.due_at is not None and not submission.matter.restricted:
        _text(submission, "matters.received", f"portal-received-{submission.pk}", due=todo.due_at)


def text_answered(matter: Matter, entry: Entry) -> None:
    """Something new may be read; only what colleagues wrote, and what closed it. Matters that only a circle may know of
    are never spoken of by message.
    """
    if not entry.public or entry.by_id is None or matter.restricted:
        return
    submission = Submission.objects.filter(matter=matter).select_related("account", "community").first()
    if submission is not None:
        _text(submission, "matters.answered", f"portal-answered-{entry.pk}")


def _text(submission: Submission, template: str, key: str, **more: object) -> None:
    account = submission.account
    if account is None or account.closed_at or not account.phone:
        return
    facts = {
        "community": submission.community.name,
        "number": submission.matter.number,
        "link": address_of(submission),
        **more,
    }
    try:
        send_sms(
            account.phone, template=template, facts=facts, key=key, community=submission.community, by=None
        )
    except (Refused, Unfit):
        # No gateway, enough messages for today, or a name that fits no message: it stands in the portal all the same.
        return
