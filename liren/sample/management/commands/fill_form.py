"""fill_form (填一张表): fills one blank form from a community file, in a register that is thrown away."""

import datetime
import json
import os
import sys
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from liren.core.duty import Refused
from liren.sample.formfilling import data_set, filled
from liren.sample.throwaway import MARK, in_own_folder


class Command(BaseCommand):
    """fill_form (填一张表): the filled file, and where every cell comes from."""

    help = "按社区数据填一张空表，写出填好的表和逐格说明（不碰真正的登记册）"
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("form", type=Path, metavar="FORM")
        parser.add_argument("--data-set", type=Path, required=True, help="社区数据 community.json")
        parser.add_argument("--out", type=Path, required=True, help="填好的表写到哪里")
        parser.add_argument("--explain", type=Path, help="逐格说明（JSON）写到哪里")
        parser.add_argument(
            "--target", default="", help="给谁填：人、户、房的 key 或证件号；名册和统计表不用写"
        )
        parser.add_argument("--as-of", type=datetime.date.fromisoformat, help="哪一天的情况，默认用数据里的")

    def handle(self, *args: Any, **options: Any) -> None:
        if MARK not in os.environ:
            code = in_own_folder(sys.argv[1:])
            if code:
                sys.exit(code)
            return
        try:
            call_command("migrate", verbosity=0)
            with data_set(options["data_set"]) as data:
                done = filled(options["form"], data, target=options["target"], as_of=options["as_of"])
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as trouble:
            raise CommandError(f"打不开 {options['form']}：{trouble.strerror}") from None
        options["out"].write_bytes(done.content)
        if options["explain"]:
            options["explain"].write_text(
                json.dumps(done.report.as_dict(), ensure_ascii=False, indent=1), "utf-8"
            )
        self.stdout.write(done.report.summary)
