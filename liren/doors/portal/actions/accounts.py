"""Accounts of residents: a code to the phone, the sign-in it opens, and the end of both.

A code is sent to every phone that asks, known or not, and the account is made when a code was right: so nothing can
be learnt by asking.
"""

import datetime
import secrets
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from liren.core import rules
from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.duty import Refused
from liren.core.privacy.cipher import blind, blind_tail, seal

from ..accounts import ResidentAccount, ResidentSession, SignInCode, token_hash
from ..bindings import Binding, BindingRequest
from ..sending import text_code


class Pause(Refused):
    """A code is on its way already."""


WRONG = "验证码不对，或者过了时间。看看最近一条短信，再输一次"


@transaction.atomic
def send_code(phone: str, *, community: Area, by: Any = None) -> SignInCode:
    """Sends six figures to a phone. Refuses a second one within the pause; an older one ends."""
    hashed, now = blind(phone, "phone"), timezone.now()
    codes = SignInCode.objects.filter(community=community, phone_hash=hashed)
    pause = rules.number("portal.code_pause_seconds", area=community)
    last = codes.order_by("-made_at").first()
    if last and (passed := (now - last.made_at).total_seconds()) < pause:
        raise Pause(f"刚发过一条，{max(1, round(pause - passed))} 秒后可以再要")
    codes.filter(ended_at=None).update(ended_at=now)
    minutes = rules.number("portal.code_minutes", area=community)
    figures = f"{secrets.randbelow(1_000_000):06d}"
    code = SignInCode.objects.create(
        community=community,
        phone_hash=hashed,
        code_hash=_code_hash(hashed, figures),
        expires_at=now + datetime.timedelta(minutes=minutes),
    )
    text_code(phone, figures=figures, minutes=minutes, key=f"portal-code-{code.pk}", community=community)
    return code


def _code_hash(phone_hash: str, figures: str) -> str:
    return blind(f"{phone_hash}:{figures}", "portal.code")


def use_code(
    phone: str, *, community: Area, figures: str, agreed_to: str, device: str, by: Any = None
) -> tuple[ResidentAccount, str]:
    """Signs in with a code: the account, made when it is the first time, and the secret of the session. One sentence
    for every wrong code; a wrong one counts although it is refused.
    """
    hashed = blind(phone, "phone")
    with transaction.atomic():
        right = _take_code(hashed, community, figures)
        if right:
            account = open_account(phone, community=community, agreed_to=agreed_to, by=None)
            token = secrets.token_urlsafe(32)
            ResidentSession.objects.create(account=account, token_hash=token_hash(token), device=device[:60])
            record("portal.sign_in", target=account, device=device[:60], by=account.voice)
    if not right:
        raise Refused(WRONG)
    return account, token


def _take_code(phone_hash: str, community: Area, figures: str) -> bool:
    """Whether the figures are those sent last; they end with the first right answer, or with too many wrong ones."""
    now = timezone.now()
    code = (
        SignInCode.objects.select_for_update()
        .filter(community=community, phone_hash=phone_hash, ended_at=None, expires_at__gt=now)
        .order_by("-made_at")
        .first()
    )
    if code is None or code.tries >= rules.number("portal.code_tries", area=community):
        return False
    SignInCode.objects.filter(pk=code.pk).update(tries=F("tries") + 1)
    if not secrets.compare_digest(code.code_hash, _code_hash(phone_hash, figures)):
        return False
    return SignInCode.objects.filter(pk=code.pk, ended_at=None).update(ended_at=now) == 1


@transaction.atomic
def open_account(phone: str, *, community: Area, agreed_to: str, by: Any = None) -> ResidentAccount:
    """The account of a phone whose owner is known to hold it: the one there is, or a new one."""
    hashed = blind(phone, "phone")
    account, new = ResidentAccount.objects.open().get_or_create(
        community=community,
        phone_hash=hashed,
        defaults={
            "phone_sealed": seal(phone),
            "phone_tail": blind_tail(phone, "phone"),
            "agreed_to": agreed_to,
        },
    )
    if new:
        record("portal.open_account", target=account, agreed_to=agreed_to, by=account.voice)
    elif account.agreed_to != agreed_to:
        account.agreed_to = agreed_to
        account.save(update_fields=["agreed_to"])
    return account


@transaction.atomic
def note_seen(session: ResidentSession, *, by: Any = None) -> None:
    """The session is in use; asked for once an hour at most."""
    ResidentSession.objects.filter(pk=session.pk).update(seen_at=timezone.now())


@transaction.atomic
def end_session(session: ResidentSession, *, by: Any = None) -> None:
    """Signs out here; other phones stay."""
    ended = ResidentSession.objects.filter(pk=session.pk, ended_at=None).update(ended_at=timezone.now())
    if ended:
        record("portal.sign_out", target=session.account, by=session.account.voice)


@transaction.atomic
def call_oneself(account: ResidentAccount, *, called: str, by: Any = None) -> ResidentAccount:
    """How one wants to be called; empty takes it away."""
    account.called = called.strip()[:20]
    account.save(update_fields=["called"])
    record("portal.call_oneself", target=account, by=account.voice)
    return account


@transaction.atomic
def close_account(account: ResidentAccount, *, by: Any = None) -> ResidentAccount:
    """Withdraws the consent: phone and name are forgotten at once, every browser is signed out, the binding ends.
    What was asked of the community stays with it; nobody can be reached from it any more. Refuses a closed one.
    """
    account = ResidentAccount.objects.select_for_update().get(pk=account.pk)
    if account.closed_at:
        raise Refused("这个账号已经注销了")
    now = timezone.now()
    Binding.objects.open().filter(account=account).update(ended_at=now)
    BindingRequest.objects.filter(account=account).delete()
    ResidentSession.objects.filter(account=account).delete()
    SignInCode.objects.filter(phone_hash=account.phone_hash, community_id=account.community_id).delete()
    account.phone_sealed, account.phone_hash, account.phone_tail, account.called = None, "", "", ""
    account.closed_at = now
    account.save()
    record("portal.close_account", target=account, by=account.voice)
    return account


@transaction.atomic
def sweep_codes(*, by: Any = None) -> int:
    """Codes of yesterday and sessions that ended or that nobody came back to: rows that nobody can use."""
    now = timezone.now()
    old = SignInCode.objects.filter(expires_at__lt=now - datetime.timedelta(days=1)).delete()[0]
    gone = now - datetime.timedelta(days=rules.number("portal.session_days"))
    return old + ResidentSession.objects.filter(~Q(ended_at=None) | Q(seen_at__lt=gone)).delete()[0]
