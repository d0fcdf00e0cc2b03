"""What the worker does for files of orders: one line each."""

from django_tasks import task

from ..models import OrderFile


@task()
def take(file: int) -> None:
    """Takes a file over."""
    from .actions.running import run_taking

    run_taking(OrderFile.objects.get(pk=file))


def go_on_interrupted(*, alone: bool = False) -> None:
    """Files whose job was killed, which cannot say so itself: for the schedule, and for a worker that begins."""
    from .actions.running import rescue

    for file in OrderFile.objects.running():
        rescue(file, alone=alone, by=None)
