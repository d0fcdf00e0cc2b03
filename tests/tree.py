"""The files of the project, for the tests that read them."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
NOT_OURS = {"node_modules", "var", "htmlcov", "test-results", "__pycache__"}
TEXT = {".py", ".html", ".css", ".js", ".json", ".md", ".toml", ".txt", ".lock", ".svg", ".yml", ".ini", ""}


def files(*suffixes: str, under: str = ".") -> list[Path]:
    return [path for path in _all() if path.suffix in suffixes and path.is_relative_to(ROOT / under)]


def texts() -> list[Path]:
    return [path for path in _all() if path.suffix in TEXT]


@cache
def _all() -> list[Path]:
    return sorted(_walk(ROOT))


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir():
            hidden = path.name.startswith(".") and path.name != ".ci"
            if not hidden and path.name not in NOT_OURS and not path.name.endswith(".egg-info"):
                yield from _walk(path)
        elif path.is_file() and not path.name.startswith((".coverage", ".git")):
            yield path


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def is_test(path: Path) -> bool:
    return "tests" in path.relative_to(ROOT).parts


def is_migration(path: Path) -> bool:
    return "migrations" in path.parts


def is_vendored(path: Path) -> bool:
    return "vendor" in path.parts


@cache
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def layers(contract: str) -> list[list[str]]:
    """The floors of one import-linter contract, top first."""
    found = next(c for c in project()["tool"]["importlinter"]["contracts"] if c["id"] == contract)
    return [re.split(r"\s*[|:]\s*", row) for row in found["layers"]]
