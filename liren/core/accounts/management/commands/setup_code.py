"""``bin/manage setup_code``: prints the code that guards the set-up page, good for once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from liren.core.accounts.actions import make_setup_code
from liren.core.duty import Refused


class Command(BaseCommand):
    help = "印一个初始设置码：没有账号的时候，用它打开 /setup/"

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            code = make_setup_code(by=None)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(
            f"第一次用：请打开 /setup/ ，填这个初始设置码  First set-up code for /setup/:  {code}"
        )
