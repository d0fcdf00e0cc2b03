"""A real browser before the real server: fixtures of the journeys. Without Chromium they say so and are skipped.

``browse(user)`` opens a page in which somebody has signed in; ``axe(page)`` holds it against the rules of
accessibility; whatever the page's console complains of fails the test at its end.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

# Playwright keeps an event loop in this thread, and Django would refuse the database beside one.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SETTLED = """() => Promise.all(document.getAnimations()
    .filter(each => each.playState === "running" && Number.isFinite(each.effect.getComputedTiming().endTime))
    .map(each => each.finished.catch(() => null)))"""
# Beside other tests on two cores a page can take its time: what is waited for comes, or it never does.
PATIENCE = 90_000
DESK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


def chromium_path() -> str | None:
    """The Chromium of this machine; LIREN_CHROMIUM names another."""
    return os.environ.get("LIREN_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for the whole run."""
    path = chromium_path()
    if not path:
        pytest.skip("no Chromium on this machine: browser journeys not run (apt install chromium)")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium: Any, live_server: Any) -> Iterator[Callable[..., Any]]:
    """``page = browse(village.secretary, size=PHONE, prefs={"size": "large"})``; then ``page.goto("/residents/")``."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def opened(
        user: Any = None, *, size: dict[str, int] = DESK, prefs: dict[str, str] | None = None, **more: Any
    ) -> Any:
        more.setdefault("accept_downloads", True)
        context = chromium.new_context(viewport=size, locale="zh-CN", base_url=live_server.url, **more)
        contexts.append(context)
        if user:
            context.add_cookies([session_of(user, live_server.url)])
        for name, value in (prefs or {}).items():
            context.add_init_script(f"localStorage.setItem('liren.{name}', '{value}')")
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on("console", lambda line: complaints.append(line.text) if is_complaint(line) else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints, "the browser complained: " + "; ".join(complaints)


def is_complaint(line: Any) -> bool:
    """Errors on the console, save for answers that a story asks for (404, 409 …) and what axe itself causes."""
    return line.type == "error" and not any(
        known in line.text
        for known in ("status of 4", "Status Error Code 4", "Applying inline style violates")
    )


def session_of(user: Any, url: str) -> dict[str, Any]:
    """The cookie of somebody who has signed in."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


@pytest.fixture(scope="session")
def axe() -> Callable[[Any], None]:
    """``axe(page)``: no violation of WCAG 2.2 AA or of good practice on the page as it stands, open dialogs included."""

    def checked(page: Any) -> None:
        # A colour on its way to another has a contrast that nobody is meant to read.
        page.evaluate(SETTLED)
        session = page.context.new_cdp_session(page)
        session.send("Runtime.evaluate", {"expression": AXE})
        question = (
            f"axe.run(document, {{runOnly: {json.dumps(RULES)}}}).then(r => JSON.stringify(r.violations))"
        )
        answer = session.send(
            "Runtime.evaluate", {"expression": question, "awaitPromise": True, "returnByValue": True}
        )
        session.detach()
        violations = json.loads(answer["result"]["value"])
        said = [f"{v['id']}: {v['help']} — {node['target']}" for v in violations for node in v["nodes"][:3]]
        assert not said, f"{page.url}\n" + "\n".join(said)

    return checked


@pytest.fixture(scope="session")
def look() -> Callable[[Any, str], None]:
    """``look(page, "workbench")``: a picture into the folder LIREN_SHOTS names, for eyes and for the manual."""
    folder = os.environ.get("LIREN_SHOTS")

    def taken(page: Any, name: str) -> None:
        if folder:
            page.screenshot(path=str(Path(folder) / f"{name}.png"))

    return taken
