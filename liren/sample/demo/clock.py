"""Clock (时钟): the demo's past. Everything inside happens as if it were another moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from unittest.mock import patch

from django.utils import timezone


@contextmanager
def days_ago(days: int, hour: int = 9, minute: int = 30) -> Iterator[datetime]:
    """``with days_ago(3, 14): …``: three days back, at two in the afternoon, as far as the actions can tell."""
    day = timezone.localdate() - timedelta(days=days)
    moment = timezone.make_aware(datetime.combine(day, time(hour, minute)))
    with patch("django.utils.timezone.now", lambda: moment):
        yield moment
