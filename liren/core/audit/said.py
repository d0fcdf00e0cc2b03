"""What traces say in Chinese: every app brings the words for its own deeds in traces.toml."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from django.apps import apps


@lru_cache(maxsize=1)
def deeds() -> dict[str, str]:
    """``people.reveal`` → 看完整号码, from the traces.toml of every app."""
    book: dict[str, str] = {}
    for config in apps.get_app_configs():
        if not config.name.startswith("liren."):
            continue
        for path in sorted(Path(config.path).glob("**/traces.toml")):
            for key, words in tomllib.loads(path.read_text(encoding="utf-8")).items():
                if key in book:
                    raise ValueError(f"two words for {key}")
                book[key] = words
    return book


def kind_of(target: str) -> str:
    """The Chinese word for what a trace is about: ``people.person:17`` → 居民."""
    label, _, _ = target.partition(":")
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return label
    named = re.search(r"\(([^)]+)\)", (model.__doc__ or "").split("\n", 1)[0])
    return named.group(1) if named else str(model._meta.verbose_name)
