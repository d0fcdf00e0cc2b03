"""What runs by itself in this room."""

from .actions import open_due_turns


def list_due_forms() -> None:
    """Forms that come again become tasks some days before they are due."""
    open_due_turns(by=None)
