"""import_rosters (核对导入): imports rosters into a throw-away register and writes what it then holds as JSON."""

import json
import os
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from liren.core.duty import Refused
from liren.sample.throwaway import MARK, imported, in_own_folder


class Command(BaseCommand):
    """import_rosters (核对导入): each roster into an empty register of its own, which goes when the command is done."""

    help = "把名册导入一个用完即弃的登记册，把结果写成 JSON（不碰真正的登记册）"
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--places", type=Path, required=True, help="社区、网格和楼栋的 JSON")
        parser.add_argument("--dump", type=Path, required=True, help="写结果的文件夹")

    def handle(self, *args: Any, **options: Any) -> None:
        if MARK not in os.environ:
            code = in_own_folder(sys.argv[1:])
            if code:
                sys.exit(code)
            return
        folder: Path = options["dump"]
        folder.mkdir(parents=True, exist_ok=True)
        refused = 0
        try:
            for file, outcome in imported(options["files"], options["places"]):
                refused += self._tell(file, outcome, folder)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        if refused == len(options["files"]):
            raise CommandError("没有一个文件能导入。")

    def _tell(self, file: Path, outcome: dict[str, Any] | Refused, folder: Path) -> bool:
        if isinstance(outcome, Refused):
            self.stderr.write(f"{file.name}：{outcome}")
            return True
        target = folder / f"{file.stem}.json"
        target.write_text(json.dumps(outcome, ensure_ascii=False, indent=1), "utf-8")
        self.stdout.write(f"{file.name}：{len(outcome['persons'])} 人，{len(outcome['problems'])} 个问题")
        return False
