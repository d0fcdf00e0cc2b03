"""Labels (标签) in remarks: which label a worker's words mean, with what is said about it; see labels.toml."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from liren.core.people import codes


@dataclass(frozen=True, slots=True)
class LabelKind:
    """One label of the catalogue."""

    code: str
    name: str
    tier: int
    line: str
    words: tuple[str, ...]
    review_months: int
    evidence: str
    basis: str
    derived: bool = False
    attributes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Banned:
    """A kind of words that must never become a label, with the reason told to the user."""

    kind: str
    words: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """A label in a text with its attributes (category, level, kind, weeks …)."""

    code: str
    attributes: dict[str, str] = field(default_factory=dict)


def find(text: object) -> list[Found]:
    """All labels a remark claims, in the order of the text; denied ones and other people's are left out."""
    return list(_find(_plain(text)))


# rosters repeat their remarks
@lru_cache(maxsize=8192)
def _find(text: str) -> tuple[Found, ...]:
    found: dict[str, Found] = {}
    for piece in _pieces(text):
        if _DENIED.search(piece) or _OF_KIN.search(piece):
            continue
        piece = _NOT_MEANT.sub("·", piece)
        words = _words_in(piece)
        for code, span in words:
            attributes = _attributes(code, piece if len(words) == 1 or code in _WHOLE_PIECE else span)
            known = found.get(code)
            found[code] = Found(code, {**(known.attributes if known else {}), **attributes})
    return tuple(found.values())


def find_status(text: object) -> str | None:
    """The living status (已搬离, 已故, 户在人不在 …) a remark claims, as a code of table `status`."""
    return _find_status(_plain(text))


@lru_cache(maxsize=8192)
def _find_status(text: str) -> str | None:
    for piece in _pieces(text):
        for word, status in _STATUS_WORDS:
            if word in piece and not re.search(rf"(未|没有?|非|不是|房东|前租客){re.escape(word)}", piece):
                return status
    return None


def label(code: str) -> LabelKind:
    """The label with this code."""
    return CATALOGUE[code]


def banned(text: str) -> Banned | None:
    """Why no label of this name may be made, or None when it may."""
    plain = _plain(text).replace(" ", "")
    return next((ban for ban in BANNED if any(word in plain for word in ban.words)), None)


def disability_category(text: object) -> str:
    """The kind of disability by GB/T 26341 (精神残疾 → 精神), empty when none is named."""
    found = _CATEGORY.search(_plain(text))
    return found[0] if found else ""


def disability_level(value: object) -> str:
    """The grade of disability (2, 二级, Ⅱ级 → 二级), empty when none is named."""
    text = _plain(int(value) if isinstance(value, float) and value.is_integer() else value)
    found = re.fullmatch(r"([1-4])(?:级)?", text) or _LEVEL.search(text)
    if found:
        return _GRADES[found[1]] + "级"
    return ""


def _pieces(plain: str) -> list[str]:
    # marks inside brackets belong to the word before them: 残疾(智力、三级)
    plain = re.sub(r"\([^()]*\)", lambda m: re.sub(r"[、,;/\s]", "·", m[0]), plain)
    pieces = [p for p in re.split(r"[、,;;。\n\r\t/|+ ]+", plain) if p]
    joined: list[str] = []
    for piece in pieces:
        # "低保 否" is one statement
        if joined and re.fullmatch(r"[:(]?(否|不是|×|✗|无)\)?", piece):
            joined[-1] += ":否"
        else:
            joined.append(piece)
    return joined


def _plain(text: object) -> str:
    return "" if text is None else unicodedata.normalize("NFKC", str(text)).strip()


def _words_in(piece: str) -> list[tuple[str, str]]:
    """Codes with the words they stand for; a long word hides the shorter ones inside it."""
    spans: list[tuple[int, int, str]] = []
    for word, code in _LABEL_WORDS:
        start = piece.find(word)
        while start >= 0:
            end = start + len(word)
            if all(end <= s or start >= e for s, e, _ in spans) and not _is_other(word, piece):
                spans.append((start, end, code))
            start = piece.find(word, end)
    graded = _GRADED.search(piece)
    if graded and not any(code == "disability" for _, _, code in spans):
        # 肢体二级 needs no 残疾 to be understood
        spans.append((graded.start(), graded.end(), "disability"))
    return [(code, piece[start:end]) for start, end, code in sorted(spans)]


def _is_other(word: str, piece: str) -> bool:
    """Whether a word of one character stands inside an unrelated one (孕 in 孕育园)."""
    return word == "孕" and not re.search(r"孕(\d|期|检|中|周|妇|早|晚|$)", piece)


def _attributes(code: str, piece: str) -> dict[str, str]:
    given = {
        "disability": _about_disability,
        "expectant": _about_expectant,
        "mental_disorder": _about_risk,
    }.get(code)
    if given:
        return given(piece)
    for wanted, key, value in _KINDS.get(code, ()):
        if re.search(wanted, piece):
            return {key: value}
    return {}


