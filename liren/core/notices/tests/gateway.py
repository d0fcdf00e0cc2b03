"""A gateway on this machine: a real HTTP server that remembers what it was sent and answers as told."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Gateway:
    """What came in, and the answers to come: a status, or a status and JSON; 0 hangs up, -1 never answers."""

    def __init__(self) -> None:
        self.got: list[dict[str, Any]] = []
        self.answers: list[int | tuple[int, Any]] = []
        self.released = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.place = f"127.0.0.1:{self.server.server_address[1]}"
        self.url = f"http://{self.place}/in?token=geheim-1234567890"

    @property
    def numbers(self) -> set[str]:
        """What a gateway that knows numbers keeps: each message once."""
        return {one["facts"]["id"] for one in self.got}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers["Content-Length"]))
                gateway.got.append(
                    {"path": self.path, "headers": dict(self.headers), "facts": json.loads(raw)}
                )
                answer = gateway.answers.pop(0) if gateway.answers else 200
                status, facts = answer if isinstance(answer, tuple) else (answer, {"errcode": 0, "code": 0})
                if status == -1:
                    gateway.released.wait(5)
                if status <= 0:
                    self.close_connection = True
                    return
                body = json.dumps(facts).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: Any) -> None:
                """Says nothing."""

        return Handler


@contextmanager
def gateway() -> Iterator[Gateway]:
    """A running gateway."""
    running = Gateway()
    thread = threading.Thread(target=running.server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield running
    finally:
        running.released.set()
        running.server.shutdown()
        running.server.server_close()
        thread.join(5)


def nobody() -> str:
    """A place on this machine where nobody listens."""
    with gateway() as gone:
        place = gone.place
    time.sleep(0.01)
    return place
