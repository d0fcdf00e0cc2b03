"""Reads every duty and every door into the book at start."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DutyConfig(AppConfig):
    """The book of duties."""

    name = "liren.core.duty"

    def ready(self) -> None:
        from liren.core import duty

        autodiscover_modules("facts", "privacy", "duty", "door")
        duty.check_book()
