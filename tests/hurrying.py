"""A colleague in a hurry, run as a process of its own: opens matters and moves them over HTTP as fast as the house answers.

Every deed carries a token. An answer that never came is asked for again with the same token, as a browser would after
a lost connection; a deed counts as acknowledged when the redirect has arrived, and only then is it written down.

    python -m tests.hurrying ADDRESS USERNAME PASSWORD NOTES STOP
"""

import re
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from http.client import HTTPException
from http.cookiejar import CookieJar
from pathlib import Path


class Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is the acknowledgement; nobody follows it."""

    def redirect_request(self, *args, **kwargs):
        return None


class Colleague:
    """One browser of one account."""

    def __init__(self, address):
        self.address, self.cookies = address, CookieJar()
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), Stay)

    def ask(self, path, facts=None):
        """Status, where it leads, and the page; again and again while nobody answers."""
        if facts is not None:
            token = next((each.value for each in self.cookies if each.name == "csrftoken"), "")
            facts = urllib.parse.urlencode({**facts, "csrfmiddlewaretoken": token}).encode()
        for _ in range(600):
            try:
                with self.browser.open(self.address + path, facts, timeout=60) as answer:
                    return answer.status, "", answer.read().decode()
            except urllib.error.HTTPError as answer:
                if answer.code < 500:
                    return answer.code, answer.headers.get("Location", ""), answer.read().decode()
            except (OSError, HTTPException):
                pass
            time.sleep(0.05)
        raise SystemExit(f"nobody answers {path}")

    def sign_in(self, username, password):
        self.ask("/sign-in/")
        status, _, page = self.ask("/sign-in/", {"username": username, "password": password})
        if status != 302:
            raise SystemExit(f"{username}: {status} {page[-2000:]}")


def main(address, username, password, notes, stop):
    colleague = Colleague(address)
    colleague.sign_in(username, password)
    _, _, page = colleague.ask("/matters/new/governance.errand/")
    area = re.search(r'name="area"[^>]*value="(\d+)"', page) or re.search(r'<option value="(\d+)"', page)
    with Path(notes).open("a", buffering=1) as book:
        for number in range(10_000):
            if Path(stop).exists():
                return
            once = uuid.uuid4().hex
            facts = {"title": f"{username} 第 {number} 件", "source": "counter", "once": once, "danger": "on",
                     "area": area[1] if area else ""}  # fmt: skip
            status, where, page = colleague.ask("/matters/new/governance.errand/", facts)
            if status != 302:
                raise SystemExit(f"not opened: {status} {page[-2500:]}")
            pk = re.search(r"/matters/(\d+)/", where)[1]
            book.write(f"open {once} {pk}\n")
            for key in ("begin", "wait"):
                once = uuid.uuid4().hex
                status, where, page = colleague.ask(
                    f"/matters/{pk}/move/{key}/", {"note": "写一句", "once": once}
                )
                if status != 302:
                    raise SystemExit(f"not moved: {status} {page[-2500:]}")
                book.write(f"{key} {once} {pk}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
