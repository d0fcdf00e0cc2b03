"""What the worker does for imports: one line each."""

from django_tasks import task

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
