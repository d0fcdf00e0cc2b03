"""Whatever the moment at which a worker is killed, and however many there are: no message is lost, none is doubled."""

import datetime
import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from liren.core.notices.actions import send_to_groups
from liren.core.notices.models import Message

from .gateway import Gateway

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.enable_socket]
PROJECT = Path(__file__).parents[4]
FACTS = {"number": "治-2026-0137", "kind": "邻里纠纷", "due": datetime.date(2026, 7, 14), "link": "/"}
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def worker(tmp_path: Path, house_gateway: Gateway, village: Any) -> Start:
    """Starts a worker on a copy of the database; on PostgreSQL on this very one."""
    environ = os.environ | {
        "LIREN_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "liren.config.settings",
        "GATEWAY": house_gateway.place,
    }

    def start(point: str, *messages: Message, at: float = 0.0) -> "subprocess.Popen[str]":
        if not (tmp_path / "keys").exists():
            copy_to(tmp_path, environ)
        command = [sys.executable, "-W", "ignore", "-m", "liren.core.notices.tests.dying", point]
        return subprocess.Popen(
            [*command, *(str(message.pk) for message in messages)],
            cwd=PROJECT,
            env=environ | {"START": str(at)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


def copy_to(folder: Path, environ: dict[str, str]) -> None:
    shutil.copytree(Path(os.environ["LIREN_DATA"]) / "keys", folder / "keys")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM INTO '{folder / 'liren.sqlite3'}'")
        return
    known = connection.settings_dict
    environ["LIREN_DATABASE_URL"] = (
        f"postgresql://{known['USER']}:{known['PASSWORD']}@/{known['NAME']}?host={known['HOST']}"
        + (f"&port={known['PORT']}" if known["PORT"] else "")
    )


def ended(process: "subprocess.Popen[str]") -> tuple[int, list[str]]:
    """How it ended, and the states that it saw at last."""
    said, complaint = process.communicate(timeout=180)
    assert process.returncode in (0, -signal.SIGKILL), complaint
    return process.returncode, said.split()


def told(village: Any, key: str = "治-2026-0137:overdue") -> Message:
    [message] = send_to_groups(
        village.community, occasion="overdue", template="matters.overdue", facts=FACTS, key=key, by=None
    )
    return message


@pytest.mark.parametrize(("point", "arrived"), [("before", 0), ("after", 1)])
def test_a_gateway_that_knows_numbers_gets_it_in_the_end_once(
    village: Any, house_gateway: Gateway, opened: Callable[..., Any], worker: Start, point: str, arrived: int
) -> None:
    opened(kind="webhook", address=house_gateway.url)
    message = told(village)
    assert ended(worker(point, message)) == (-signal.SIGKILL, [])
    assert len(house_gateway.got) == arrived
    assert ended(worker("later", message)) == (0, ["sent"])
    assert house_gateway.numbers == {str(message.reference)} and len(house_gateway.got) == arrived + 1


def test_a_robot_that_knows_no_numbers_waits_for_a_person(
    village: Any, house_gateway: Gateway, opened: Callable[..., Any], worker: Start
) -> None:
    opened()
    message = told(village)
    assert ended(worker("before", message)) == (-signal.SIGKILL, [])
    assert ended(worker("later", message)) == (0, ["uncertain"])
    assert ended(worker("later", message)) == (0, ["uncertain"])


def test_two_workers_never_send_the_same_message(
    village: Any, house_gateway: Gateway, opened: Callable[..., Any], worker: Start
) -> None:
    opened(kind="webhook", address=house_gateway.url)
    messages = [told(village, key=f"治-2026-{number:04}") for number in range(30)]
    start = time.time() + 4
    workers = [worker("race", *messages, at=start) for _ in range(3)]
    for one in workers:
        assert ended(one)[0] == 0
    times = Counter(one["facts"]["id"] for one in house_gateway.got)
    assert times == {str(message.reference): 1 for message in messages}
