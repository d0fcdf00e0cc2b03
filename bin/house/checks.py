"""Everything that is checked, in the order of what is quickest to know."""

import argparse
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from house import cluster, environment
from house.environment import DEV_LOCK, PROJECT, Trouble, say

UNIT = ("--ignore=tests/journeys",)


class NotHere(Exception):
    """A step that this machine cannot take, and why."""


@dataclass(frozen=True)
class Step:
    """One thing that is checked: a word for the command line, what it is, and how; some only when they are named."""

    key: str
    what: str
    take: Callable[[dict[str, str]], int]
    on_request: bool = False


def main(arguments: list[str], *, install: bool) -> int:
    parser = argparse.ArgumentParser(prog="bin/test" if install else "bin/check")
    parser.add_argument("steps", nargs="*", metavar="STEP", help="only these steps")
    parser.add_argument("--list", action="store_true", help="name the steps")
    options = parser.parse_args(arguments)
    if options.list:
        say(*(f"{step.key:12} {step.what}{' (when named)' * step.on_request}" for step in STEPS))
        return 0
    unknown = set(options.steps) - {step.key for step in STEPS}
    if unknown:
        parser.error(f"no such step: {', '.join(sorted(unknown))}; --list names them")
    try:
        if install:
            environment.ensure(DEV_LOCK)
        elif not environment.is_ready(DEV_LOCK):
            say(
                "bin/check: the environment is not the one of requirements-dev.lock; bin/test makes it so.",
                "",
            )
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    # So that a cluster or a browser is put away too when somebody stops the whole.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    with tempfile.TemporaryDirectory(prefix="liren-check-") as folder:
        wanted = options.steps or [step.key for step in STEPS if not step.on_request]
        return _take([step for step in STEPS if step.key in wanted], Path(folder))


def _take(steps: list[Step], folder: Path) -> int:
    variables = {
        **os.environ,
        "PATH": environment.tool_path(),
        "LIREN_DATA": str(folder / "var"),
        "COVERAGE_FILE": str(folder / "coverage"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    variables.pop("LIREN_DATABASE_URL", None)
    results: list[tuple[Step, str, float]] = []
    for step in steps:
        say("", f"── {step.key}: {step.what}")
        start = time.monotonic()
        try:
            outcome = "" if step.take(variables) == 0 else "FAILED"
        except NotHere as reason:
            outcome = f"not run: {reason}"
            say(outcome)
        results.append((step, outcome, time.monotonic() - start))
    return _sum_up(results)


def _sum_up(results: list[tuple[Step, str, float]]) -> int:
    say("", "── What ran")
    for step, outcome, took in results:
        say(f"  {outcome or 'ok':8}{took:7.1f} s  {step.key:12} {step.what}")
    failed = [step.key for step, outcome, _ in results if outcome == "FAILED"]
    left = [step.key for step, outcome, _ in results if outcome.startswith("not run")]
    say("", f"Could not run here: {', '.join(left)}" if left else "Nothing was left out.")
    say(f"FAILED: {', '.join(failed)}" if failed else "All that ran is well.")
    return 1 if failed else 0


def _run(command: list[str], variables: dict[str, str]) -> int:
    return subprocess.run(command, cwd=PROJECT, env=variables).returncode


def _module(name: str, *arguments: str) -> Callable[[dict[str, str]], int]:
    def take(variables: dict[str, str]) -> int:
        return _run([str(environment.python()), "-m", name, *arguments], variables)

    return take


def _contracts(variables: dict[str, str]) -> int:
    return _run(["lint-imports", "--no-logo"], variables)


def _templates(variables: dict[str, str]) -> int:
    templates = sorted(
        str(path.relative_to(PROJECT)) for path in PROJECT.glob("liren/**/templates/**/*.html")
    )
    if not templates:
        raise NotHere("there are no templates")
    return _run(["djade", "--target-version", "5.2", "--check", *templates], variables)


def _migrations(variables: dict[str, str]) -> int:
    manage = [str(environment.python()), "manage.py"]
    return _run([*manage, "makemigrations", "--check", "--dry-run"], variables) or _run(
        [*manage, "check"], variables
    )


def _pytest(variables: dict[str, str], *arguments: str, under: tuple[str, ...] = ()) -> int:
    """The suite, on as many processors as there are."""
    workers = variables.get("LIREN_TEST_WORKERS") or str(os.cpu_count() or 1)
    spread = ["-n", workers] if workers not in {"0", "1"} else []
    return _run([str(environment.python()), *under, "-m", "pytest", *spread, *arguments], variables)


def _sqlite(variables: dict[str, str]) -> int:
    return _pytest(variables, *UNIT)


def _postgresql(variables: dict[str, str]) -> int:
    where = cluster.binaries()
    if where is None:
        raise NotHere("no PostgreSQL binaries (apt install postgresql)")
    if os.geteuid() == 0 and cluster.unprivileged() is None:
        raise NotHere("running as root, and no user postgres or nobody to run PostgreSQL as")
    with cluster.throw_away(where) as url:
        # The house tests look at files; the database does not matter to them.
        return _pytest({**variables, "LIREN_DATABASE_URL": url}, "liren")


def chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("LIREN_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def _journeys(variables: dict[str, str]) -> int:
    found = chromium()
    if found is None:
        raise NotHere("no Chromium (apt install chromium)")
    with contextlib.suppress(FileNotFoundError):
        fonts = subprocess.run(["fc-list", ":lang=zh"], capture_output=True).stdout
        if not fonts:
            say("No Chinese font: every character will be a box (apt install fonts-noto-cjk).")
    return _pytest({**variables, "LIREN_CHROMIUM": found}, "tests/journeys")


def _coverage(variables: dict[str, str]) -> int:
    """Looking at each line nearly doubles the time of the tests, so it is done when somebody wants to know."""
    coverage = [str(environment.python()), "-m", "coverage"]
    return (
        _pytest(variables, *UNIT, under=("-m", "coverage", "run"))
        or _run([*coverage, "combine", "--quiet"], variables)
        or _run([*coverage, "report"], variables)
    )


STEPS = [
    Step("format", "ruff format", _module("ruff", "format", "--check", ".")),
    Step("lint", "ruff check", _module("ruff", "check", ".")),
    Step("types", "mypy with Django's types", _module("mypy")),
    Step("contracts", "import-linter: who may import whom", _contracts),
    Step(
        "security",
        "bandit: what is unsafe, from medium up",
        _module("bandit", "-q", "-ll", "-c", "pyproject.toml", "-r", "liren", "bin"),
    ),
    Step("templates", "djade", _templates),
    Step("migrations", "no migration is missing; Django's own checks", _migrations),
    Step("sqlite", "house, unit and property tests on SQLite", _sqlite),
    Step("postgresql", "the tests of all apps on a throw-away PostgreSQL", _postgresql),
    Step("journeys", "stories in a real browser, with accessibility checks", _journeys),
    Step("coverage", "lines and branches the tests on SQLite go through", _coverage, on_request=True),
]
