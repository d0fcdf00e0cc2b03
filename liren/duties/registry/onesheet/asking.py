"""Asking (取数): one answer for the form, masked or held back as the asker's post and the form demand."""

from typing import TYPE_CHECKING, Any

from liren.core.people.facts.answers import NOTHING, Answer
from liren.core.people.facts.asked import lexicon
from liren.core.people.labelling import CATALOGUE
from liren.core.privacy.masks import mask_id, mask_phone
from liren.core.privacy.tiers import Tier
from liren.core.sheets.forms.lexicon import Ask

if TYPE_CHECKING:
    from .filling import Work

NOBODY = Ask("", "")


def ask_about(work: "Work", pk: int | None, asked: str) -> tuple[Answer, Ask]:
    """What the register says of a person, and what was asked."""
    ask = lexicon().ask(asked)
    if ask is None or pk is None:
        return NOTHING, ask or NOBODY
    if guarded(work, ask):
        return NOTHING, ask
    answer = work.answers.ask(pk, asked, work.subject)
    if work.setting.masked and answer.is_known:
        answer = _masked(answer, ask)
    return answer, ask


def guarded(work: "Work", ask: Ask | None) -> bool:
    """Whether the asker's post may not have lists by this: economic facts need their line, restricted ones a circle."""
    user: Any = work.setting.user
    kind = CATALOGUE.get(ask.label) if ask else None
    if user is None or kind is None or kind.tier <= Tier.T1:
        return False
    posts = [post for post in user.current_posts if "people.see" in post.grants.abilities]
    serving = bool(posts) and all(post.grants.all_lines or kind.line in post.lines for post in posts)
    return kind.tier >= Tier.T3 or not serving


def _masked(answer: Answer, ask: Ask) -> Answer:
    mask = {"id": mask_id, "phone": mask_phone}.get(ask.kind)
    if mask is None:
        return answer
    return Answer(mask(str(answer.value)), answer.code, answer.source, answer.verified, answer.person)
