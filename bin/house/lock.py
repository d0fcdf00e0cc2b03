"""The locks: every package with its version and checksums, and no address of where it came from."""

import subprocess
import sys

from house.environment import DEV_LOCK, PROJECT, RUN_LOCK, working_uv

HEADS = {
    RUN_LOCK: "# What runs. Made by bin/lock from pyproject.toml; install with pip --require-hashes -r.\n",
    DEV_LOCK: "# What runs and what tests. Made by bin/lock from pyproject.toml.\n",
}


def main(arguments: list[str]) -> int:
    uv = working_uv()
    if not uv:
        print("bin/lock needs uv (pip install uv)", file=sys.stderr)
        return 1
    for name, more in ((RUN_LOCK, []), (DEV_LOCK, ["--group", "dev", "--constraint", RUN_LOCK])):
        target = PROJECT / name
        command = [
            uv, "pip", "compile", "pyproject.toml", "--generate-hashes", "--universal", "--python-version", "3.11",
            "--no-header", "--no-annotate", "--quiet", "--output-file", name, *more, *arguments,
        ]  # fmt: skip
        subprocess.run(command, cwd=PROJECT, check=True)
        body = "".join(line for line in target.read_text().splitlines(True) if not line.startswith("#"))
        if "://" in body:
            print(f"{name} names an address", file=sys.stderr)
            return 1
        target.write_text(HEADS[name] + body)
        print(f"{name}: {body.count('==')} packages")
    return 0
