"""Sign-ins: one row for each session, so that its owner sees it and can end it from any other device."""

import datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from liren.core.audit.actions import record

from ..models import SignIn, User, session_hash

KEPT = datetime.timedelta(days=183)


@transaction.atomic
def note_sign_in(user: User, *, session_key: str, device: str, address: str, by: Any) -> SignIn:
    """A session has begun."""
    sign_in = SignIn.objects.create(
        user=user, session_hash=session_hash(session_key), device=device[:60], address=address[:45]
    )
    record("accounts.sign_in", target=user, community=user.home, device=device[:60], by=by)
    return sign_in


@transaction.atomic
def note_seen(user: User, *, session_key: str, by: Any) -> None:
    """The session is in use; asked for once a minute at most."""
    SignIn.objects.filter(user=user, session_hash=session_hash(session_key)).update(seen_at=timezone.now())


@transaction.atomic
def end_this_sign_in(user: User, *, session_key: str, why: str = "", by: Any) -> None:
    """The session ends by itself: signed out, or left alone too long. Its caller flushes it."""
    ended = SignIn.objects.filter(user=user, session_hash=session_hash(session_key), ended_at=None)
    if ended.update(ended_at=timezone.now()):
        record("accounts.sign_out", target=user, community=user.home, why=why, by=by)


@transaction.atomic
def end_sign_in(sign_in: SignIn, *, by: Any) -> SignIn:
    """Ends a session on another device: whoever sits there is signed out at the next click."""
    _delete_sessions({sign_in.session_hash})
    sign_in.ended_at = timezone.now()
    sign_in.save(update_fields=["ended_at"])
    record("accounts.end_sign_in", target=sign_in.user, community=sign_in.user.home, sign_ins=1, by=by)
    return sign_in


@transaction.atomic
def end_other_sign_ins(user: User, *, keep: str, by: Any) -> int:
    """Ends all sessions of an account but the one with the key `keep`; returns how many there were."""
    others = SignIn.objects.open().filter(user=user).exclude(session_hash=session_hash(keep))
    hashes = set(others.values_list("session_hash", flat=True))
    if hashes:
        _delete_sessions(hashes)
        others.update(ended_at=timezone.now())
        record("accounts.end_sign_in", target=user, community=user.home, sign_ins=len(hashes), by=by)
    return len(hashes)


@transaction.atomic
def forget_old_sign_ins(*, by: Any) -> int:
    """What ended, or was last seen, longer ago than the privacy notice says is of no more use to its owner."""
    old = SignIn.objects.filter(seen_at__lt=timezone.now() - KEPT)
    count, _ = old.delete()
    return count


def _delete_sessions(hashes: set[str]) -> None:
    """Only the hash of a key is kept beside an account, so the keys are hashed one by one to find them."""
    keys = Session.objects.values_list("session_key", flat=True).iterator()
    Session.objects.filter(session_key__in=[key for key in keys if session_hash(key) in hashes]).delete()
