"""Slips (转办单): the answer of a building head, volunteer or firm who was given a matter."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from liren.core import rules
from liren.core.documents.actions import receive_attachment
from liren.core.documents.cleaning import cleaned
from liren.core.duty import Refused
from liren.core.matters import actions as matters
from liren.core.matters.models import Entry, Handoff


def answer_slip(
    handoff: Handoff,
    *,
    result: str,
    words: str = "",
    files: Sequence[tuple[str, bytes]] = (),
    by: Any = None,
) -> Entry:
    """Done, partly, or given back, with words and photos; once. Refuses done without a word or photo."""
    community = handoff.matter.community
    most = rules.number("portal.photos", area=community)
    if len(files) > most:
        raise Refused(f"一次最多 {most} 张")
    if not words.strip() and not files:
        raise Refused("写一句办得怎么样，或者拍张照")
    clean = [(name, cleaned(content, name=name, area=community)) for name, content in files]
    with transaction.atomic():
        entry = matters.call_back(handoff, result=result, answer=words, who=handoff.name, by=None)
        documents = [
            receive_attachment(
                content,
                name=name,
                community=community,
                purpose="转办单回复的照片",
                hidden=handoff.matter.restricted,
                by=None,
            )
            for name, content in clean
        ]
        if documents:
            matters.attach(handoff.matter, documents, entry=entry, who=handoff.name, by=None)
    return entry
