"""What the worker does for imports: one line each."""

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from .models import ImportBatch


@task()
def read(batch: int) -> None:
    """Reads the files of a batch and compares them with the register."""
    from .actions.reading import read_batch

    read_batch(ImportBatch.objects.get(pk=batch))


@task()
def apply(batch: int) -> None:
    """Writes a batch into the register."""
    from .actions.applying import run_applying

    run_applying(ImportBatch.objects.get(pk=batch))


@task()
def undo(batch: int) -> None:
    """Takes a batch back."""
    from .actions.undoing import run_undoing

    run_undoing(ImportBatch.objects.get(pk=batch))


def is_waiting(batch: int) -> bool:
    """Whether a job for this batch stands in the queue and nobody has begun it: it is not dead, it has its turn to come."""
    queued = DBTaskResult.objects.ready().filter(task_path__startswith=f"{__name__}.")
    return any(args.get("args") == [batch] for args in queued.values_list("args_kwargs", flat=True))
