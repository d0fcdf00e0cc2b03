"""load_truth (载入社区数据): a whole community from one JSON file of the samples' form."""

import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from liren.core.duty import Refused
from liren.sample.truth import load_people, load_places, read_community


class Command(BaseCommand):
    """load_truth (载入社区数据): all of the file, or nothing of it."""

    help = "载入一个社区的全部数据：区域、网格、楼栋、房屋、家庭、人员、标签和关系"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="community.json")
        parser.add_argument(
            "--as-of", type=datetime.date.fromisoformat, help="数据截至哪一天，默认用文件里的"
        )
        parser.add_argument("--places", action="store_true", help="只载入区域、网格和楼栋")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            file = read_community(options["file"])
            with transaction.atomic():
                places = load_places(file, houses=not options["places"], by=None)
                entered = 0
                if not options["places"]:
                    entered = load_people(file, places, as_of=options["as_of"], by=None)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(
            f"{places.community}：{len(places.grids)} 个网格、{len(places.buildings)} 幢楼、"
            f"{len(places.houses)} 户房屋、{len(file.households) if entered else 0} 户家庭、{entered} 人"
        )
