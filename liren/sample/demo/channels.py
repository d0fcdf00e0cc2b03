"""The demo's channel (对外通道): a mail list on which nobody is, and what was sent there in the last days.

It hears only of what a person announces, and its address ends in `.invalid`: the demo writes to nobody by itself.
"""

from django.conf import settings
from django.test.utils import override_settings
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.notices.actions import change_channel, open_channel, send_to_groups, test_channel
from liren.core.notices.actions.results import settle, take
from liren.core.notices.models import Channel, Message
from liren.core.notices.outcomes import Outcome

from .clock import days_ago

LIST = "zhiban@liuyinli.invalid, shuji@liuyinli.invalid"
# How many days ago; open, due that day, late, closed the day before.
DAYS = ((3, 31, 4, 1, 5), (2, 33, 2, 2, 3), (1, 34, 5, 1, 6))


def open_mail_list(community: Area, users: dict[str, User]) -> Channel:
    """Opens it, tries it, has it told the figures of three days, and then leaves it to warnings and public matters."""
    head = users["shuji"]
    with days_ago(4, 10, 5):
        # A house without a mail server refuses to open one; to show how it looks it need not send.
        with override_settings(LIREN_MAIL=settings.LIREN_MAIL or "mailto://localhost"):
            channel = open_channel(
                community, name="值班邮箱", kind="mail", address=LIST, occasions=["daily"], by=head
            )
        _arrived(test_channel(channel, by=head))
    for days, count, soon, late, done in DAYS:
        with days_ago(days, 8, 0):
            day = timezone.localdate()
            facts = {"community": community.name, "day": day, "link": "/matters/"}
            facts |= {"count": count, "soon": soon, "late": late, "done": done}
            for message in send_to_groups(
                community, occasion="daily", template="matters.daily", facts=facts, key=f"day:{day}", by=None
            ):
                _arrived(message)
    with days_ago(0, 0, 10):
        return change_channel(channel, name=channel.name, occasions=["warning", "public"], by=head)


def _arrived(message: Message) -> None:
    """As if it had been made and sent just then; the worker finds nothing left to do."""
    now = timezone.now()
    # The columns take the true clock for their default.
    Message.objects.filter(pk=message.pk).update(made_at=now, next_try_at=now)
    if (taken := take(message.pk, by=None)) is not None:
        settle(taken, outcome=Outcome.SENT, by=None)
