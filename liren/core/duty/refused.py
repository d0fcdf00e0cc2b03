"""Refused (不予办理): the one way in which an action says no."""


class Refused(Exception):
    """A refusal whose text is a sentence fit for the user; every door turns it into its own kind of answer."""
