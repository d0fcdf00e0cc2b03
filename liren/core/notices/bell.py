"""Bell (铃): how many notices somebody has not read, for the bar at the top of every page; asked only where it is shown."""

from collections.abc import Callable

from django.http import HttpRequest

from .models import Notice

# Counting further than the bell can say is of no use.
MOST = 100


def bell(request: HttpRequest) -> dict[str, Callable[[], int]]:
    """For the templates: ``unread_notices``, a question that costs one query when it is asked."""

    def unread() -> int:
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return 0
        return Notice.objects.visible_to(user).unread()[:MOST].count()

    return {"unread_notices": unread}
