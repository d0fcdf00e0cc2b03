"""check_deploy (上线检查): what is missing before real data may come."""

import sys
from collections.abc import Callable, Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from liren.config.deployment import AREAS, Finding, missing

MARKS = {"missing": "✘ 缺", "advice": "△ 建议", "well": "✔"}


class Command(BaseCommand):
    """check_deploy (上线检查): prints every finding and fails when something is missing."""

    help = "上线检查：说明正式使用前还缺什么；有缺项时退出码为 1"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        lacking = 0
        for area, look in AREAS.items():
            self.stdout.write(f"{area}")
            for finding in self._findings(look):
                lacking += finding.state == "missing"
                self.stdout.write(f"  {MARKS[finding.state]} {finding.text}")
        if lacking:
            self.stdout.write(f"\n还缺 {lacking} 项，暂不要用于真实数据。做法见 docs/operate/。")
            sys.exit(1)
        self.stdout.write("\n没有缺项，可以上线。")

    def _findings(self, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
        try:
            yield from look()
        except DatabaseError:
            yield missing("问不了数据库：连接不上，或表还没有建好（bin/manage migrate）")
