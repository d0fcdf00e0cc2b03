"""daily (每日清理): what the schedule lists for once a day."""

import sys
from typing import Any

import structlog
from django.core.management.base import BaseCommand

from liren.config.schedule import DAILY

log = structlog.get_logger("liren.daily")


class Command(BaseCommand):
    """daily (每日清理): runs each entry of the schedule; one that fails does not keep the others."""

    help = "每日清理：过期会话、旧任务记录等（bin/serve 会每天自动运行）"

    def handle(self, *args: Any, **options: Any) -> None:
        failed = []
        for name, run in DAILY.items():
            try:
                run()
            except Exception:
                log.exception("daily entry failed", entry=name)
                failed.append(name)
        self.stdout.write(f"每日清理完成 {len(DAILY) - len(failed)}/{len(DAILY)} 项")
        sys.exit(1 if failed else 0)
