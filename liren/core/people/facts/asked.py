"""Asked (表里问的): the lexicon of what forms ask of people, from asked.toml and the labels of the catalogue."""

import tomllib
from functools import lru_cache
from pathlib import Path

from liren.core.sheets.forms.lexicon import Ask, Lexicon, Words, words_from

from ..labelling import CATALOGUE

IS_HEAD = Ask("is_head", "是否户主", ("户主与否",), kind="yes_no")


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Made once: the words live as long as the process."""
    said = tomllib.loads((Path(__file__).parent / "asked.toml").read_text("utf-8"))
    asks = (*words_from(said["asked"].items()), IS_HEAD)
    return Lexicon(
        Words(
            tuple(_guarded(ask) for ask in asks),
            tuple((role, tuple(entry["words"])) for role, entry in said["roles"].items()),
            tuple(said["unknown"]["words"]),
            tuple(said["neutral"]["words"]),
            tuple((kind.code, kind.name, kind.words) for kind in CATALOGUE.values()),
        )
    )


def _guarded(ask: Ask) -> Ask:
    """An answer that a label gives is guarded as the label is."""
    if not ask.label:
        return ask
    kind = CATALOGUE[ask.label]
    return Ask(ask.key, ask.name, ask.words, ask.kind, ask.table, ask.label, kind.tier, kind.line)
