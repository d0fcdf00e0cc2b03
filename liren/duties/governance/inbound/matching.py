"""Matching (对照清单): a task held against the duty lists — which items it may be, and the words that say so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .models import DutyItem
from .words import plain

# Below this a likeness says nothing.
LIKELY = 6
PLAIN_PAIRS = {
    "社区",
    "工作",
    "居民",
    "做好",
    "服务",
    "开展",
    "协助",
    "组织",
    "有关",
    "相关",
    "证明",
    "情况",
    "街道",
    "管理",
    "宣传",
}


@dataclass(frozen=True)
class Likeness:
    """How like an item a task is, and why."""

    item: DutyItem
    score: int
    words: tuple[str, ...]

    @property
    def why(self) -> str:
        """``原文里有「独居」「台账」``."""
        return f"原文里有{''.join(f'「{word}」' for word in self.words)}，和这一条说的是一回事"


def likenesses(text: str, items: Iterable[DutyItem], most: int = 3) -> list[Likeness]:
    """The items that a text may be about, the likeliest first; the negative list goes before what is as likely."""
    said = plain(text)
    found = [like for item in items if (like := _like(said, item)).score >= LIKELY]
    return sorted(found, key=lambda like: (-like.score, like.item.kind != "negative", like.item.pk))[:most]


def _like(said: str, item: DutyItem) -> Likeness:
    hits = [word for word in item.keywords if word in said]
    hits = [word for word in hits if not any(word != other and word in other for other in hits)]
    pairs = _pairs(item.title)
    shared = [pair for pair in pairs if pair in said]
    score = sum(2 + 2 * min(len(word), 6) for word in hits)
    if item.title in said:
        score += 20
    elif pairs:
        score += round(10 * len(shared) / len(pairs))
    return Likeness(item, score, tuple(hits or _joined(shared, said)))


def _pairs(title: str) -> list[str]:
    words = re.sub(r"[^\u4e00-\u9fffA-Za-z0-9]", "", title)
    pairs = [words[n : n + 2] for n in range(len(words) - 1)]
    return [pair for pair in dict.fromkeys(pairs) if pair not in PLAIN_PAIRS]


def _joined(pairs: list[str], said: str) -> list[str]:
    """独居, 居老, 老人 as 独居老人 where the text says it so."""
    words: list[str] = []
    for pair in pairs:
        if words and words[-1][-1] == pair[0] and words[-1] + pair[1] in said:
            words[-1] += pair[1]
        else:
            words.append(pair)
    return words
