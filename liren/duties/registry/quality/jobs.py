"""What the worker does for this room: one line each."""

from django_tasks import task

from liren.core.areas.models import Area

from .actions import look_through


@task()
def sweep(community: int) -> None:
    """Goes through a community."""
    look_through(Area.objects.get(pk=community), by=None)


def sweep_everywhere() -> None:
    """Goes through every community, for the schedule."""
    for community in Area.objects.communities().filter(closed_on=None):
        look_through(community, by=None)
