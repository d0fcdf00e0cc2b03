"""What a person is found by: pinyin, initials, and the pairs of characters of the name."""

import re

from .persons import Person
from .pinyin import initials, readings, syllables

CJK = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003ffff]+")
RUNS = re.compile(rf"{CJK.pattern}|[0-9A-Za-z]+")


def bigrams(text: str) -> list[str]:
    """Overlapping pairs of a run of Chinese characters, the last one alone too; other runs as one lower-case word.

    A single character is found as the beginning of a pair; the last character of a name would be lost without its
    own token.
    """
    if CJK.fullmatch(text):
        return [text[i : i + 2] for i in range(len(text))]
    found: list[str] = []
    for run in RUNS.findall(text):
        if CJK.fullmatch(run):
            found += [run[i : i + 2] for i in range(len(run))]
        else:
            found.append(run.lower())
    return found


def words_of(name: str, former: str = "") -> dict[str, str]:
    """The columns by which a name is found.

    The usual reading has columns of its own; the words hold the other readings, the pairs of the name and whatever
    a former name is found by.
    """
    reads, words = syllables(name), bigrams(name)
    if len(reads) == 1 and not former:
        # nearly everybody: one surname with one reading
        [read] = reads
        pinyin, letters = "".join(read), "".join([sound[0] for sound in read])
        return {"pinyin": pinyin[:120], "initials": letters[:30], "words": " ".join(dict.fromkeys(words))}
    full, short = readings(name), initials(name)
    if former or len(full) > 1:
        earlier = [*bigrams(former), *readings(former), *initials(former)] if former else []
        words += [*full[1:], *short[1:], *earlier]
    return {
        "pinyin": full[0][:120] if full else "",
        "initials": short[0][:30] if short else "",
        "words": " ".join(dict.fromkeys(words)),
    }


def fill_words(person: Person) -> None:
    """Sets pinyin, initials and search words from the name; nothing is saved."""
    for column, value in words_of(person.name, person.former_name).items():
        setattr(person, column, value)
