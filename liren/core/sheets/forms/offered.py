"""Offered (备选项): the answers a form allows — by its code lists, its notes, its brackets, its ticks."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from ..choices import OPEN
from .headings import CODE_ID, plain

CODE = re.compile(
    r"(?<![\d.])(\d{1,2}|[A-H]|[①-⑳])\s*[.、．:：\-—]\s*(?=[^\d\s.])|(?<![\d.])([①-⑳]|\d{1,2})(?=[一-龥])"
)
CIRCLED = re.compile("[①-⑳]")
MEASURED = re.compile(r"[年月日时分号个人户岁级元次位份张件条]|周岁|周")
FILLING = re.compile(
    r"[“\"]?([一-龥]{2,12}?)[”\"]?(?:一?栏)?(?:请|应|须)?(?:填写|选填|选择|填|分为|分)(?:为)?[:：]?\s*[“\"]?([^。；;]+)"
)
LEAD = re.compile(r"^(?:填报说明|填表说明|说明|备注|注|填写说明)\s*[:：]?\s*")
TOLD = re.compile(
    r"([一-龥]{1,6}?)(?:的)?(?:请)?(?:打|填写?|画|记)[“\"']?([√×✓xX○△]|\d{1,2}|[A-Z])[”\"']?(?![一-龥\d])"
)
UNITS = re.compile(r"^(元|月|年|天|日|人|户|次|岁|平方米|㎡|m2|%|万元|小时|个|份|分|公斤|厘米|cm|kg)$")
TICK = re.compile(rf"([{OPEN}])\s*([^\s{OPEN}()（）]+(?:[(（][^()（）]*[)）])?)")
BEHIND = re.compile(rf"([^\s{OPEN}()（）、,，;；:：]+)\s*([{OPEN}])")
BRACKET_BEFORE = re.compile(r"[(（](\s*)[)）]\s*([^\s()（）、,，;；:：/]+)")
BRACKET = re.compile(r"([^\s()（）、,，;；:：/]+)\s*[(（](\s*)[)）]")


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: what it says, and the sign to write when the form numbers its answers."""

    word: str
    sign: str = ""
    # Where its mark goes in the text of a tick cell: from and to.
    start: int = 0
    end: int = 0

    @property
    def written(self) -> str:
        """What goes into the cell."""
        return self.sign or self.word


def coded(text: str) -> tuple[Option, ...]:
    """1.男 2.女: answers with their numbers; nothing when there are fewer than two in order."""
    text = CIRCLED.sub(lambda sign: f" {ord(sign[0]) - ord('①') + 1}.", text)
    text = unicodedata.normalize("NFKC", text)
    every = list(CODE.finditer(text))
    dotted = [match for match in every if match[1]]
    # 1男 2女 as well as 1.男 2.女; but a figure before 月 or 岁 is no number of an answer.
    found = dotted if dotted else [match for match in every if not MEASURED.match(text[match.end() :])]
    options = []
    for place, match in enumerate(found):
        stop = found[place + 1].start() if place + 1 < len(found) else len(text)
        word = text[match.end() : stop].strip(" ,，、;；。/()（）　")
        sign = match[1] or match[2]
        if word and len(word) <= 30:
            options.append(Option(word, _figure(sign)))
    signs = [option.sign for option in options]
    if len(options) < 2 or len(set(signs)) < len(signs) or signs != sorted(signs, key=_order):
        return ()
    return tuple(options)


def _figure(sign: str) -> str:
    return str(ord(sign) - ord("①") + 1) if "①" <= sign <= "⑳" else sign


def _order(sign: str) -> tuple[int, str]:
    return (int(sign), "") if sign.isdigit() else (0, sign)


