"""Choosing (对选项): which of the answers that a form allows is the one the register gives."""

import re
from collections.abc import Sequence
from functools import lru_cache

from liren.core.sheets.forms.lexicon import Ask
from liren.core.sheets.forms.offered import Option

from ..codes import read as read_code
from .answer import Answer
from .numerals import plain
from .schooling import level_of, levels_in
from .ways import ALONE, CHILDREN, COUPLE, OTHERS

YES = re.compile(r"^(是|有|√|✓|对|1|y|yes|享受|已享受|符合|在册|持有|属于)$", re.IGNORECASE)
NO = re.compile(r"^(否|无|没有|×|不是|0|2|n|no|未享受|不享受|不符合|不属于|不)$", re.IGNORECASE)
REST = re.compile(r"^(其他|其它|其他人员|非亲属|其他亲属|其他关系|其他非亲属)$")
SETTLED = re.compile(r"^已|完成$|办结$|成功$|到位$")
OPEN_STILL = re.compile(r"^未|中$|^正在|^在办")
PARTS = re.compile(r"[或、/,，]|及其?(?=[^以])")
RELATIVES = (
    (r"孙.*[媳婿]", {"45", "46"}),
    (r"曾孙|重孙", {"47", "48"}),
    (r"外孙", {"43", "44"}),
    (r"孙", {"40", "41", "42", "43", "44"}),
    (r"[媳婿]", {"28", "38"}),
    (r"岳|公婆|公公|婆婆", {"53", "54", "55", "56"}),
    (r"祖父母|祖父|祖母|外祖", {"60", "61", "62", "63", "64"}),
    (r"兄弟|姐妹|兄|弟|姐|妹", {"70", "71", "72", "73", "74", "75", "76", "77", "78"}),
    (r"^(配偶|夫|妻|夫妻|丈夫|妻子|爱人)", {"10", "11", "12"}),
    (r"^(户主|本人|户主本人)", {"02", "01"}),
    (
        r"^(子女|儿女)",
        {"20", "21", "22", "23", "24", "25", "26", "27", "30", "31", "32", "33", "34", "35", "36", "37"},
    ),
    (r"^(儿子|子|男)$", {"20", "21", "22", "23", "24", "25", "26", "27"}),
    (r"^(女儿|女)$", {"30", "31", "32", "33", "34", "35", "36", "37"}),
    (r"^(父母|父亲或母亲|双亲)", {"50", "51", "52", "57", "58"}),
    (r"^(父亲|父)$", {"51", "57"}),
    (r"^(母亲|母)$", {"52", "58"}),
)
MODES = {
    ALONE: re.compile(r"独居|单居|独自|单独|一人"),
    COUPLE: re.compile(r"夫妻|夫妇|配偶|老伴|双居|老两口|空巢|俩老"),
    CHILDREN: re.compile(r"子女|儿女|孩子|家人|亲属"),
    OTHERS: re.compile(r"其他|其它"),
}
WHERE = {
    "1": re.compile(r"^本(村|社区|居|户)"),
    "2": re.compile(r"^本(乡|镇|街)"),
    "3": re.compile(r"^本(县|市|区)"),
    "4": re.compile(r"^(其他|其它|外)(县|市|省|区|地)|^外省|^外地"),
}


def choose(ask: Ask, answer: Answer, options: Sequence[Option]) -> Option | None:
    """The option that says what the register says; None when none does."""
    said = plain(str(answer.value))
    exact = [option for option in options if plain(option.word) == said]
    if exact and not isinstance(answer.value, bool):
        return exact[0]
    if isinstance(answer.value, bool) or ask.kind == "yes_no":
        return _yes_no(bool(answer.value), options)
    found = WAYS[ask.key](answer, options) if ask.key in WAYS else None
    if found is None and ask.table:
        found = _coded(ask.table, answer.code, options)
    if found is None:
        found = _alike(said, options) or _settled(said, options)
    return found


