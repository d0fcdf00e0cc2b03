"""Forms asked for (要填的表): which forms a message names, how often they are wanted, and what has to stand in them."""

import re
from dataclasses import dataclass

from .vocabulary import FIELD_WORDS, FILE, FORM, OFTEN_WORDS
from .words import plain

TITLED = re.compile(
    r"[《“\"]([^》”\"\n]{2,40}(?:表|台账|名册|花名册|清单|名单|问卷|月报|周报|日报|季报))[》”\"]"
)
LIST_OF = re.compile(rf"(?:{FIELD_WORDS})[^，。；\n、/]{{0,8}}(?:[、/][^，。；\n、/]{{1,14}})+")
# 每周报一次 is no form.
RHYTHM = re.compile(r"每[日周月季]报$")
HEAD_WORDS = re.compile(
    r"^(?:.*(?:报送|上报|提交|反馈|填写|填报|填|更新|完善|做好|附件\d*|好|的|将|把|按|各社区|及|和|与|并|请|填好|以下|上述|下列|本社区|辖区内|辖区|此|该|这|一)(?=.{2,}$))"
)


@dataclass(frozen=True)
class Asked:
    """The forms: their names, how often, the headings, and where the first is named."""

    names: tuple[str, ...] = ()
    often: str = ""
    fields: tuple[str, ...] = ()
    start: int = 0
    end: int = 0

    @property
    def count(self) -> int:
        """How many."""
        return len(self.names)


def forms_in(text: str) -> Asked:
    """The forms that a text asks for; a file and its name in words are one."""
    said = plain(text)
    found: list[tuple[int, int, str]] = [(m.start(1), m.end(1), m[1]) for m in TITLED.finditer(said)]
    found += [(m.start(), m.end(), m[0]) for m in FILE.finditer(said)]
    for match in FORM.finditer(said):
        name = HEAD_WORDS.sub("", match[0])
        start = match.end() - len(name)
        if (
            len(name) >= 2
            and not RHYTHM.search(name)
            and not any(start < b and a < match.end() for a, b, _ in found)
        ):
            found.append((start, match.end(), name))
    found.sort()
    names = _distinct([name for _, _, name in found])
    if not names:
        return Asked()
    return Asked(tuple(names), _often(said), _fields(said), found[0][0], found[0][1])


def _distinct(names: list[str]) -> list[str]:
    """One name for each form: 表 and 附表 say nothing by themselves when a name stands beside them."""
    cleaned = [re.sub(r"^附件\d*[:：]?|\.\w+$", "", name) for name in names]
    kept: list[str] = []
    for name in sorted(dict.fromkeys(cleaned), key=len, reverse=True):
        vague = name in ("表", "表格", "附表", "报表", "附件表", "统计表")
        if not any(name in longer for longer in kept) and not (vague and kept):
            kept.append(name)
    return sorted(kept, key=cleaned.index)


def _often(said: str) -> str:
    return next((key for key, words in OFTEN_WORDS if re.search(words, said)), "once")


def _fields(said: str) -> tuple[str, ...]:
    """姓名、身份证号、住址: a list in which two known headings stand."""
    for match in LIST_OF.finditer(said):
        parts = [part.strip(" 等（）") for part in re.split(r"[、/]", match[0])]
        known = [part for part in parts if re.search(FIELD_WORDS, part)]
        if len(known) >= 2:
            return tuple(part for part in parts if part and len(part) <= 12)
    return ()
