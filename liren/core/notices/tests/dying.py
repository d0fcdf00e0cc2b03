"""Workers as processes of their own, some of them killed: python -m liren.core.notices.tests.dying POINT NUMBER …

`before` dies with `sending` written and nothing sent; `after` dies when the other side has it and nobody wrote that
down; `later` is the worker that comes afterwards, when the time of a try is over; `race` delivers all it is told to.
"""

import os
import signal
import sys
import time
from typing import Any

import django


def main(point: str, *messages: int) -> None:
    """Goes to the point, and says in which states the messages are then."""
    from django.conf import settings
    from django.utils import timezone

    from liren.core.notices import jobs, senders
    from liren.core.notices.actions.results import LEASE, pick_up
    from liren.core.notices.models import Message

    settings.LIREN_GATEWAYS = [os.environ["GATEWAY"]]
    send = senders.send

    def last(message: Any) -> None:
        if point == "after":
            send(message)
        os.kill(os.getpid(), signal.SIGKILL)

    if point in {"before", "after"}:
        senders.send = last
    elif point == "later":
        Message.objects.filter(state="sending").update(began_at=timezone.now() - 2 * LEASE)
        pick_up(by=None)
        Message.objects.filter(state="waiting").update(next_try_at=timezone.now())
    elif point == "race":
        time.sleep(max(0.0, float(os.environ["START"]) - time.time()))
    for number in messages:
        jobs.deliver.call(number)
    print(*Message.objects.filter(pk__in=messages).order_by("pk").values_list("state", flat=True))


if __name__ == "__main__":
    django.setup()
    main(sys.argv[1], *map(int, sys.argv[2:]))
