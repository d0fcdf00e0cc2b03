"""Asking (发问): whole requests through every middleware, as a worker who has signed in, without a network."""

import statistics
import time
from typing import Any

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


def timed(client: Client, url: str, **headers: str) -> tuple[float, Any]:
    """Milliseconds of one request, and its answer."""
    began = time.perf_counter()
    answer = client.get(url, **headers)  # type: ignore[arg-type]
    took = (time.perf_counter() - began) * 1000
    if answer.status_code != 200:
        raise RuntimeError(f"{url}: {answer.status_code}")
    return took, answer


def queries(client: Client, url: str) -> int:
    """How many statements one request sends."""
    with CaptureQueriesContext(connection) as seen:
        client.get(url)
    return len(seen)


def quantiles(times: list[float]) -> dict[str, float]:
    """p50, p95 and the slowest, in milliseconds."""
    ordered = sorted(times)
    return {
        "p50_ms": round(statistics.median(ordered), 1),
        "p95_ms": round(ordered[int(len(ordered) * 0.95) - 1], 1),
        "max_ms": round(ordered[-1], 1),
    }
