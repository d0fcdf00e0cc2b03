"""Hearing (听说): a merge settles the doubt about two records, wherever it was made; taking it back opens it again."""

from django.utils import timezone

from liren.core.people.models import Person

from .models import DoubtfulPair


def merged(kept: Person, gone: Person) -> None:
    """The two are one now."""
    DoubtfulPair.objects.between(kept, gone).update(
        state=DoubtfulPair.State.MERGED, decided_at=timezone.now()
    )


def unmerged(kept: Person, back: Person) -> None:
    """They are two again, and somebody has to look."""
    DoubtfulPair.objects.between(kept, back).update(
        state=DoubtfulPair.State.OPEN, decided_by=None, decided_at=None
    )
