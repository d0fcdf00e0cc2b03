"""What the worker does for the ledger by itself."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

HOUR = timedelta(hours=1)


@task()
def mind_clocks() -> dict[str, int]:
    """Reminds and escalates, and comes again in an hour."""
    from .actions.minding import mind_clocks as mind

    keep_minding(first=False)
    return mind()


def keep_minding(*, first: bool = True) -> None:
    """Makes sure that one turn is waiting: at once when the worker starts, else in an hour."""
    waiting = DBTaskResult.objects.filter(task_path=mind_clocks.module_path, status=TaskResultStatus.READY)
    if not waiting.exists():
        due = timezone.now() + (timedelta() if first else HOUR)
        (mind_clocks if first else mind_clocks.using(run_after=due)).enqueue()


def mind_nightly() -> None:
    """What the schedule calls once a day."""
    from .actions.minding import mind_nightly as mind

    mind()
