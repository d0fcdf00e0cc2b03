"""demo_accounts (演示账号): who can sign in to the demo."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """demo_accounts (演示账号): as printed at the start."""

    help = "列出演示账号"

    def handle(self, *args: Any, **options: Any) -> None:
        note = settings.DATA_DIR / "demo"
        if not note.exists():
            raise CommandError("这个数据目录里没有演示社区")
        self.stdout.write(note.read_text("utf-8"), ending="")
