"""``bin/manage verify_trace``: proves that no trace was altered, removed or put in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from liren.core.audit.actions import verify
from liren.core.audit.models import Trace


class Command(BaseCommand):
    help = "查验留痕：有没有被改动、删去或插入"

    def handle(self, *args: Any, **options: Any) -> None:
        breaks = list(verify())
        for sentence in breaks:
            self.stderr.write(sentence)
        if breaks:
            raise CommandError(f"留痕不完整，有 {len(breaks)} 处")
        self.stdout.write(f"留痕完整，共 {Trace.objects.count()} 条")
