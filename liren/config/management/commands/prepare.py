"""prepare (准备): what bin/serve asks for before the first request, in one process."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from liren.config.planning import count_tables, is_behind

# Ships scripts of its own, one of which names a file that is not there; ours are vendored in core/pages.
UNUSED = ["django_htmx"]


class Command(BaseCommand):
    """prepare (准备): migrate, collect static files, load the demo community."""

    help = "整理数据库、页面文件，首次启动时载入演示社区"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("steps", nargs="+", choices=["schema", "static", "demo"])

    def handle(self, *args: Any, steps: list[str], **options: Any) -> None:
        changed = "schema" in steps and is_behind()
        if "schema" in steps:
            call_command("migrate", interactive=False, verbosity=1)
        if "static" in steps:
            call_command("collectstatic", interactive=False, clear=True, verbosity=0, ignore_patterns=UNUSED)
        if "demo" in steps and not get_user_model().objects.exists():
            call_command("load_demo")
            changed = True
        if changed:
            count_tables()
