"""The real server, loaded from several processes and killed without warning, again and again.

What was acknowledged is there, once; numbers run without gap or double; no notice is lost, none goes out twice.
"""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from . import tree
from .test_serve import free_port

pytestmark = pytest.mark.enable_socket
COLLEAGUES = ("secretary", "deputy", "line_worker")
ROUNDS = 5

MAKE = """
import os, django
django.setup()
from django.core.management import call_command
call_command("prepare", "schema", "static", verbosity=0)
from liren.sample.village import build
village = build()
from liren.core.notices.actions import open_channel
open_channel(village.community, name="值班群", kind="webhook", address=os.environ["GATEWAY"], occasions=["urgent"],
             by=village.secretary)
"""
ASK = """
import django, json
django.setup()
from liren.core.matters.models import Entry, Matter, Series, Todo
from liren.core.notices.models import Message, Notice
from liren.core.audit.actions import verify
errands = Matter.objects.filter(kind="governance.errand")
print(json.dumps({
    "opened": [[m.once, m.pk, m.number, m.stage] for m in errands],
    "last": [[s.sign, s.last] for s in Series.objects.all()],
    "moves": list(Entry.objects.exclude(once=None).values_list("once", flat=True)),
    "entries": [[e.matter_id, e.what] for e in Entry.objects.filter(matter__in=errands)],
    "mains": list(Todo.objects.open().main().values_list("matter_id", flat=True)),
    "messages": [[m.key, m.state] for m in Message.objects.all()],
    "notices": Notice.objects.count(), "kinds_of_notices": Notice.objects.values("user", "key").distinct().count(),
    "breaks": list(verify()),
}))
"""
OPEN = """
import django, json
django.setup()
from liren.core.notices.models import Message
print(json.dumps(list(Message.objects.open().values_list("state", "tries", "last_error"))))
"""


class House:
    """Web server and worker on one data folder, in a process group that can be killed."""

    def __init__(self, folder, gateway):
        self.folder, self.port = folder, free_port()
        (folder / "var").mkdir()
        self.environ = {
            **os.environ, "LIREN_DATA": str(folder / "var"), "DJANGO_SETTINGS_MODULE": "liren.config.settings",
            "LIREN_DATABASE_URL": "", "GATEWAY": gateway, "LIREN_GATEWAYS": gateway.split("/")[2],
            "PYTHONWARNINGS": "ignore",
        }  # fmt: skip
        self.children = []

    def run(self, code):
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=tree.ROOT, env=self.environ, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def open(self):
        self.log = (self.folder / "log").open("a")
        web = ["-m", "granian", "--interface", "wsgi", "--port", str(self.port), "--workers", "2", "--no-ws",
               "liren.config.wsgi:application"]  # fmt: skip
        work = ["manage.py", "worker", "--queue-name=*", "--no-startup-delay"]
        self.children = [
            subprocess.Popen(
                [sys.executable, *arguments],
                cwd=tree.ROOT,
                env=self.environ,
                stdout=self.log,
                stderr=self.log,
                start_new_session=True,
            )
            for arguments in (web, work)
        ]

    def kill(self):
        for child in self.children:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        self.log.close()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture
def gateway():
    """Takes notes of every message and is slow enough to be caught in the middle of one."""
    heard = []

    class Listening(BaseHTTPRequestHandler):
        def do_POST(self):
            heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"])))["id"])
            time.sleep(0.05)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Listening)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/notices", heard
    server.shutdown()
    server.server_close()


@pytest.fixture
def house(tmp_path, gateway):
    house = House(tmp_path, gateway[0])
    house.run(MAKE)
    house.open()
    yield house
    house.kill()


def answers(address):
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:  # noqa: S310
            return answer.status == 200
    except OSError:
        return False


def until(what, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.2)
    return False


def test_nothing_acknowledged_is_lost_and_nothing_is_done_twice(house, gateway, tmp_path):
    from liren.sample.village import PASSWORD

    assert until(lambda: answers(house.address), 180)
    stop, dice = tmp_path / "stop", random.Random(7)
    books = {name: tmp_path / f"{name}.txt" for name in COLLEAGUES}
    colleagues = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.hurrying", house.address, name, PASSWORD, str(book), str(stop)],
            cwd=tree.ROOT, stderr=subprocess.PIPE, text=True,
        )
        for name, book in books.items()
    ]  # fmt: skip
    try:
        for _ in range(ROUNDS):
            enough = sum(map(written, books.values())) + 6
            assert until(lambda enough=enough: sum(map(written, books.values())) > enough, 300), said(
                tmp_path
            )
            time.sleep(dice.random())
            house.kill()
            house.open()
        assert until(lambda: answers(house.address), 180)
    finally:
        stop.touch()
        ends = [colleague.communicate(timeout=300)[1] for colleague in colleagues]
    assert [colleague.returncode for colleague in colleagues] == [0, 0, 0], ends
    assert until(lambda: not under_way(house), 300), under_way(house)
    weigh(json.loads(house.run(ASK)), books, gateway[1])


def written(book):
    return len(book.read_text().splitlines()) if book.exists() else 0


def said(folder):
    return (folder / "log").read_text()[-3000:]


def under_way(house):
    return json.loads(house.run(OPEN))


def weigh(known, books, heard):
    """Everything that must be true of what the database holds."""
    lines = [line.split() for book in books.values() for line in book.read_text().splitlines()]
    assert len([line for line in lines if line[0] == "open"]) >= ROUNDS
    opened = {once: pk for once, pk, _, _ in known["opened"]}
    for what, once, pk in lines:
        if what == "open":
            assert opened[once] == int(pk)
        else:
            assert known["moves"].count(once) == 1
    numbers = sorted(int(number.rsplit("-", 1)[1]) for _, _, number, _ in known["opened"])
    assert numbers == list(range(1, len(numbers) + 1))
    assert dict(known["last"])["办"] == len(numbers)
    told = [tuple(entry) for entry in known["entries"] if entry[1] in ("open", "begin", "wait")]
    assert len(told) == len(set(told))
    assert sorted(known["mains"]) == sorted(pk for _, pk, _, stage in known["opened"] if stage != "done")
    keys = [key for key, _ in known["messages"]]
    assert len(keys) == len(set(keys)) == len(numbers), "one message for each urgent matter"
    assert all(state == "sent" for _, state in known["messages"])
    # A gateway drops what it has had already, by its number: what it took is one of each, and nothing is missing.
    assert len(set(heard)) == len(keys)
    assert known["notices"] == known["kinds_of_notices"]
    assert known["breaks"] == []