def in_brackets(heading: str) -> tuple[Option, ...]:
    """是否化解（已化解/化解中）, 性别（1男 2女）: answers that a heading adds."""
    for inside in re.findall(r"[(（\[【]([^()（）\[\]【】]+)[)）\]】]", heading):
        if options := _told(inside):
            return options
        if options := coded(inside):
            return options
        parts = [part.strip() for part in re.split(r"[/、|｜,，或]", inside) if part.strip()]
        short = len(parts) >= 2 and all(1 <= len(part) <= 10 for part in parts)
        if (
            short
            and not any(UNITS.match(part) for part in parts)
            and not re.search(r"填|如|例|格式|单位", inside)
        ):
            if all(re.search(r"[一-龥√]", part) for part in parts):
                return tuple(Option(part) for part in parts)
    heading = CODE_ID.sub("", heading.strip(), count=1).lstrip(".、．")
    if "：" in heading or ":" in heading or CODE.search(unicodedata.normalize("NFKC", heading)):
        rest = re.split(r"[:：]", heading, maxsplit=1)[-1]
        return coded(rest)
    return ()


def _told(inside: str) -> tuple[Option, ...]:
    """是打√，否打×: what to write for each answer."""
    found = TOLD.findall(unicodedata.normalize("NFKC", inside))
    return tuple(Option(word, sign) for word, sign in found) if len(found) >= 2 else ()


def lists_in(notes: Iterable[str]) -> dict[str, tuple[Option, ...]]:
    """The code lists of the notes by what they are about: D2, 文化程度."""
    found: dict[str, tuple[Option, ...]] = {}
    for note in notes:
        for piece in re.split(r"[；;。\n]", unicodedata.normalize("NFKC", note)):
            piece = LEAD.sub("", piece.strip())
            match = CODE.search(piece)
            options = coded(piece[match.start() :]) if match else ()
            name = piece[: match.start()].strip(' :“”"') if match else ""
            if options and 1 <= len(name) <= 20:
                found[plain(name) or name] = options
                continue
            telling = FILLING.search(re.sub(r"^\d{1,2}[.、]", "", piece))
            if telling:
                words = [word.strip(' “”"()') for word in re.split(r"[、,，/或和]", telling[2])]
                words = [re.sub(r"(等|中的一项|之一)$", "", word) for word in words if 0 < len(word) <= 10]
                if len(words) >= 2:
                    found[plain(telling[1])] = tuple(Option(word) for word in words)
    return found


def list_for(path: tuple[str, ...], lists: dict[str, tuple[Option, ...]]) -> tuple[Option, ...]:
    """The code list that is about a heading, by its number or its words."""
    for text in reversed(path):
        number = CODE_ID.match(text.strip())
        if number and number[1].lower() in lists:
            return lists[number[1].lower()]
        if plain(text) in lists:
            return lists[plain(text)]
    return ()


def ticks_in(text: str) -> tuple[Option, ...]:
    """□男 □女, 小学( ) 初中( ): the answers of a tick cell, with the places of their marks."""
    boxes = [match for match in re.finditer(rf"[{OPEN}]", text)]
    if boxes:
        words = list(TICK.finditer(text))
        behind = list(BEHIND.finditer(text))
        first_behind = (
            behind and not text[: boxes[0].start()].strip(" 　(（") == "" and len(behind) == len(boxes)
        )
        if first_behind:
            return tuple(Option(match[1], start=match.start(2), end=match.end(2)) for match in behind)
        return tuple(Option(_bare(match[2]), start=match.start(1), end=match.end(1)) for match in words)
    before = (
        list(BRACKET_BEFORE.finditer(text)) if re.match(r"^[^()（）:：]*[:：]?\s*[(（]\s*[)）]", text) else []
    )
    if len(before) >= 2 and not text.rstrip().endswith((")", "）")):
        return tuple(Option(match[2], start=match.start(1), end=match.end(1)) for match in before)
    found = list(BRACKET.finditer(text))
    if len(found) >= 2:
        return tuple(Option(match[1], start=match.start(2), end=match.end(2)) for match in found)
    return ()


def _bare(word: str) -> str:
    return re.sub(r"[、,，;；/]+$", "", word)


def ticked(text: str, chosen: Iterable[Option]) -> str:
    """The text with its marks: ☑ in place of □, √ inside brackets."""
    for option in sorted(chosen, key=lambda each: -each.start):
        mark = "☑" if text[option.start : option.end].strip() else "√"
        text = text[: option.start] + mark + text[option.end :]
    return text
