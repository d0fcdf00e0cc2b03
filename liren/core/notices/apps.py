"""Reads what may be said at start, so that a template with a forbidden slot stops the house and not a message."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The inbox and the outbox."""

    name = "liren.core.notices"

    def ready(self) -> None:
        from .wording import occasions, templates

        templates()
        occasions()
