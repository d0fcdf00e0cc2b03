"""Log (日志): one line of JSON for each event, in the data folder, without personal data.

What people typed or looked for never gets here: a foreign message is written as its template, without the values
put into it; an error as its kind and the lines of code it passed, without its text; an address as its route.
"""

import logging
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import structlog
from structlog.typing import EventDict, WrappedLogger

# Their messages carry only numbers of tasks and names of functions, and are useless without them.
PLAIN = ("django_tasks", "django_tasks_db", "liren")


def settings(folder: Path) -> dict[str, Any]:
    """Django's LOGGING, writing to `folder`/liren.log."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "liren.config.logs.formatter"}},
        "filters": {"plain": {"()": "liren.config.logs.fill_in_the_plain"}},
        "handlers": {
            "file": {
                "class": "logging.FileHandler",
                "filename": folder / "liren.log",
                "encoding": "utf-8",
                "delay": True,
                "formatter": "json",
                "filters": ["plain"],
            },
        },
        "root": {"handlers": ["file"], "level": "WARNING"},
        "loggers": {
            # Replaces Django's own handlers, which would print addresses and send mail.
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR"},
            "django_tasks": {"level": "INFO"},
            "django_tasks_db": {"level": "INFO"},
            "liren": {"level": "INFO"},
        },
    }


def start() -> None:
    """Lead the lines of structlog through the same file and form."""
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def formatter() -> structlog.stdlib.ProcessorFormatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_shared(),
        use_get_message=False,
        processors=[
            _kind_and_frames,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def fill_in_the_plain() -> Callable[[logging.LogRecord], bool]:
    """A logging filter that drops nothing, and puts the values into messages that hold no personal data."""

    def fill_in(record: logging.LogRecord) -> bool:
        if record.name.startswith(PLAIN) and isinstance(record.msg, str):
            record.msg, record.args = record.getMessage(), None
        return True

    return fill_in


def _shared() -> list[Any]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]


def _kind_and_frames(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """The text of an error may quote what somebody typed, so only its kind and its way are kept."""
    given = event.pop("exc_info", None) or getattr(event.get("_record"), "exc_info", None)
    error = given[1] if isinstance(given, tuple) else sys.exception() if given is True else given
    if isinstance(error, BaseException):
        event["error"] = f"{type(error).__module__}.{type(error).__qualname__}"
        event["way"] = [
            f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)[-12:]
        ]
    event.pop("stack_info", None)
    return event
