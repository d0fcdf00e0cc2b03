"""fill_forms (填一批表): every blank form of a folder, from one community file."""

import datetime
import json
import os
import sys
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from liren.core.duty import Refused
from liren.sample.formfilling import DataSet, data_set, filled, index_of
from liren.sample.throwaway import MARK, in_own_folder


class Command(BaseCommand):
    """fill_forms (填一批表): targets and days from the folder's index.json."""

    help = "按社区数据填一个文件夹里的全部空表；给谁填看其中的 index.json（不碰真正的登记册）"
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")
        parser.add_argument("--data-set", type=Path, required=True, help="社区数据 community.json")
        parser.add_argument("--out", type=Path, required=True, help="填好的表写到哪个文件夹")

    def handle(self, *args: Any, **options: Any) -> None:
        if MARK not in os.environ:
            code = in_own_folder(sys.argv[1:])
            if code:
                sys.exit(code)
            return
        out: Path = options["out"]
        try:
            forms = index_of(options["folder"])
            out.mkdir(parents=True, exist_ok=True)
            call_command("migrate", verbosity=0)
            with data_set(options["data_set"]) as data:
                done = sum(self._one(options["folder"], entry, data, out) for entry in forms)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as trouble:
            raise CommandError(f"打不开 {options['folder']}：{trouble.strerror}") from None
        if not done:
            raise CommandError("没有一张表能填。")

    def _one(self, folder: Path, entry: dict[str, Any], data: DataSet, out: Path) -> bool:
        path = folder / entry["file"]
        day = datetime.date.fromisoformat(entry["as_of"]) if entry.get("as_of") else None
        try:
            result = filled(path, data, target=entry.get("target"), as_of=day)
        except Refused as refusal:
            self.stderr.write(f"{path.name}：{refusal}")
            return False
        except OSError as trouble:
            self.stderr.write(f"{path.name}：打不开（{trouble.strerror}）")
            return False
        (out / f"{path.stem}.{result.ending}").write_bytes(result.content)
        explain = out / f"{path.stem}.explain.json"
        explain.write_text(json.dumps(result.report.as_dict(), ensure_ascii=False, indent=1), "utf-8")
        self.stdout.write(f"{path.name}：{result.report.summary}")
        return True
