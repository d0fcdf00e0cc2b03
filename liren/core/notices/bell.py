"""Bell (铃): how many notices somebody has not read, for the bar at the top of every page; asked only where it is shown."""

from collections.abc import Callable

from django.http import HttpRequest

from liren.core.duty.prepared import Prepared, key

from .models import Notice

# Counting further than the bell can say is of no use.
MOST = 100
_UNREAD = Prepared(
    lambda: Notice.objects.visible_to(key("user")).unread().order_by().values_list("pk", flat=True)[:MOST]
)


def bell(request: HttpRequest) -> dict[str, Callable[[], int]]:
    """For the templates: ``unread_notices``, a question that costs one query when it is asked."""

    def unread() -> int:
        user = getattr(request, "user", None)
        if user is None or not user.is_authenticated:
            return 0
        return len(_UNREAD(user=user.pk))

    return {"unread_notices": unread}
