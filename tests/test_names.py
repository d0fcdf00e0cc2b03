"""A name says what is inside; a model says what it is in both languages."""

import re

import pytest
from django.apps import apps

from . import tree

# A file of one of these names becomes a drawer for leftovers.
DRAWERS = set(
    "utils util common helpers helper misc base shared manager managers service services"
    " mixins constants signals handlers".split()
)
BILINGUAL = re.compile(r"^[A-Z][A-Za-z -]* \([^()]*[\u4e00-\u9fff][^()]*\)")


def models():
    return [m for m in apps.get_models() if m.__module__.startswith("liren.")]


def test_no_file_is_a_drawer():
    for path in tree.files(".py", ".html", ".js", ".toml", under="liren"):
        if tree.is_vendored(path):
            continue
        parts = path.relative_to(tree.ROOT).parts
        names = {*parts[:-1], parts[-1].split(".")[0].strip("_")}
        assert not names & DRAWERS, f"{tree.name(path)}: name it after what is inside"


@pytest.mark.parametrize("model", models(), ids=lambda m: m.__name__)
def test_a_model_says_what_it_is_in_both_languages(model):
    first = (model.__doc__ or "").strip().splitlines()[0]
    assert BILINGUAL.match(first), (
        f'{model.__name__}: the docstring begins like "Person (居民): …", not {first!r}'
    )


def test_core_itself_holds_no_modules():
    assert [p.name for p in (tree.ROOT / "liren" / "core").glob("*.py")] == ["__init__.py"]
