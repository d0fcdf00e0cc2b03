"""Reading (读消息): what a pasted message asks for — every guess with the words it came from; nothing is ever refused.

Several tasks in one message are split: by who speaks in a chat, and by numbered lines that each ask for something.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .days import Present
from .forms_asked import Asked, forms_in
from .moments import When, moments
from .senders import Sender, head_of, sender_of
from .titles import title_of
from .vocabulary import ATTACHED, BOOK, LINE_WORDS, NUMBERED, PERIODS, REPLY, VERB
from .words import fingerprint, plain

LONGEST = 8000
ITEM = re.compile(
    r"^\s*(?:\d{1,2}\s*(?:[、）)]|[.．](?!\d))|[（(][一二三四五六七八九十\d]{1,2}[)）]|[一二三四五六七八九十]{1,2}、|[①-⑩]|[一二三四五六]是)\s*"
)
# What follows such a line explains one task and is not several.
EXPLAINS = re.compile(r"(?:要求|注意事项|事项如下|说明|标准|内容)(?:如下)?\s*[:：]?\s*$")
ONLY_ECHO = re.compile(r"^[\s@]*(?:收到|好的|谢谢|辛苦了|\[?图片\]?|\[?文件\]?|ok|1)*[\s。！!]*$", re.I)


@dataclass(frozen=True)
class Guess:
    """One thing understood: the value, the words it came from with their place in the message, and what is odd."""

    value: Any
    words: str = ""
    start: int = 0
    end: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """What the community knows already: its grids and buildings by name, and which office a person belongs to."""

    places: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """One task as it was understood; `guesses` by name: due, sender, line, place, forms, basis, period, reply."""

    text: str
    title: str
    sender: Sender
    forms: Asked
    guesses: Mapping[str, Guess]
    fingerprint: str

    @property
    def due(self) -> datetime | None:
        """By when it is wanted."""
        found = self.guesses.get("due")
        return found.value if found else None

    @property
    def notes(self) -> list[str]:
        """What should be asked about."""
        return [note for guess in self.guesses.values() for note in guess.notes]

    @property
    def marked(self) -> list[tuple[str, str]]:
        """The text in pieces, each with the name of what was read from it, or nothing."""
        return _marked(self.text, self.guesses)


def read(message: str, present: Present, known: Known | None = None, *, whole: bool = False) -> list[Draft]:
    """The tasks of a message, at least one as long as there is any text; `whole` takes it as one."""
    text = message.strip()[:LONGEST]
    if not text:
        return []
    known = known or Known()
    if whole:
        return [_draft(text, text, sender_of(text), present, known)]
    parts: list[Draft] = []
    for sender, said in _speeches(text):
        if not ONLY_ECHO.match(said):
            around = sender or sender_of(said)
            parts += [_draft(part, said, around, present, known) for part in _items(said)]
    return parts or [_draft(text, text, sender_of(text), present, known)]


def _speeches(text: str) -> list[tuple[Sender, str]]:
    """A chat in the order in which people spoke; a plain message is one speech without a head of its own."""
    lines = text.splitlines(keepends=True)
    heads = [(number, head) for number, line in enumerate(lines) if (head := head_of(line))]
    if len(heads) < 2:
        return [(Sender(), text)]
    found = []
    first = heads[0][0]
    if first and "".join(lines[:first]).strip():
        found.append((Sender(), "".join(lines[:first]).strip()))
    for place, (number, (sender, length)) in enumerate(heads):
        end = heads[place + 1][0] if place + 1 < len(heads) else len(lines)
        said = (lines[number][length:] + "".join(lines[number + 1 : end])).strip()
        if said:
            found.append((Sender(sender.unit, sender.person), said))
    return found or [(Sender(), text)]


def _items(said: str) -> list[str]:
    """Numbered lines that each ask for something of their own; otherwise the whole."""
    lines = said.splitlines()
    starts = [number for number, line in enumerate(lines) if ITEM.match(line)]
    if len(starts) < 2:
        return [said]
    before = "\n".join(lines[: starts[0]]).strip()
    items = ["\n".join(lines[a:b]).strip() for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    bodies = [ITEM.sub("", item, count=1) for item in items]
    if EXPLAINS.search(before) or not all(len(body) >= 6 and VERB.search(body) for body in bodies):
        return [said]
    return bodies


def _draft(part: str, speech: str, sender: Sender, present: Present, known: Known) -> Draft:
    """Everything that one part says; what it leaves open is taken from the message around it."""
    guesses: dict[str, Guess] = {}
    due = _due(part, present)
    if due is None and part != speech and (around := _due(_rest(speech, part), present)):
        due = Guess(around.value, around.words, notes=around.notes)
    if due:
        guesses["due"] = due
    own = sender_of(part) or (sender if part == speech else Sender(sender.unit, sender.person))
    unit = own.unit or known.units.get(own.person, "")
    own = Sender(unit, own.person, own.start, own.end)
    if own:
        guesses["sender"] = _guess(" ".join(filter(None, (own.unit, own.person))), part, own.start, own.end)
    forms = forms_in(part)
    if forms.count:
        guesses["forms"] = _guess(forms.count, part, forms.start, forms.end)
    for name, found in (
        ("basis", _searched(part, NUMBERED) or _searched(part, BOOK)),
        ("period", _searched(part, PERIODS)),
        ("attached", _searched(part, ATTACHED)),
        ("reply", _searched(part, REPLY)),
        ("line", _line(part, own)),
        ("place", _place(part, known)),
    ):
        if found:
            guesses[name] = found
    if "reply" not in guesses and part != speech and REPLY.search(speech):
        guesses["reply"] = Guess(True, "收到请回复")
    title = title_of(
        part, [(g.start, g.end) for key, g in guesses.items() if key in ("due", "sender", "reply") and g.end]
    )
    return Draft(part, title, own, forms, guesses, fingerprint(part))


def _rest(speech: str, part: str) -> str:
    return speech.replace(part, "\n")


def _guess(value: Any, text: str, start: int, end: int, notes: Sequence[str] = ()) -> Guess:
    return Guess(value, text[start:end], start, end, tuple(notes))


def _due(text: str, present: Present) -> Guess | None:
    found: list[When] = [when for when in moments(text, present) if when.weight > -4]
    if not found:
        return None
    best = found[0]
    return _guess(best.at, text, best.start, best.end, best.notes)


def _searched(text: str, pattern: re.Pattern[str]) -> Guess | None:
    found = pattern.search(plain(text))
    if not found:
        return None
    start, end = found.span("it" if "it" in pattern.groupindex else 0)
    return _guess(text[start:end], text, start, end)


def _line(text: str, sender: Sender) -> Guess | None:
    """Which line it belongs to: the sender's office says it first, then the words of the message."""
    best: tuple[int, str, str, int] | None = None
    for line, words in LINE_WORDS.items():
        hits = [(word, text.find(word)) for word in words if word in text]
        score = 2 * len(hits) + 5 * any(word in sender.unit for word in words)
        if score and (best is None or score > best[0]):
            word, at = hits[0] if hits else ("", -1)
            best = (score, line, word, at)
    if best is None:
        return None
    _, line, word, at = best
    return _guess(line, text, at, at + len(word)) if at >= 0 else Guess(line, sender.unit)


def _place(text: str, known: Known) -> Guess | None:
    """A grid or building of the community that is named; the longest name wins."""
    said = plain(text)
    for name in sorted(known.places, key=len, reverse=True):
        at = said.find(name)
        if at >= 0:
            return _guess(known.places[name], text, at, at + len(name))
    return None


def _marked(text: str, guesses: Mapping[str, Guess]) -> list[tuple[str, str]]:
    spans = sorted(
        (g.start, g.end, name)
        for name, g in guesses.items()
        if g.end > g.start and text[g.start : g.end] == g.words
    )
    pieces, at = [], 0
    for start, end, name in spans:
        if start < at:
            continue
        pieces += [(text[at:start], "")] if start > at else []
        pieces.append((text[start:end], name))
        at = end
    return [*pieces, *([(text[at:], "")] if at < len(text) else [])]
