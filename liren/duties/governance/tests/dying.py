"""A worker that takes orders over and is killed at a chosen bite, or begins after a kill and goes on: a process of its
own, python -m liren.duties.governance.tests.dying.
"""

import os
import sys

import django


def main(bite: int) -> None:
    """Begins as the worker does, then works on all that waits; ends without a word in that bite (0: never)."""
    from django_tasks_db.models import DBTaskResult

    from liren.duties.governance.appeals.orders.actions import run_taking, taking
    from liren.duties.governance.appeals.orders.jobs import go_on_interrupted
    from liren.duties.governance.models import OrderFile
    from liren.sample.elsewhere import killed_in

    taking.BITE = 3
    if bite:
        killed_in(taking, "_bitten", turn=bite)
    go_on_interrupted(alone=True)
    waiting = DBTaskResult.objects.ready()
    for number in [job.args_kwargs["args"][0] for job in waiting]:
        waiting.filter(args_kwargs__args=[number]).delete()  # begun: it stands in the queue no more
        file = run_taking(OrderFile.objects.get(pk=number))
        print(file.opened, file.tries, file.message, flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liren.config.settings")
    django.setup()
    main(int(sys.argv[1]))
