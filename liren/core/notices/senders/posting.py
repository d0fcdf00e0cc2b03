"""One POST of JSON with time limits, and the one question that matters: may it have arrived?"""

import http.client
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ..outcomes import Outcome

CONNECT, ANSWER = 5.0, 10.0  # seconds
MOST = 64 * 1024
# Said before the other side took it in: 429 too many, 503 come back later.
LATER = {429, 503}


@dataclass(frozen=True)
class Answered:
    """What came back: how it ended, the words for people, and the JSON of an answer that was well."""

    outcome: Outcome
    words: str
    content: Any = None


def post(url: str, facts: Mapping[str, Any], *, headers: Mapping[str, str] | None = None) -> Answered:
    """Posts and tells a line that never stood from one that broke. Redirects are not followed."""
    parts = urlsplit(url)
    link = _link(parts.scheme, parts.hostname or "", parts.port)
    body = json.dumps(facts, ensure_ascii=False).encode()
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    named = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Liren", **(headers or {})}
    try:
        link.connect()
    except OSError:
        link.close()
        return Answered(Outcome.UNREACHABLE, "连不上对方的服务器")
    try:
        link.sock.settimeout(ANSWER)
        link.request("POST", path, body, named)
        answer = link.getresponse()
        return _judged(answer.status, answer.read(MOST))
    except TimeoutError:
        return Answered(Outcome.UNKNOWN, "对方迟迟没有回话，不知道收没收到")
    except (OSError, http.client.HTTPException):
        return Answered(Outcome.UNKNOWN, "发的时候断了，不知道对方收没收到")
    finally:
        link.close()


def _link(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=CONNECT, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=CONNECT)


def _judged(status: int, raw: bytes) -> Answered:
    if 200 <= status < 300:
        try:
            return Answered(Outcome.SENT, "", json.loads(raw) if raw.strip() else None)
        except ValueError:
            return Answered(Outcome.SENT, "")
    if status in LATER:
        return Answered(Outcome.UNREACHABLE, f"对方说现在太忙（{status}）")
    if status >= 500:
        return Answered(Outcome.UNKNOWN, f"对方的服务器出了错（{status}），不知道收没收到")
    return Answered(Outcome.REFUSED, f"对方不收（{status}），看看地址是不是换了")
