"""worker (后台进程): takes the jobs that wait in the database."""

from typing import Any

from django_tasks_db.management.commands import db_worker

from liren.core.matters.jobs import keep_minding
from liren.core.notices import jobs
from liren.core.notices.models import Message


class Command(db_worker.Command):
    """worker (后台进程): the worker of the library, which begins by looking after what a killed one left behind."""

    help = "后台进程：做排着队的任务（bin/serve 会自动运行它）"

    def handle(self, *args: Any, **options: Any) -> None:
        if Message.objects.open().exists():
            jobs.watch()
        keep_minding()
        super().handle(*args, **options)
