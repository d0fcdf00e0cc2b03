"""Import rosters (导入名册) from the command line and write what was understood as JSON."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from liren.core.sheets.safety import Unreadable
from liren.doors.imports.reading import Guide, read_roster
from liren.doors.imports.reading.dumping import dump


class Command(BaseCommand):
    # reading needs no pages, models or database
    requires_system_checks: list[str] = []
    help = "读取名册，把认出的居民和问题写成 JSON（不改动登记册）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--places", type=Path, required=True, help="社区、网格和楼栋的 JSON")
        parser.add_argument("--dump", type=Path, required=True, help="写结果的文件夹")

    def handle(self, *args: Any, **options: Any) -> None:
        guide = Guide.from_places(options["places"])
        folder: Path = options["dump"]
        folder.mkdir(parents=True, exist_ok=True)
        refused = 0
        for file in options["files"]:
            try:
                reading = read_roster(file, guide)
            except Unreadable as refusal:
                refused += 1
                self.stderr.write(f"{file.name}：{refusal}")
                continue
            target = folder / f"{file.stem}.json"
            target.write_text(json.dumps(dump(reading, guide), ensure_ascii=False, indent=1), "utf-8")
            self.stdout.write(f"{file.name}：{len(reading.people)} 人，{len(reading.problems)} 个问题")
        if refused == len(options["files"]):
            raise CommandError("没有一个文件能读取。")
