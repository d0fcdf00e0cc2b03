"""worker (后台进程): takes the jobs that wait in the database."""

import fcntl
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection
from django_tasks_db.management.commands import db_worker

from liren.core.matters.jobs import keep_minding
from liren.core.notices import jobs
from liren.core.notices.actions.results import pick_up
from liren.core.notices.models import Message
from liren.duties.governance.appeals.orders.jobs import go_on_interrupted


class Command(db_worker.Command):
    """worker (后台进程): the worker of the library, which begins by looking after what a killed one left behind."""

    help = "后台进程：做排着队的任务（bin/serve 会自动运行它）"

    def handle(self, *args: Any, **options: Any) -> None:
        with (Path(settings.DATA_DIR) / "worker.lock").open("a") as lock:
            alone = stands_alone(lock)
            if Message.objects.open().exists():
                jobs.watch()
                pick_up(alone=alone, by=None)
            go_on_interrupted(alone=alone)
            keep_minding()
            super().handle(*args, **options)


def stands_alone(lock: IO[str]) -> bool:
    """Whether no other worker is at this database; from now on later ones see this one, until its process ends.

    A lock of the system goes with its process, however that ends. It can only speak for SQLite: a server's database
    may have workers on other machines.
    """
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        first = True
    except BlockingIOError:
        first = False
    fcntl.flock(lock, fcntl.LOCK_SH)
    return first and connection.vendor == "sqlite"