def _about_disability(piece: str) -> dict[str, str]:
    short = {
        "肢残": "肢体",
        "视残": "视力",
        "听残": "听力",
        "言残": "言语",
        "智残": "智力",
        "盲人": "视力",
        "智障": "智力",
    }
    category = disability_category(piece) or next((v for k, v in short.items() if k in piece), "")
    about = {"category": category, "level": disability_level(piece)}
    return {key: value for key, value in about.items() if value}


def _about_expectant(piece: str) -> dict[str, str]:
    weeks = re.search(r"(\d{1,2})\+?\d?周", piece)
    months = re.search(r"(\d{1,2})个?月", piece)
    if weeks:
        return {"weeks": weeks[1]}
    return {"months": months[1]} if months else {}


def _about_risk(piece: str) -> dict[str, str]:
    risk = re.search(r"([0-5])级", piece)
    return {"risk_level": f"{risk[1]}级"} if risk else {}


def _load(path: Path) -> tuple[dict[str, LabelKind], tuple[Banned, ...]]:
    given = tomllib.loads(path.read_text("utf-8"))
    catalogue = {
        code: LabelKind(
            code,
            entry["name"],
            entry["tier"],
            entry["line"],
            tuple(entry["words"]),
            entry["review"],
            entry["evidence"],
            entry["basis"],
            entry.get("derived", False),
            tuple(entry.get("attributes", ())),
        )
        for code, entry in given["labels"].items()
    }
    bans = tuple(Banned(entry["kind"], tuple(entry["words"]), entry["reason"]) for entry in given["banned"])
    return catalogue, bans


CATALOGUE, BANNED = _load(Path(__file__).parent / "labels.toml")

# the nineteenth digit of a certificate of disability
CERTIFIED = dict(zip("1234567", ("视力", "听力", "言语", "肢体", "智力", "精神", "多重"), strict=True))
_GRADES = {**dict(zip("1234", "一二三四", strict=True)), **{c: c for c in "一二三四"}}
_CATEGORY = re.compile("视力|听力|言语|肢体|智力|精神|多重")
_GRADED = re.compile("(视力|听力|言语|肢体|智力|精神|多重)[1-4一二三四]级|重残")
# a landlord is no tenant, an old man no child, and a house of the party no member
_NOT_MEANT = re.compile(
    "出租户|(?<=志愿者)小?组长|留守(老人|妇女)|党员(先锋岗|之家|活动室|示范)|志愿者?服务(站|点)|低保边缘(?=人群)"
)
_LEVEL = re.compile(r"([1-4一二三四])级")
_DENIED = re.compile(
    r"^(非|不是|不属|不符|无(?!人|业)|没有|没|未(享受|纳入|参加|办|评|领)|曾|前(?!楼)|原(?!发)|已?(取消|停发|退出|注销)|拟|申请|否)"
    r"|(否|×|✗|不是|没有|取消|停发|已停|已退出|已注销|停止|已到期|审批中|申请中|待审批|不符合|未通过)\)?$"
)
_KIN = (
    "儿子|女儿|妻子|丈夫|配偶|老伴|爱人|母亲|父亲|父母|爷爷|奶奶|外公|外婆|孙子|孙女|哥哥|弟弟|姐姐|妹妹|儿媳|女婿|房东|邻居"
    "|其子|其女|其妻|其夫|其母|其父"
)
_OF_KIN = re.compile(rf"^({_KIN})(是|为|系|有|属)?.*|家属$|亲属$")
_WHOLE_PIECE = frozenset({"disability", "expectant", "mental_disorder", "disabled_elder"})
_KINDS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "bereaved": (("失独", "kind", "失独"), ("伤残", "kind", "伤残")),
    "child_in_need": (
        ("事实无人抚养", "kind", "事实无人抚养儿童"), ("孤儿", "kind", "孤儿"), ("重病|重残", "kind", "重病重残儿童"),
        ("困难家庭", "kind", "困难家庭儿童"),
    ),
    "disabled_elder": (
        ("完全", "level", "完全"), ("重度|全失能", "level", "重度"), ("中度", "level", "中度"),
        ("轻度|半失能", "level", "轻度"),
    ),
    "veteran": (("转业", "kind", "军队转业干部"), ("士兵", "kind", "退役士兵"), ("复员", "kind", "复员军人")),
    "corrections": (("缓刑", "kind", "缓刑"), ("管制", "kind", "管制"), ("假释", "kind", "假释")),
    "destitute": (("分散", "support_mode", "分散供养"), ("集中", "support_mode", "集中供养")),
    "party_member": (("预备", "kind", "预备党员"),),
}  # fmt: skip
_LABEL_WORDS = sorted(
    ((word, kind.code) for kind in CATALOGUE.values() for word in (kind.name, *kind.words)),
    key=lambda pair: -len(pair[0]),
)
# one-character words such as 亡 are for columns of their own, not for remarks; "在" says nothing
_STATUS_WORDS = sorted(
    (
        (word, status)
        for word, status in codes.TABLES["status"].words.items()
        if status != "living"
        and len(word) >= 2
        and not word.isascii()
        and word not in ("外出", "离开", "搬迁", "搬家", "回老家", "回原籍", "返乡")
    ),
    key=lambda pair: -len(pair[0]),
)
