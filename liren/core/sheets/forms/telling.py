"""Telling (选项说明什么): what the answers that a form offers tell about its question."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from .headings import Reading
from .offered import Option

if TYPE_CHECKING:
    from .lexicon import Lexicon
    from .plan import Asked

# Already about labels, whatever is offered.
SEVERAL = {"labels", "household_support"}
# 居住状况 may ask whether somebody lives here or with whom: the answers tell.
HOW_THEY_LIVE = {"", "status", "tenure"}
MODE = re.compile(r"独居|独自|配偶|老伴|子女|儿女|夫妻|空巢")


def by_options(ticks: tuple[Option, ...], lexicon: "Lexicon", reading: Reading) -> Reading:
    """What the answers tell about the question."""
    words = {option.word for option in ticks}
    if words <= {"男", "女", "男性", "女性"}:
        return Reading("sex", "", 0.95, "选项是男女")
    labels = [lexicon.label_in(word) for word in words]
    sorts = len({label for label in labels if label})
    if sum(bool(label) for label in labels) * 2 > len(labels) and not reading.unknown:
        if reading.key not in SEVERAL and (sorts > 1 or not reading.key):
            return Reading("labels", "", 0.9, "选项是人员类别")
    if reading.key in HOW_THEY_LIVE and sum(bool(MODE.search(word)) for word in words) >= 2:
        return replace(reading, key="living_mode", why="选项是和谁住")
    return reading


def without_options(asked: "Asked", lexicon: "Lexicon") -> Reading:
    """A2.性别：1男 2女 is read without the answers it offers."""
    if asked.reading.is_sure or asked.reading.unknown:
        return asked.reading
    bare = re.split(r"[:：(（\[【\n①]|(?<=[一-龥])\s*1[.、．]?(?=[一-龥])", asked.path[-1].strip())[0]
    again = lexicon.read_path((*asked.path[:-1], bare)) if bare else asked.reading
    return again if again.key else asked.reading
