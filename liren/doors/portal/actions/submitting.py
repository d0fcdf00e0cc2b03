"""Handing in (提交): a draft becomes a matter, with a name or without one."""

import re
from typing import Any

from django.db import transaction

from liren.core.audit.actions import record
from liren.core.duty import Refused
from liren.core.matters.actions import PartyDraft, attach, open_matter
from liren.core.matters.models import Entry, Matter

from ..accounts import ResidentAccount, Voice
from ..bindings import person_of
from ..offers import offer
from ..sending import text_received
from ..submissions import WHEN, Draft, DraftPhoto, Submission, claim_code, claim_hash
from .drafting import LOST

RESIDENT, NOBODY = "居民", "匿名居民"
TITLE = 30


@transaction.atomic
def submit(draft: Draft, *, account: ResidentAccount, by: Any = None) -> Submission:
    """Hands a draft in. It is found by its number when it comes twice. Refuses a draft without words, one without a
    place, and what is no longer offered.
    """
    if known := _known(draft):
        if known.account_id != account.pk:
            raise Refused(LOST)
        return known
    held = _ready(draft)
    person = person_of(account)
    house = person.house if person and held.at_home else None
    if house is None and held.at_home:
        raise Refused("还没核对身份，请写一下在哪里")
    asker = PartyDraft(
        person=person,
        name=held.called or account.called or RESIDENT,
        phone=account.phone,
        keeps_name=held.keeps_name,
    )
    matter = open_matter(
        held.kind, **_what(held), house=house, building=None if house else held.building, place=held.place,
        parties=[asker], who=RESIDENT, by=None,
    )  # fmt: skip
    submission = _finish(held, matter, who=RESIDENT, account=account)
    record("portal.submit", target=submission, hidden=matter.restricted, by=account.voice)
    text_received(submission)
    return submission


@transaction.atomic
def submit_without_name(draft: Draft, *, token: str, by: Any = None) -> Submission:
    """Hands a draft in without a name: no account, no phone and no address is kept; the claim code follows it."""
    hashed = claim_hash(claim_code(token))
    known = Submission.objects.filter(claim_hash=hashed).first()
    if known:
        return known
    held = _ready(draft)
    if not held.anonymous:
        raise Refused("这一类事要留下怎么找您，请登录后再说")
    matter = open_matter(
        held.kind, **_what(held), building=held.building, place=held.place, who=NOBODY, by=None
    )
    submission = _finish(held, matter, who=NOBODY, claim=hashed)
    record("portal.tip", target=submission, hidden=matter.restricted, by=Voice(NOBODY))
    return submission


def _once(draft: Draft) -> str:
    return f"portal-{draft.token_hash[:32]}"


def _known(draft: Draft) -> Submission | None:
    return Submission.objects.filter(matter__once=_once(draft)).first()


def _ready(draft: Draft) -> Draft:
    held = (
        Draft.objects.select_for_update(of=("self",)).select_related("community").filter(pk=draft.pk).first()
    )
    if held is None:
        raise Refused(LOST)
    chosen = f"{held.kind}:{held.cause}" if held.cause else held.kind
    if offer(chosen, anonymous=held.anonymous) is None:
        raise Refused("这一类事现在不从手机上收，请打电话或到居委会说")
    if len(held.words) < 4:
        raise Refused("请写两句是怎么回事")
    if not (held.at_home or held.building or held.place):
        raise Refused("请写一下在哪里")
    return held


def _what(held: Draft) -> dict[str, Any]:
    """What the matter says of itself: the first sentence is its name."""
    first = re.split(r"[。！？；\n]", held.words, maxsplit=1)[0].strip() or held.words
    when = "" if held.anonymous else f"\n方便的时间：{dict(WHEN)[held.when]}"
    return {
        "community": held.community,
        "title": first[:TITLE],
        "body": held.words + when,
        "cause": held.cause,
        "source": "portal",
        "once": _once(held),
    }


def _finish(held: Draft, matter: Matter, *, who: str, **owner: Any) -> Submission:
    """Photos and thread go to the matter; the draft is gone. An owner is an account or a claim's hash."""
    photos = list(DraftPhoto.objects.filter(draft=held).select_related("document"))
    if photos:
        entry = Entry.objects.get(matter=matter, what="open")
        attach(matter, [photo.document for photo in photos], entry=entry, public=True, who=who, by=None)
    if "claim" in owner:
        owner = {"claim_hash": owner["claim"]}
    submission = Submission.objects.create(community=matter.community, matter=matter, **owner)
    held.delete()
    return submission