def choose_all(values: Sequence[str], options: Sequence[Option]) -> list[Option]:
    """Every option that one of several values means (labels); 低保 is not 低保边缘 where both are offered."""
    found: list[Option] = []
    for value in map(plain, values):
        same = [option for option in options if plain(option.word) == value]
        near = [
            option
            for option in options
            if len(word := plain(option.word)) >= 2 and len(value) >= 2 and (word in value or value in word)
        ]
        found += [option for option in same or _nearest(near, value) if option not in found]
    return [option for option in options if option in found]


def _nearest(options: Sequence[Option], value: str) -> Sequence[Option]:
    """低保 for 低保户 rather than 低保边缘户; none when two are as near."""
    ranked = sorted(options, key=lambda option: abs(len(plain(option.word)) - len(value)))
    return ranked[:1]


def _yes_no(value: bool, options: Sequence[Option]) -> Option | None:
    pattern = YES if value else NO
    found = next((option for option in options if pattern.match(plain(option.word))), None)
    if found is None and len(options) == 2:
        negative = [option for option in options if re.match(r"^(否|无|没|不|未|非)", plain(option.word))]
        if len(negative) == 1:
            return next(option for option in options if (option in negative) != value)
    return found


def _settled(said: str, options: Sequence[Option]) -> Option | None:
    """是否整改: 已整改 is a yes, 整改中 a no."""
    if not (SETTLED.search(said) or OPEN_STILL.search(said)):
        return None
    return _yes_no(not OPEN_STILL.search(said), options)


def _coded(table: str, code: str, options: Sequence[Option]) -> Option | None:
    for option in options:
        if code in _codes(table, option.word):
            return option
    for option in options:
        if (
            any(known[:1] == code[:1] and known[1:] == "0" for known in _codes(table, option.word))
            and table == "marital"
        ):
            return option
    if table in ("relation", "employment"):
        return next((option for option in options if REST.match(plain(option.word))), None)
    return None


@lru_cache(maxsize=2000)
def _codes(table: str, word: str) -> frozenset[str]:
    parts = [word, *PARTS.split(re.sub(r"[（(].*?[)）]", "", word)), *re.findall(r"[（(](.*?)[)）]", word)]
    return frozenset(code for part in parts if part and (code := read_code(table, part)))


def _education(answer: Answer, options: Sequence[Option]) -> Option | None:
    if not answer.code:
        return None
    exact = _coded("education", answer.code, options)
    if exact is not None:
        return exact
    level = level_of(answer.code)
    fitting = [option for option in options if level in levels_in(plain(option.word))]
    if answer.code == "92":
        fitting = [option for option in options if re.search("学前|学龄前|未入学", option.word)]
    if answer.code == "91":
        fitting = [option for option in options if re.search("文盲|未上过学|不识字", option.word)]
    return min(fitting, key=lambda option: len(levels_in(plain(option.word))), default=None)


def _relation(answer: Answer, options: Sequence[Option]) -> Option | None:
    for option in options:
        if answer.code in _relatives(option.word):
            return option
    return None


@lru_cache(maxsize=500)
def _relatives(word: str) -> frozenset[str]:
    word = plain(word)
    code = read_code("relation", word)
    exact = {code} if code else set()
    found: set[str] = set()
    for part in [word, *PARTS.split(word)]:
        for pattern, group in RELATIVES:
            if re.search(pattern, part):
                found |= group
                break
    return frozenset(found or exact)


def _mode(answer: Answer, options: Sequence[Option]) -> Option | None:
    hits = [option for option in options if MODES[answer.code].search(option.word)] if answer.code else []
    if not hits:
        hits = [option for option in options if MODES[OTHERS].search(option.word)]
    return hits[0] if hits else None


def _where(answer: Answer, options: Sequence[Option]) -> Option | None:
    return next(
        (option for option in options if answer.code and WHERE[answer.code].search(plain(option.word))), None
    )


def _alike(said: str, options: Sequence[Option]) -> Option | None:
    hits = [
        option
        for option in options
        if len(plain(option.word)) >= 2
        and (plain(option.word) in said or (len(said) >= 2 and said in plain(option.word)))
    ]
    return hits[0] if len(hits) == 1 else None


WAYS = {
    "education": _education,
    "relation": _relation,
    "relation_to_target": _relation,
    "living_mode": _mode,
    "hukou_where": _where,
}
