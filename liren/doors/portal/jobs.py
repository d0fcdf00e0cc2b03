"""Jobs of the portal for the schedule."""

from . import actions, floods


def sweep_portal() -> None:
    """Codes, sessions, counts and drafts past their time."""
    actions.sweep_codes(by=None)
    actions.sweep_drafts(by=None)
    floods.forget_tallies(by=None)
