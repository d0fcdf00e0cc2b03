"""Choices (勾选): what is ticked in a cell that offers its options, such as ☑男 □女 or 男(√) 女( )."""

import re

TICKED = "☑☒✓✔√■●"
OPEN = "□☐○◯▢"
BOXED = re.compile(rf"[{TICKED}{OPEN}]")
BEFORE = re.compile(rf"[{TICKED}]\s*([^\s{TICKED}{OPEN}]+)")
BEHIND = re.compile(rf"([^\s{TICKED}{OPEN}()（）]+)\s*[(（]?\s*[{TICKED}]\s*[)）]?")
BRACKETS = re.compile(rf"([^\s()（）、,，;；]+)\s*[(（]\s*[{TICKED}]\s*[)）]")


def offers_options(text: str) -> bool:
    """Does the cell list options to be ticked? Two marks, or one with a word on both sides."""
    return len(BOXED.findall(text)) > 1 or bool(BRACKETS.search(text) and re.search(r"[(（]\s*[)）]", text))


def chosen(text: str) -> str:
    """The ticked options joined by 、, "" when none is; a text without options stays as it is."""
    if not offers_options(text):
        return text
    if found := BRACKETS.findall(text):
        return "、".join(found)
    first = BOXED.search(text)
    pattern = BEFORE if first is not None and not text[: first.start()].strip() else BEHIND
    return "、".join(found.strip("、,，;；") for found in pattern.findall(text))
