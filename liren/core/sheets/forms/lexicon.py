"""Lexicon (词典): what a heading of a form asks for, of whom, how sure that is, and what else it might be.

The floors above bring the words (facts of the register, roles, what no register knows). A heading that nobody
answers is said so; one that is merely alike becomes a question, never a guess.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from pypinyin import lazy_pinyin
from rapidfuzz import fuzz, process

from .headings import (
    ASKING,
    BEING,
    FILLED,
    GUESS,
    HARMLESS,
    LIKELY,
    LONGEST,
    MONEY,
    RELATION_OF,
    SURE,
    TAILS,
    Ask,
    Reading,
    Words,
    plain,
    whole,
    words_from,
)
from .narrowing import narrowed, tied

__all__ = ["FILLED", "Ask", "Lexicon", "Reading", "Words", "plain", "words_from"]


# Signs that are typed for others because they look alike.
MISTAKEN = str.maketrans("藉活己巳末佳往扯糸毋帐侯", "籍话已已未住住址系母账候")


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
            joined = self._joined(group, leaf)
            if joined is not None:
                return joined
        found = self.read(leaf)
        whose = next((known for group in reversed(groups) if (known := self.role_of(group))), role)
        if whose and whose != "self" and found.key and not found.role:
            return self._of_group(found, whose, leaf, groups)
        if not found.key and not found.unknown and not found.neutral:
            return self._by_group(groups) or found
        return found

    def _joined(self, group: str, leaf: str) -> Reading | None:
        """户籍 over 地址: both words together."""
        joined = plain(group) + plain(leaf)
        if joined in self.words:
            return Reading(self.words[joined], "", 1.0, f"“{group}”下的“{leaf}”")
        about_label = tied(self, group, leaf)
        if about_label is not None:
            return about_label
        if joined in self.unknown or MONEY.search(group):
            return Reading(unknown=True, why=f"“{group}”登记册里没有")
        return None

    def _of_group(self, found: Reading, whose: str, leaf: str, groups: list[str]) -> Reading:
        if whose == "worker":
            return Reading(unknown=True, why="工作人员自己填")
        why = f"“{groups[-1]}”下的“{leaf}”" if groups else f"“{leaf}”"
        return replace(found, role=whose, why=why, sure=min(found.sure, SURE))

    def _by_group(self, groups: list[str]) -> Reading | None:
        """A heading that is not understood, under a group that is: merely a guess."""
        for group in reversed(groups):
            wider = self.read(group)
            if wider.is_sure and not self.role_of(group):
                return replace(wider, sure=min(wider.sure - 0.25, GUESS), why=f"按上级表头“{group}”")
        return None

    def narrowed(self, reading: Reading, path: Sequence[str], labels: Sequence[str]) -> Reading:
        """A vague heading in a form about one label is about that label."""
        return narrowed(self, reading, path, labels)

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
        known = self._exact(text, label)
        if known is not None or len(label) > LONGEST:
            return known or Reading()
        for attempt in (self._asking, self._relation, self._misspelt, self._whose, self._inside):
            found = attempt(label)
            if found is not None:
                return found
        return self._alike(label)

    def _exact(self, text: str, label: str) -> Reading | None:
        for bare in dict.fromkeys((whole(text), label, TAILS.sub("", label))):
            if bare in self.unknown:
                return Reading(unknown=True, why="登记册里没有这一项")
            if bare in self.words:
                return Reading(self.words[bare], "", 1.0 if bare == label else SURE, f"即“{bare}”")
        return Reading(neutral=True) if label in self.neutral else None

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

    def _misspelt(self, label: str) -> Reading | None:
        """身份证号吗, 户藉地址: a whole heading that sounds the same, or with a sign mistaken for one that looks alike."""
        key = self.sounds.get("".join(lazy_pinyin(label))) if len(label) >= 3 else None
        key = key or self.words.get(label.translate(MISTAKEN))
        return Reading(key, "", LIKELY, f"像是“{self.asks[key].name}”写错了字") if key else None

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
