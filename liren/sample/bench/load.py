"""Load bench (并发测速): twenty colleagues and two hundred residents at once, on the server as bin/serve starts it.

Everybody rests 0.6 s on the average between an answer and the next look, all stay signed in, nothing is kept by the
browser. Of a hundred looks of a colleague 30 are the workbench, 20 the list, 30 one of the own open matters, 5 a search
over everything, 15 a remark written to a matter; of a resident 40 the first page, 22 the own matters, 28 one of them
with its story, 8 the announcements, 2 more words handed in. Static files, which a browser fetches once, are not asked
for. The floor is what the same server answers when there is nothing to do.
"""

import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from random import Random
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.matters.actions import PartyDraft, open_matter
from liren.core.matters.models import Matter
from liren.core.rules.models import Rule
from liren.doors.portal.accounts import token_hash
from liren.doors.portal.actions.accounts import open_account
from liren.doors.portal.floods import QUOTAS
from liren.doors.portal.models import ResidentAccount, ResidentSession, Submission

from ..invented import mobile
from .machine import database
from .visitors import Ask, visit

STAFF, RESIDENTS, SECONDS, PAUSE = 20, 200, 60.0, 0.6
# A worker that has just begun reads its templates and modules with the first visitors: they are not measured.
WARM_UP = 15.0


def measure() -> dict[str, Any]:
    """Requests a second, quantiles and errors; the floor beside it."""
    community = Area.objects.communities()[0]
    visitors = [*_staff(community), *_residents(community)]
    port = _free_port()
    server = subprocess.Popen(  # noqa: S603
        [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "2",
            "--blocking-threads", "2", "--no-ws", "--log-level", "error", "liren.config.wsgi:application",
        ],
        cwd=settings.ROOT, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(port)
        floor = visit(port, [("", _nothing)] * 32, pause=0, seconds=5)
        visit(port, visitors, pause=PAUSE, seconds=WARM_UP)
        told = visit(port, visitors, pause=PAUSE, seconds=SECONDS)
    finally:
        server.terminate()
        server.wait()
    every = sorted(moment for times in told.times.values() for moment in times)
    return {
        "database": database(),
        "matters": Matter.objects.count(),
        "staff": STAFF,
        "residents": RESIDENTS,
        "mean_pause_s": PAUSE,
        "requests_per_s": round(len(every) / told.seconds, 1),
        "floor_requests_per_s": round(sum(map(len, floor.times.values())) / floor.seconds, 1),
        "p50_ms": _at(every, 0.5),
        "p95_ms": _at(every, 0.95),
        "max_ms": _at(every, 1),
        "errors": told.errors,
        "of_each": {
            name: [len(times), _at(sorted(times), 0.5), _at(sorted(times), 0.95)]
            for name, times in sorted(told.times.items())
        },
    }


def _at(ordered: list[float], share: float) -> float:
    return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000, 1) if ordered else 0.0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    """Until every worker answers. The port is open long before: what waits there would be measured as slow."""
    for _ in range(600):
        began = time.monotonic()
        answers = visit(port, [("", _nothing)] * 16, pause=0, seconds=0.5)
        took = [moment for times in answers.times.values() for moment in times]
        if len(took) > 100 and not answers.errors and time.monotonic() - began < 2:
            return
        time.sleep(0.1)
    raise RuntimeError("the server did not come up")


def _nothing(dice: Random) -> Iterator[Ask]:
    while True:
        yield Ask("healthz", "/healthz")


def _staff(community: Area) -> list[tuple[str, Any]]:
    """Colleagues of the community, signed in; when there are fewer than twenty, some sit at two computers."""
    users = list(User.objects.filter(posts__area__path__startswith=community.path, is_active=True).distinct())
    engine = import_module(settings.SESSION_ENGINE)
    visitors = []
    for place in range(STAFF):
        user = users[place % len(users)]
        session = engine.SessionStore()
        session[SESSION_KEY], session[BACKEND_SESSION_KEY] = (
            str(user.pk),
            settings.AUTHENTICATION_BACKENDS[-1],
        )
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        own = list(Matter.objects.visible_to(user).open().order_by("-key").values_list("pk", flat=True)[:300])
        visitors.append((f"{settings.SESSION_COOKIE_NAME}={session.session_key}", _office(own)))
    return visitors


def _office(matters: list[int]) -> Any:
    def asks(dice: Random) -> Iterator[Ask]:
        while True:
            one = dice.choice(matters)
            yield dice.choices(
                (
                    Ask("workbench", "/"),
                    Ask("list", "/matters/"),
                    Ask("one matter", f"/matters/{one}/"),
                    Ask("find", f"/search/?q={quote(dice.choice('王李张刘陈'))}"),
                    Ask(
                        "comment",
                        f"/matters/{one}/comment/",
                        f"text={quote('打过电话')}&once={secrets.token_hex(8)}",
                    ),
                ),
                (30, 20, 30, 5, 15),
            )[0]

    return asks


def _residents(community: Area) -> list[tuple[str, Any]]:
    """Residents with an account, a session and a matter of their own; all come from one address here."""
    if not Rule.objects.filter(key="portal.posts_per_address").exists():
        for quota in QUOTAS.values():
            Rule.objects.create(
                key=quota.rule, value=1_000_000, from_on=timezone.localdate(), basis="测速", confirmed=False
            )
    for number in range(ResidentAccount.objects.filter(community=community).count(), RESIDENTS):
        account = open_account(
            mobile(7_000_000 + number), community=community, agreed_to="2026-01-01", by=None
        )
        matter = open_matter(
            "governance.errand", community=community, title="帮忙取药", source="portal", who="居民",
            parties=[PartyDraft(name="居民", phone=account.phone)], by=None,
        )  # fmt: skip
        Submission.objects.create(community=community, matter=matter, account=account)
    visitors = []
    for account in ResidentAccount.objects.filter(community=community)[:RESIDENTS]:
        token = secrets.token_urlsafe(24)
        ResidentSession.objects.create(account=account, token_hash=token_hash(token))
        own = list(Submission.objects.filter(account=account).values_list("matter_id", flat=True))
        visitors.append((f"liren_resident={token}", _home(f"/p/{community.code}/", own)))
    return visitors


def _home(start: str, own: list[int]) -> Any:
    def asks(dice: Random) -> Iterator[Ask]:
        mine = f"{start}mine/{dice.choice(own)}/"
        while True:
            yield dice.choices(
                (
                    Ask("portal home", start),
                    Ask("portal mine", f"{start}mine/"),
                    Ask("portal progress", mine),
                    Ask("portal announcements", f"{start}announcements/"),
                    Ask(
                        "portal word", f"{mine}more/", f"words={quote('还在漏')}&once={secrets.token_hex(8)}m"
                    ),
                ),
                (40, 22, 28, 8, 2),
            )[0]

    return asks
