"""The one command: what it says when it cannot, and that it does what the README promises."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest
from house import environment

from . import tree

pytestmark = pytest.mark.enable_socket


def serve(*arguments, **variables):
    return subprocess.Popen(
        [sys.executable, str(tree.ROOT / "bin" / "serve"), *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **variables},
    )


def refusal(*arguments, **variables):
    process = serve(*arguments, **variables)
    said, _ = process.communicate(timeout=180)
    assert process.returncode == 1
    return said


def test_a_taken_port_is_named_with_a_way_out(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = refusal("--port", port, "--data", tmp_path)
    assert f"端口 {port} 已被别的程序占用" in said
    assert f"--port {port + 1}" in said


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()
    said = refusal("--data", tmp_path / "file" / "var")
    assert "无法写入数据目录" in said and "--data" in said


def test_an_environment_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    said = refusal(
        "--data", tmp_path / "var", "--port", free_port(), LIREN_ENV=str(tmp_path / "file" / "env")
    )
    assert "LIREN_ENV" in said


def test_an_old_python_is_told_what_is_needed():
    head = (tree.ROOT / "bin" / "serve").read_text().split("from house", 1)[0]
    old = head.replace("sys.version_info < (3, 11)", "True")
    done = subprocess.run([sys.executable, "-c", old], capture_output=True, text=True)
    assert done.returncode == 1
    assert "Python 3.11" in done.stderr and "里仁需要" in done.stderr


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until_told(process, pattern):
    """Reads on until a line matches."""
    said = []
    for line in process.stdout:
        said.append(line)
        if found := re.search(pattern, line):
            return found
    raise AssertionError("".join(said))


@pytest.mark.skipif(
    not environment.is_ready(), reason="the environment is not the one of the lock: bin/test makes it so"
)
def test_an_empty_house_starts_answers_and_stops(tmp_path):
    port, data = free_port(), tmp_path / "var"
    for _turn in ("first", "second"):
        process = serve("--port", port, "--data", data, "--empty")
        try:
            address = until_told(process, r"(http://\S+/)").group(1)
            answer = urllib.request.urlopen(f"{address}healthz")  # noqa: S310
            assert answer.read() == b"ok" and answer.headers["X-Request-Id"]
            assert "已经有一个里仁在运行" in refusal("--data", data)
        finally:
            process.send_signal(signal.SIGINT)
            rest, _ = process.communicate(timeout=180)
        assert process.returncode == 0 and "Stopped" in rest
    assert {path.stat().st_mode & 0o077 for path in data.rglob("*")} == {0}
