"""What was started is kept running, and nothing of it stays behind, however the end comes."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from . import tree

pytestmark = pytest.mark.enable_socket

# Stands for the web server, with a process of its own below it as the real one has.
WEB = """
import http.server, os, subprocess, sys
below = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
open(sys.argv[2], "w").write(f"{os.getpid()} {below.pid}")
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"ok")
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
"""
WORKER = 'import os, sys, time; open(sys.argv[1], "w").write(str(os.getpid())); time.sleep(600)'
HOUSE = """
import json, sys, pathlib
from house.supervisor import Child, Supervisor
children, logs, port = json.loads(sys.argv[1])
house = Supervisor([Child(name, command, 5) for name, command in children], logs=pathlib.Path(logs), variables={})
sys.exit(house.run("127.0.0.1", port, lambda: print("ready", flush=True)))
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(true, seconds=90):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = true()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("waited in vain")


def numbers(path):
    return [int(word) for word in path.read_text().split()] if path.exists() else []


def lives(number):
    """Whether a process runs; one that ended and was not yet asked for is dead."""
    try:
        with open(f"/proc/{number}/stat") as stat:
            return stat.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.fixture
def start(tmp_path):
    """Starts a supervisor over the children given and ends whatever is left."""
    running = []

    def begin(children, port):
        told = json.dumps([children, str(tmp_path), port])
        house = subprocess.Popen(
            [sys.executable, "-c", HOUSE, told], cwd=tree.ROOT / "bin", stdout=subprocess.PIPE, text=True
        )
        running.append(house)
        return house

    yield begin
    for house in running:
        house.kill()
        house.wait()
        house.stdout.close()


@pytest.fixture
def house(start, tmp_path):
    port = free_port()
    web, worker = tmp_path / "web.pid", tmp_path / "worker.pid"
    children = [
        ["web", [sys.executable, "-c", WEB, str(port), str(web)]],
        ["worker", [sys.executable, "-c", WORKER, str(worker)]],
    ]
    process = start(children, port)
    assert process.stdout.readline() == "ready\n"
    until(lambda: numbers(worker))
    return process, port, web, worker


def everybody(web, worker):
    return [*numbers(web), *numbers(worker)]


def test_it_answers_and_stops_on_request(house):
    process, port, web, worker = house
    assert urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz").status == 200
    family = everybody(web, worker)
    assert len(family) == 3 and all(map(lives, family))
    process.terminate()
    assert process.wait(15) == 0
    assert not any(map(lives, family))


def test_a_child_that_falls_is_started_again_with_all_below_it_cleared(house):
    process, _, web, _ = house
    before = numbers(web)
    os.kill(before[0], signal.SIGKILL)
    until(lambda: len(numbers(web)) == 2 and numbers(web) != before)
    assert not lives(before[1])
    assert process.poll() is None


def test_nothing_stays_when_the_supervisor_is_killed_hard(house):
    process, _, web, worker = house
    main_processes = [numbers(web)[0], numbers(worker)[0]]
    process.kill()
    until(lambda: not any(map(lives, main_processes)))
    os.kill(numbers(web)[1], signal.SIGKILL)  # a real web server ends its own; this one does not


def test_a_child_that_cannot_start_is_given_up_with_its_last_words(start, tmp_path):
    broken = [["web", [sys.executable, "-c", "raise SystemExit('the port is haunted')"]]]
    process = start(broken, free_port())
    assert process.wait(30) != 0
    assert "the port is haunted" in (tmp_path / "serve.log").read_text()


def test_a_long_log_is_moved_aside(tmp_path):
    from house import supervisor

    log = tmp_path / "serve.log"
    for turn in range(supervisor.LOGS_KEPT + 2):
        log.write_bytes(b"%d" % turn * supervisor.LOG_LIMIT)
        supervisor.rotate(log)
        assert log.stat().st_size == 0
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == ["serve.log", *(f"serve.log.{n}" for n in range(1, supervisor.LOGS_KEPT + 1))]
