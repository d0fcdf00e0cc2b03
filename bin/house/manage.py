"""Passing a command through to Django."""

import os
import sys
from pathlib import Path

from house import environment
from house.environment import Trouble


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--data"] and len(arguments) > 1:
        os.environ["LIREN_DATA"] = str(Path(arguments[1]).absolute())
        arguments = arguments[2:]
    try:
        environment.ensure()
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    python = str(environment.python())
    # The command takes the place of this process: its exit code, its signals, its terminal.
    os.execv(python, [python, str(environment.PROJECT / "manage.py"), *arguments])
