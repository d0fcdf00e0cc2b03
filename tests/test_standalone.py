"""The project stands alone: nothing in it points at the machine or the place where it was written."""

import re

import pytest

from . import tree

# Written in pieces, so that this file does not find itself.
ELSEWHERE = re.compile(
    "|".join(
        [
            r"\.\./" + "shared",
            r"(?<![\w.*)}>\"'-])/(?:" + "work|root|farm" + r")/",
            "pypi" + r"\.org",
            "python" + r"hosted\.org",
            "registry" + r"\.npmjs",
            "/opt/" + "(?:wheels|pypi)",
        ]
    )
)


@pytest.mark.parametrize("path", tree.texts(), ids=tree.name)
def test_nothing_points_elsewhere(path):
    for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
        found = ELSEWHERE.search(line)
        assert not found, f"{tree.name(path)}:{number} mentions {found.group()}"


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_address(lock):
    assert "://" not in (tree.ROOT / lock).read_text()
