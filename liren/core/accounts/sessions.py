"""Sessions (登录会话) in the database, as Django keeps them; the one question that every page asks is prepared."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from liren.core.duty.prepared import Prepared, moment, text

_STANDING = Prepared(
    lambda: Session.objects.filter(session_key=text("key"), expire_date__gt=moment("now")).order_by()[:1]
)


class SessionStore(db.SessionStore):
    """The session of one browser."""

    def _get_session_from_db(self) -> Any:
        """The row, when there is one and its time is not over."""
        found = _STANDING(key=self.session_key, now=timezone.now()) if self.session_key else []
        if not found:
            self._session_key = None
        return next(iter(found), None)
