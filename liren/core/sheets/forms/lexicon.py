"""Lexicon (词典): what a heading of a form asks for, of whom, how sure that is, and what else it might be.

The floors above bring the words (facts of the register, roles, what no register knows). A heading that nobody
answers is said so; one that is merely alike becomes a question, never a guess.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from pypinyin import lazy_pinyin
from rapidfuzz import fuzz, process

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


class Lexicon:
    """Answers what headings mean."""

    def __init__(self, words: Words) -> None:
        self.asks = {ask.key: ask for ask in words.asks}
        self.words: dict[str, str] = {}
        for ask in words.asks:
            for word in (ask.name, *ask.words):
                self.words.setdefault(plain(word), ask.key)
        self.unknown = {plain(word) for word in words.unknown}
        self.neutral = {plain(word) for word in words.neutral}
        self.roles = sorted(
            ((plain(word), key) for key, said in words.roles for word in said), key=lambda pair: -len(pair[0])
        )
        self.role_names = {key: said[0] for key, said in words.roles if said}
        self.label_words = sorted(
            ((plain(word), code) for code, name, said in words.labels for word in (name, *said)),
            key=lambda pair: -len(pair[0]),
        )
        self.names = {code: name for code, name, _ in words.labels}
        self.longest = sorted(self.words, key=lambda word: -len(word))
        self.sounds: dict[str, str] = {}
        for word, key in self.words.items():
            if len(word) >= 2:
                self.sounds.setdefault("".join(lazy_pinyin(word)), key)
        self._known: dict[str, Reading] = {}

    def ask(self, asked: str) -> Ask | None:
        """What stands behind guardian.phone."""
        key = asked.rpartition(".")[2]
        if key.startswith("is:"):
            code = key[3:]
            return Ask(key, f"是否{self.names.get(code, code)}", kind="yes_no", label=code)
        return self.asks.get(key)

    def said(self, asked: str) -> str:
        """监护人的联系电话."""
        role, _, key = asked.rpartition(".")
        ask = self.ask(key)
        name = ask.name if ask else key
        if role:
            return f"{self.role_names.get(role, role)}的{name}"
        return name

    def read(self, text: str) -> Reading:
        """One heading by itself."""
        found = self._known.get(text)
        if found is None:
            found = self._read(text)
            if len(self._known) < 20_000:
                self._known[text] = found
        return found

    def read_path(self, path: Sequence[str], role: str = "") -> Reading:
        """A heading with its groups; a group may name whose fact is meant, or complete the words."""
        if not path:
            return Reading()
        leaf, groups = path[-1], list(path[:-1])
        for group in reversed(groups):
            joined = plain(group) + plain(leaf)
            if joined in self.words:
                return Reading(self.words[joined], "", 1.0, f"“{group}”下的“{leaf}”")
            if (tied := self._tied(group, leaf)) is not None:
                return tied
            if joined in self.unknown or MONEY.search(group):
                return Reading(unknown=True, why=f"“{group}”登记册里没有")
        found = self.read(leaf)
        whose = next((known for group in reversed(groups) if (known := self.role_of(group))), role)
        if whose and found.key and not found.role and whose != "self":
            why = f"“{groups[-1]}”下的“{leaf}”" if groups else f"“{leaf}”"
            return (
                replace(found, role=whose, why=why, sure=min(found.sure, SURE))
                if whose != "worker"
                else Reading(unknown=True, why="工作人员自己填")
            )
        if not found.key and not found.unknown and not found.neutral:
            for group in reversed(groups):
                wider = self.read(group)
                if wider.is_sure and not self.role_of(group):
                    return replace(wider, sure=min(wider.sure - 0.25, GUESS), why=f"按上级表头“{group}”")
        return found

    def _tied(self, group: str, leaf: str) -> Reading | None:
        """残疾证信息 / 等级: what is asked with the label that the group names."""
        code, bare = self.label_in(TAILS.sub("", plain(group))), plain(leaf)
        if not code or len(bare) < 2 or self._firm(bare):
            return None
        for ask in self.asks.values():
            if ask.label == code and any(plain(word).endswith(bare) for word in (ask.name, *ask.words)):
                return Reading(ask.key, "", SURE, f"“{group}”下的“{leaf}”")
        return None

    def _firm(self, bare: str) -> bool:
        """A heading that means the same under every group: 姓名, 联系电话."""
        return bare in self.words and bare not in VAGUE

    def narrowed(self, reading: Reading, path: Sequence[str], labels: Sequence[str]) -> Reading:
        """A vague heading (类别, 证号) in a form about one label is about that label."""
        bare = plain(path[-1]) if path else ""
        if len(labels) != 1 or not bare or (reading.key and bare not in VAGUE and reading.sure >= FILLED):
            return reading
        if (reading.unknown and bare not in VAGUE) or self._about(reading.key) == labels[0]:
            return reading
        vague = re.sub(r"^(人员|对象|老人|儿童|证件)", "", bare)
        for ask in self.asks.values():
            words = [plain(word) for word in (ask.name, *ask.words)]
            if ask.label == labels[0] and any(
                word.endswith(bare) or (len(vague) >= 2 and word.endswith(vague)) for word in words
            ):
                return Reading(
                    ask.key, "", 0.85, f"这张表说的是{self.names[labels[0]]}", rivals=self.rivals(bare)
                )
        return reading

    def _about(self, key: str) -> str:
        ask = self.asks.get(key)
        return ask.label if ask else ""

    def role_of(self, text: str) -> str:
        """Whom a group of headings speaks of: 监护人情况 → guardian; "" when nobody is named."""
        bare = TAILS.sub("", TAILS.sub("", plain(text)))
        if bare in self.words:
            return ""
        for word, role in self.roles:
            if (
                bare == word
                or (bare.startswith(word) and HARMLESS.match(bare[len(word) :]))
                or (bare.endswith(word) and HARMLESS.match(bare[: -len(word)]))
            ):
                return role
        return ""

    def label_in(self, text: str) -> str:
        """The label that most of the words name; "" when none does."""
        bare = BEING.sub("", plain(text))
        for word, code in self.label_words:
            if word in bare and len(word) * 2 >= len(bare):
                return code
        return ""

    def _read(self, text: str) -> Reading:
        label = plain(text)
        if not label or len(whole(text)) > LONGEST * 3:
            return Reading()
        for bare in dict.fromkeys((whole(text), label, TAILS.sub("", label))):
            if bare in self.unknown:
                return Reading(unknown=True, why="登记册里没有这一项")
            if bare in self.words:
                return Reading(self.words[bare], "", 1.0 if bare == label else SURE, f"即“{bare}”")
        if label in self.neutral:
            return Reading(neutral=True)
        if len(label) > LONGEST:
            return Reading()
        for attempt in (self._asking, self._relation, self._whose, self._inside):
            found = attempt(label)
            if found is not None:
                return found
        return self._alike(label)

    def _asking(self, label: str) -> Reading | None:
        """是否低保: a yes or no."""
        if not ASKING.match(label):
            return None
        bare = BEING.sub("", label)
        for word in (bare, TAILS.sub("", bare)):
            if word in self.words and self.asks[self.words[word]].kind == "yes_no":
                return Reading(self.words[word], "", SURE, f"问{word}")
        if bare in ("户主", "是户主"):
            return Reading("is_head", "", SURE, "问是不是户主")
        if code := self.label_in(label):
            return Reading(f"is:{code}", "", SURE, f"问是不是{self.names[code]}")
        return Reading(unknown=True, why="登记册里没有这一项")

    def _relation(self, label: str) -> Reading | None:
        found = RELATION_OF.match(label)
        if found is None:
            return None
        head = found[1] in ("户主", "家主", "主", "户主人")
        return Reading("relation" if head else "relation_to_target", "", SURE, f"与{found[1]}的关系")

    def _whose(self, label: str) -> Reading | None:
        """监护人电话: the phone of the guardian."""
        for word, role in self.roles:
            if not label.startswith(word):
                continue
            rest = re.sub(r"^(本人|的|之|及其|和|及|有效)+", "", label[len(word) :])
            if role == "worker":
                return Reading(unknown=True, why="工作人员自己填")
            if not TAILS.sub("", rest):
                return Reading(
                    "name",
                    "" if role == "self" else role,
                    SURE if role != "self" else LIKELY,
                    f"“{word}”的姓名",
                )
            inner = self._read(rest)
            if inner.unknown:
                return inner
            if inner.key and not inner.role:
                return replace(
                    inner,
                    role="" if role == "self" else role,
                    sure=min(inner.sure, SURE),
                    why=f"“{word}”的{inner.why}",
                )
        return None

    def _inside(self, label: str) -> Reading | None:
        """A known word at the end (or the beginning) of a longer heading."""
        for word in self.unknown:
            if len(word) >= 3 and (label.endswith(word) or label.startswith(word)):
                return Reading(unknown=True, why="登记册里没有这一项")
        for word in self.longest:
            if len(word) < 2 or word not in label or word == label:
                continue
            if label.endswith(word):
                before = label[: -len(word)]
                sure = 0.92 if HARMLESS.match(before) else 0.65
                return Reading(self.words[word], "", sure, f"以“{word}”结尾")
            if label.startswith(word):
                after = TAILS.sub("", label[len(word) :])
                sure = 0.9 if not after or after in ("号", "码", "号码", "及") else 0.62
                return Reading(self.words[word], "", sure, f"以“{word}”开头")
        return None

    def _alike(self, label: str) -> Reading:
        """Headings that sound the same, or nearly look the same."""
        if len(label) >= 2:
            key = self.sounds.get("".join(lazy_pinyin(label)))
            if key:
                return Reading(key, "", LIKELY, f"读音同“{self.asks[key].name}”")
        if len(label) < 3:
            return Reading(rivals=self._rivals(label))
        near = process.extractOne(label, [*self.words, *self.unknown], scorer=fuzz.ratio, score_cutoff=70)
        if near is None or near[0] in self.unknown:
            return Reading(unknown=near is not None, rivals=self._rivals(label))
        sure = GUESS - 0.1 + (near[1] - 70) / 150
        return Reading(
            self.words[near[0]], "", min(sure, 0.74), f"近似“{near[0]}”", rivals=self._rivals(label)
        )

    def _rivals(self, label: str) -> tuple[tuple[str, str, float], ...]:
        return self.rivals(label)

    def rivals(self, label: str, most: int = 3) -> tuple[tuple[str, str, float], ...]:
        """The best answers for a heading that is not understood: key, name, likeness."""
        found: dict[str, float] = {}
        for word, score, _ in process.extract(plain(label), list(self.words), scorer=fuzz.WRatio, limit=12):
            found.setdefault(self.words[word], score / 100)
        return tuple(
            (key, self.asks[key].name, round(score, 2))
            for key, score in list(found.items())[:most]
            if score >= 0.5
        )


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
