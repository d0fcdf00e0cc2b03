"""Each package that runs with us is one more to trust: few, and each with its reason beside it."""

import re

from . import tree

MOST = 32  # docs/decisions/0008


def entries():
    """The lines of [project] dependencies: whether each stands under a comment of its group."""
    text = (tree.ROOT / "pyproject.toml").read_text()
    block = re.search(r"^dependencies = \[\n(.*?)^\]", text, re.S | re.M).group(1)
    explained = False
    for line in map(str.strip, block.splitlines()):
        if line.startswith("#"):
            explained = True
        elif line:
            yield line.strip('",'), explained
        else:
            explained = False


def test_there_are_few():
    assert 0 < len(list(entries())) <= MOST


def test_each_has_its_reason():
    for name, explained in entries():
        assert explained, f"{name}: why is it here?"


def test_each_is_locked_with_checksums_and_the_tests_run_what_is_served():
    pinned = {}
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (tree.ROOT / lock).read_text()
        pinned[lock] = dict(re.findall(r"^([a-z0-9-]+)(?:\[.*?\])?==(\S+)", text, re.M))
        assert text.count("--hash=sha256:") >= len(pinned[lock])
    for name, _ in entries():
        key = re.split(r"[\[<>=!~]", name)[0].lower().replace("_", "-")
        assert key in pinned["requirements.lock"], f"{name} is not locked: run bin/lock"
    assert pinned["requirements.lock"].items() <= pinned["requirements-dev.lock"].items()
