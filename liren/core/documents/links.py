"""Links (附件的链接): signed for one holder, good for minutes, the same for every door.

A holder is any text a door knows its visitors by, "user:17" or "resident:5". It is part of the signature and not of the
link, so that a link says nothing about anybody and opens for nobody else.
"""

import time
from typing import Any, NamedTuple

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from liren.core.duty import Refused
from liren.core.pages import show
from liren.core.rules import number

from .actions import content_of
from .kinds import FILM, PHOTO, SOUND
from .models import Document
from .ranges import part_asked_for

DESK = "desk:document"
WHOLE, SMALL = "f", "t"
# Links made within the same minute are alike: a page shown twice asks for the same addresses.
STEP = 60
# What a browser shows by itself; everything else it saves. AMR plays in no browser.
SHOWN = (PHOTO, SOUND, FILM)
NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
ALONE = f"{NOTHING}; img-src 'self'; style-src 'unsafe-inline'; sandbox"
# In a sandbox browsers play nothing and show no PDF; out of this, scripts and attachments were taken when it came.
PLAYER = f"{NOTHING}; media-src 'self'; style-src 'unsafe-inline'"
READER = f"{NOTHING}; style-src 'unsafe-inline'; object-src 'self'"


class Link(NamedTuple):
    """What a link opens, and until when."""

    pk: int
    small: bool
    until: int


def link_to(document: Document, *, user: Any, thumbnail: bool = False) -> str:
    """The address under which this user, signed in at the desk, may open a document they were just shown."""
    return link_for(document, holder=holder_of(user), thumbnail=thumbnail)


def holder_of(user: Any) -> str:
    """How the desk names whom a link is for."""
    return f"user:{user.pk}"


def link_for(
    document: Document,
    *,
    holder: str,
    route: str = DESK,
    before: tuple[str, ...] = (),
    thumbnail: bool = False,
    minutes: int | None = None,
) -> str:
    """The address at the door `route`, for one holder. Whoever asks has made sure that the holder may see it.

    `before` holds what stands in that address before the token.
    """
    if minutes is None:
        minutes = number("documents.link_minutes")
    until = (int(time.time()) // STEP + 1 + minutes) * STEP
    which = SMALL if thumbnail and document.family == PHOTO else WHOLE
    return reverse(route, args=[*before, _signer(holder).sign(f"{document.pk:x}.{which}.{until // STEP:x}")])


def _signer(holder: str) -> Signer:
    return Signer(salt=f"liren.documents:{holder}", sep=".")


def opened(token: str, holder: str) -> Link:
    """What a token opens for this holder; 404 for one that was altered or belongs to somebody else."""
    try:
        pk, which, until = _signer(holder).unsign(token).split(".")
    except (BadSignature, ValueError) as wrong:
        raise Http404 from wrong
    return Link(int(pk, 16), which == SMALL, int(until, 16) * STEP)


def served(request: HttpRequest, token: str, holder: str) -> HttpResponse:
    """The document of a token, for the one holder; doors call this and nothing else."""
    link = opened(token, holder)
    if link.until < time.time():
        return _said(
            request,
            "这个链接过时了",
            "为了安全，附件的链接只管几分钟。附件还在，回到刚才那一页再点一次就行。",
        )
    document = Document.objects.filter(pk=link.pk).first()
    if document is None:
        raise Http404
    try:
        content = content_of(document, thumbnail=link.small)
    except Refused as refused:
        return _said(request, "这份附件打不开了", f"{refused}。")
    return _answer(request, document, content, small=link.small)


def _said(request: HttpRequest, title: str, text: str) -> HttpResponse:
    return show(request, "documents/gone.html", {"title": title, "text": text}, status=410)


def _answer(request: HttpRequest, document: Document, content: bytes, *, small: bool) -> HttpResponse:
    inline = _is_shown(document) and "download" not in request.GET
    response = HttpResponse(content_type="image/jpeg" if small else _mime(document))
    disposition = content_disposition_header(not inline, document.file_name)
    response["Content-Disposition"] = disposition or "attachment"
    response["Content-Security-Policy"] = _policy(document)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    response["Accept-Ranges"] = "bytes"
    start, end = part_asked_for(request, response, len(content))
    response.content = content[start:end]
    response["Content-Length"] = str(end - start)
    return response


def _policy(document: Document) -> str:
    if document.mime == "application/pdf":
        return READER
    return PLAYER if document.family in (SOUND, FILM) else ALONE


def _is_shown(document: Document) -> bool:
    return document.mime == "application/pdf" or (document.family in SHOWN and document.mime != "audio/amr")


def _mime(document: Document) -> str:
    return document.mime or "application/octet-stream"
