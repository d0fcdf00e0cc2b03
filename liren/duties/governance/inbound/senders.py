"""Senders (来件人): which office and who of it — at the head of a message, under it, or within it."""

import re
from dataclasses import dataclass

from .vocabulary import NO_NAME, PERSON, TITLES, UNIT, UNIT_END
from .words import plain

# 王科长：… / 【街道民政科】 … / 王科长 2026/11/23 9:15:03
HEAD = re.compile(r"^\s*@?([\u4e00-\u9fffA-Za-z0-9·（）\-_ ]{2,24}?)\s*[:：]")
CHAT_HEAD = re.compile(
    r"^\s*@?([\u4e00-\u9fffA-Za-z0-9·（）\-_ ]{2,24}?)\s+(?:(?:20\d\d[-/年])?\d{1,2}[-/月]\d{1,2}日?\s+)?"
    r"(?:上午|下午|昨天|星期.)?\s*\d{1,2}:\d{2}(?::\d{2})?\s*$"
)
BRACKET = re.compile(rf"^\s*[【\[]([\u4e00-\u9fff]{{2,14}}?(?:{UNIT_END}))[】\]]")
FOOT = re.compile(rf"^\s*(?:[—-]+\s*)?((?:[\u4e00-\u9fff]{{2,16}}?(?:{UNIT_END})))\s*(?:20\d\d年.*)?$")
ASK = re.compile(
    r"(?:联系人|联系|咨询|问题请找|有问题找|对接人|发给|发至|报给|交给|报|交到|报送至|报送到|反馈至|反馈给|报到|交至)[:：]?\s*"
)


@dataclass(frozen=True)
class Sender:
    """Who sent it: the office, the person, and where in the text that is said."""

    unit: str = ""
    person: str = ""
    start: int = 0
    end: int = 0

    def __bool__(self) -> bool:
        return bool(self.unit or self.person)


def head_of(line: str) -> tuple[Sender, int] | None:
    """The sender at the head of a line, and how long the head is; None where a line begins otherwise."""
    said = plain(line)
    if found := CHAT_HEAD.match(said):
        return _parted(found[1], found.start(1)), len(line)
    if (found := BRACKET.match(said)) and not NO_NAME.search(found[1]):
        return _parted(found[1], found.start(1)), found.end()
    found = HEAD.match(said)
    if not found or NO_NAME.search(found[1]) or not _like_a_name(found[1]):
        return None
    return _parted(found[1], found.start(1)), found.end()


def _like_a_name(said: str) -> bool:
    """王科长, 街道民政科, 简宁（民政）, 桂枝香: a title, an office, or two to four characters."""
    known = re.search(rf"(?:{TITLES}|{UNIT_END})", said)
    return bool(known) or bool(
        re.fullmatch(r"(?:[小老]?[\u4e00-\u9fff]{2,4})(?:（[\u4e00-\u9fff]{2,8}）)?", said.strip())
    )


def _parted(said: str, start: int) -> Sender:
    """街道民政科王科长 as office and person."""
    words = said.strip()
    at = start + said.index(words)
    end = at + len(words)
    if found := re.fullmatch(
        r"(?P<person>[\u4e00-\u9fff]{2,4})[（\-_ ]+(?P<unit>[\u4e00-\u9fff]{2,12})）?", words
    ):
        return Sender(found["unit"], found["person"], at, end)
    if found := re.fullmatch(
        r"(?P<unit>[\u4e00-\u9fff]{2,12})[（\-_ ]+(?P<person>[\u4e00-\u9fff]{2,6})）?", words
    ):
        return Sender(found["unit"], found["person"], at, end)
    unit = UNIT.match(words)
    if unit and unit.end() < len(words) and re.search(rf"(?:{TITLES})$", words):
        return Sender(unit[0], words[unit.end() :], at, end)
    if re.search(rf"(?:{UNIT_END})$", words):
        return Sender(words, "", at, end)
    return Sender("", words, at, end)


def sender_of(text: str) -> Sender:
    """Who sent a message: its head, its foot, or whom the answer goes to."""
    lines = text.splitlines(keepends=True)
    place = 0
    for line in lines[:2]:
        if (head := head_of(line)) and head[0]:
            one = head[0]
            return Sender(one.unit, one.person, place + one.start, place + one.end)
        place += len(line)
    return _foot(text) or _within(text)


def _foot(text: str) -> Sender:
    """A unit alone on one of the last lines."""
    said = plain(text.rstrip())
    place = len(said)
    for line in reversed(said.splitlines(keepends=True)[-3:]):
        place -= len(line)
        if (found := FOOT.match(line.rstrip())) and len(said.strip()) > len(line.strip()):
            return Sender(found[1], "", place + found.start(1), place + found.end(1))
    return Sender()


def _within(text: str) -> Sender:
    """发至街道应急办; 联系人：李老师."""
    said = plain(text)
    for ask in ASK.finditer(said):
        rest = said[ask.end() : ask.end() + 16]
        unit, person = UNIT.match(rest), PERSON.match(rest)
        if unit:
            after = PERSON.match(rest[unit.end() :].lstrip())
            gap = len(rest[unit.end() :]) - len(rest[unit.end() :].lstrip())
            end = ask.end() + unit.end() + (gap + after.end() if after else 0)
            return Sender(unit[0], after[0] if after else "", ask.end(), end)
        if person:
            return Sender("", person[0], ask.end(), ask.end() + person.end())
    return Sender()
