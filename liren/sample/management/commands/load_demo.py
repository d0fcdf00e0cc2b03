"""load_demo (载入演示社区): an invented community, the same on every machine."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from liren.core.duty import Refused
from liren.core.people.models import Household, Person
from liren.sample.demo import load_demo
from liren.sample.demo.rosters import write_rosters


class Command(BaseCommand):
    """load_demo (载入演示社区): for a data folder that is empty still."""

    help = "在空的数据目录里载入演示社区，并记下演示账号"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--rosters", type=Path, help="另把两份练习用的名册写到这个文件夹")

    def handle(self, *args: Any, rosters: Path | None, **options: Any) -> None:
        try:
            accounts = load_demo(settings.DATA_DIR)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        if rosters:
            write_rosters(rosters)
        self.stdout.write(
            f"演示社区已载入：{Household.objects.filter(closed_on=None).count()} 户、"
            f"{Person.objects.present().count()} 人、{len(accounts)} 个账号"
        )
