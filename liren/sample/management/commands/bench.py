"""bench (测速): import, search and pages at the size of a community and of a city."""

import json
from argparse import SUPPRESS
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from liren.sample.bench import crowd, databases, forms, imports, ledger, load, pages, pile, search
from liren.sample.bench.machine import machine

SIZES = {
    "search": (30_000, 1_000_000),
    "pages": (30_000, 1_000_000),
    "import": (30_000, 100_000),
    "ledger": (30_000,),
    "load": (30_000,),
    "fill": (30_000,),
}
# What a bench asks of itself in another process, on another database.
STEPS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "search": lambda options: search.measure(),
    "pages": lambda options: pages.measure(),
    "ledger": lambda options: ledger.measure(),
    "load": lambda options: load.measure(),
    "pile": lambda options: pile.pile_up(),
    "crowd": lambda options: crowd.fill(options["people"][0]),
    "fill": lambda options: forms.measure(),
    "lay_out": lambda options: imports.lay_out(options["people"][0]),
    "floor": lambda options: imports.floor(options["file"]),
    "drop": lambda options: imports.measure(options["file"]),
}


class Command(BaseCommand):
    """bench (测速): fills databases of its own, measures in child processes, never touches the data folder."""

    help = (
        "测速：search 找人，pages 页面，import 名册导入，ledger 台账，load 许多人同时用，fill 填表。"
        "数据库是专门造的，不碰正式数据"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", nargs="?", choices=sorted({*SIZES, *STEPS}), metavar="|".join(SIZES))
        parser.add_argument(
            "--people", type=int, action="append", help="多少人，可写几次；默认小社区和大城市两种"
        )
        parser.add_argument(
            "--database", choices=["sqlite", "postgresql"], action="append", help="默认两种都测"
        )
        parser.add_argument("--json", action="store_true", help="只输出 JSON")
        parser.add_argument("--here", action="store_true", help=SUPPRESS)
        parser.add_argument("--file", type=Path, help=SUPPRESS)

    def handle(self, *args: Any, name: str | None, here: bool, **options: Any) -> None:
        if name is None:
            self.stdout.write("可以测：" + "、".join(SIZES))
        elif here:
            self.stdout.write(json.dumps(STEPS[name](options), ensure_ascii=False))
        else:
            self._everywhere(name, options)

    def _everywhere(self, name: str, options: dict[str, Any]) -> None:
        found: dict[str, Any] = {"bench": name, "machine": machine(), "runs": []}
        for kind in options["database"] or ["sqlite", "postgresql"]:
            if kind == "postgresql" and databases.binaries() is None:
                self.stderr.write("没有找到 PostgreSQL，跳过")
                continue
            for people in options["people"] or SIZES[name]:
                try:
                    found["runs"].append(self._run(name, kind, people))
                except RuntimeError as trouble:
                    raise CommandError(str(trouble)) from trouble
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=None if options["json"] else 2))

    def _run(self, name: str, kind: str, people: int) -> Any:
        if name == "import":
            return imports.run(kind, people)
        with databases.filled(kind, people) as environment:
            if name in ("ledger", "load"):
                databases.child(environment, "pile")
            return databases.child(environment, name)
