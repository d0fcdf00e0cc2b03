"""Asking (发问): whole requests through every middleware, as a worker who has signed in, without a network."""

import statistics
import time
from typing import Any, NamedTuple

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from liren.core.accounts.models import User


def signed_in(username: str = "worker") -> Client:
    """A browser of one of the people of the crowd."""
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


class Took(NamedTuple):
    """Milliseconds of one request: on the clock, and of this process alone."""

    clock: float
    cpu: float


def timed(client: Client, url: str, **facts: Any) -> Took:
    """Sends one request. Anything but a page is an error."""
    clock, cpu = time.perf_counter(), time.process_time()
    answer = client.get(url, **facts)
    took = Took((time.perf_counter() - clock) * 1000, (time.process_time() - cpu) * 1000)
    if answer.status_code != 200:
        raise RuntimeError(f"{url}: {answer.status_code}")
    return took


def queries(client: Client, url: str) -> int:
    """How many statements one request sends."""
    with CaptureQueriesContext(connection) as seen:
        client.get(url)
    return len(seen)


def quantiles(times: list[Took]) -> dict[str, float]:
    """p50, p95 and the slowest, in milliseconds; `cpu_p95_ms` is what would be left on a machine with nothing else."""
    clock, cpu = (sorted(column) for column in zip(*times, strict=True))
    return {
        "p50_ms": round(statistics.median(clock), 1),
        "p95_ms": round(_at(clock, 0.95), 1),
        "max_ms": round(clock[-1], 1),
        "cpu_p95_ms": round(_at(cpu, 0.95), 1),
    }


def _at(ordered: list[float], share: float) -> float:
    return ordered[max(0, int(len(ordered) * share) - 1)]
