"""Ledger bench (台账测速): the workbench, the list, one matter and one move, over a hundred thousand matters.

The floor of a page is the empty answer of the same server; that of a move is one row changed and one written.
"""

import time
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.matters import actions
from liren.core.matters.models import Entry, Matter

from .asking import Took, quantiles, queries, signed_in, timed
from .machine import database

TIMES = 60


def measure() -> dict[str, Any]:
    """p50, p95 and statements of each page and of a move, beside their floors."""
    user = User.objects.get(username="worker")
    open_ones = list(Matter.objects.open().filter(kind="governance.errand").order_by("-key")[:400])
    found: dict[str, Any] = {
        "database": database(),
        "matters": Matter.objects.count(),
        "entries": Entry.objects.count(),
    }
    client = signed_in()
    pages = {
        "floor: healthz": lambda number: "/healthz",
        "workbench": lambda number: "/",
        "list": lambda number: "/matters/",
        "list, overdue": lambda number: "/matters/?state=overdue",
        "list, page 9": lambda number: "/matters/?page=9",
        "list, words": lambda number: f"/matters/?q={number % 10}漏水",
        "one matter": lambda number: f"/matters/{open_ones[number].pk}/",
    }
    for name, address in pages.items():
        urls = [address(number) for number in range(TIMES)]
        for url in urls[:3]:
            timed(client, url)
        counts = [queries(client, url) for url in urls[:5]]
        found[name] = quantiles([timed(client, url) for url in urls]) | {
            "queries": [min(counts), max(counts)]
        }
    found["floor: one row changed, one written"] = _floor(open_ones)
    found["move"] = _moves(open_ones, user)
    return found


def _floor(matters: list[Matter]) -> dict[str, float]:
    """A change and a line in one transaction, as plain as can be."""
    times = []
    for matter in matters[:200]:
        with _Watch() as watch, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE matters_matter SET moved_at = moved_at WHERE key = %s", [matter.pk])
            cursor.execute(
                "INSERT INTO matters_entry (matter_id, at, who, what, before, stage, note, particulars, public) "
                "VALUES (%s, %s, '', 'comment', '', '', '', '{}', %s)",
                [matter.pk, timezone.now(), False],
            )
        times.append(watch.took)
    return quantiles(times)


def _moves(matters: list[Matter], user: User) -> dict[str, Any]:
    times = []
    onwards = {"new": "begin", "doing": "wait", "waiting": "go_on"}
    with CaptureQueriesContext(connection) as seen:
        actions.move(matters[0], onwards[matters[0].stage], note="等物业回话", by=user)
    for matter in matters[1:100]:
        stage = matter.stage
        for _ in range(3):
            with _Watch() as watch:
                stage = actions.move(matter, onwards[stage], note="等物业回话", by=user).stage
            times.append(watch.took)
    return quantiles(times) | {"queries": len(seen)}


class _Watch:
    """Takes the time of one deed."""

    def __enter__(self) -> "_Watch":
        self._start = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *error: object) -> None:
        clock, cpu = self._start
        self.took = Took((time.perf_counter() - clock) * 1000, (time.process_time() - cpu) * 1000)
