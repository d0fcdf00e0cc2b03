"""Headings (表头里的字): a heading without its marks, and what the lexicon is made of and answers with."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

SURE, LIKELY, GUESS = 0.95, 0.8, 0.6
# From here on a cell is filled without asking.
FILLED = 0.75
BRACKETS = re.compile(r"[(\[【<《][^()\[\]【】<>《》]*[)\]】>》]")
NUMBERED = re.compile(
    r"^(?:[A-Za-z]{0,2}\d{1,3}(?:[.\-]\d{1,2})*[.、:．)）]|[一二三四五六七八九十]{1,3}[、.]|[①-⑳]|\(\d{1,2}\)|\([一二三四五六七八九十]\))"
)
CODE_ID = re.compile(r"^([A-Za-z]{1,2}\d{1,3}|\d{1,2})(?=[.、．])")
NOISE = re.compile(r"[\s*＊★:：、,，.。/\\|\-_—~()\[\]【】<>《》“”\"'?？!！√☑□;；·]+")
ASKING = re.compile(r"^(是否|是不是|有无|有没有|是否为|可否)")
BEING = re.compile(
    r"^(是否|是不是|有无|有没有)?(为|是|属于|属|享受|纳入|领取|持有|持|系|有|列为|认定为|获得|被)*"
)
TAILS = re.compile(r"(情况|信息|一栏|栏|登记|与否|名称|内容|填写)$")
HARMLESS = re.compile(
    r"^(现|现在|目前|本人|个人|常用|详细|具体|最新|有效|实际|真实|主要|日常|本|当前|所|其|该|家庭|居民|公民|被|所属|原|常|新|本户|填报|登记|基本|及|和|与|的|或|第一|唯一|法定|18位|位|累计|合计|总|年度|社区|户内)*$"
)
RELATION_OF = re.compile(r"^(?:系|和|与)(.{1,8}?)(?:的|之|是|为)?(?:何种|什么)?关系$")
# Headings that need to be told of what.
VAGUE = {
    "类别",
    "类型",
    "人员类别",
    "人员类型",
    "对象类别",
    "对象类型",
    "种类",
    "等级",
    "级别",
    "程度",
    "证号",
    "证书编号",
    "证件编号",
    "编号",
    "注册号",
    "时间",
    "分类",
    "方式",
    "老人类型",
    "老人类别",
    "儿童类别",
    "类别名称",
    "情况",
    "加入时间",
    "注册时间",
    "登记时间",
    "登记日期",
    "起始时间",
    "开始时间",
    "享受时间",
}
# Under such a group even 户名 or 姓名 is a matter of the bank.
MONEY = re.compile(r"银行|账户|帐户|金融机构|开户|社保卡|一卡通")
LONGEST = 40


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that can be asked for, with the words under which forms ask."""

    key: str
    name: str
    words: tuple[str, ...] = ()
    kind: str = "text"
    table: str = ""
    label: str = ""
    tier: int = 0
    line: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one heading means: `key` "" is nothing known, `role` "" the person of the row itself."""

    key: str = ""
    role: str = ""
    sure: float = 0.0
    why: str = ""
    # The key is of the kind is:<label>: a yes or no.
    unknown: bool = False
    neutral: bool = False
    rivals: tuple[tuple[str, str, float], ...] = ()

    @property
    def asked(self) -> str:
        """guardian.phone."""
        return f"{self.role}.{self.key}" if self.role else self.key

    @property
    def is_sure(self) -> bool:
        """Whether a cell may be filled without asking."""
        return bool(self.key) and self.sure >= FILLED


@dataclass(frozen=True, slots=True)
class Words:
    """All that the lexicon is made of."""

    asks: tuple[Ask, ...]
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    unknown: tuple[str, ...]
    neutral: tuple[str, ...]
    # Labels of people as (code, name, words): 是否低保, 其中:失能.
    labels: tuple[tuple[str, str, tuple[str, ...]], ...] = field(default_factory=tuple)


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """A heading without numbers, marks, brackets, blanks and width differences."""
    text = unicodedata.normalize("NFKC", text).strip()
    text = NUMBERED.sub("", text)
    return NOISE.sub("", BRACKETS.sub("", text)).lower() or NOISE.sub("", text).lower()


@lru_cache(maxsize=20_000)
def whole(text: str) -> str:
    """The same with what stands in brackets."""
    text = NUMBERED.sub("", unicodedata.normalize("NFKC", text).strip())
    return NOISE.sub("", text).lower()


def bracketed(text: str) -> str:
    """What a heading adds in brackets."""
    return " ".join(BRACKETS.findall(unicodedata.normalize("NFKC", text)))


def words_from(said: Iterable[tuple[str, dict]]) -> tuple[Ask, ...]:
    """Asks from a table of words as it stands in a .toml."""
    return tuple(
        Ask(
            key,
            entry["name"],
            tuple(entry.get("words", ())),
            entry.get("kind", "text"),
            entry.get("table", ""),
            entry.get("label", ""),
        )
        for key, entry in said
    )
