"""Loading (载入): the demo from the first area to the last event."""

import datetime
import json
from pathlib import Path
from random import Random

from django.db import transaction
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.people.actions import open_source, register_rows
from liren.core.people.models import Label
from liren.core.privacy.tiers import Tier
from liren.duties.registry.quality.actions import look_through

from .appeals import bring_appeals
from .building import build, build_neighbour, open_areas
from .channels import open_mail_list
from .earlier import earlier_months
from .errands import run_errands
from .events import happen
from .flaws import spoil
from .former import former_residents
from .hazards import find_hazards
from .inbound import bring_tasks
from .layout import COMMUNITY, NEIGHBOUR
from .portal import open_portal
from .residents import Census
from .staff import Account, hire
from .worklog import keep_log

SEED = 20260101


@transaction.atomic
def load_demo(folder: Path) -> list[Account]:
    """Fills an empty register and notes the accounts in the data folder. Refuses a register that is in use."""
    if Area.objects.exists():
        raise Refused("已经有数据了，演示社区只能载入空的数据目录")
    areas = open_areas()
    users, accounts = hire(areas)
    secretary = users["shuji"]
    census = Census(Random(SEED), COMMUNITY[1])
    drafts = build(census, areas, by=secretary)
    spoil(census, drafts)
    drafts += former_residents(census, drafts)
    source = open_source(
        community=areas["community"],
        kind="sample",
        title="柳荫里社区居民信息底册（2021年起）",
        at=timezone.make_aware(datetime.datetime(2021, 3, 15, 9)),
        by=secretary,
    )
    register_rows(drafts, community=areas["community"], source=source, by=secretary)
    _draw_circles(areas["community"], secretary, users)
    happen(areas["community"], users, Random(SEED + 1))
    _load_neighbour(areas, users)
    look_through(areas["community"], by=None)
    earlier_months(areas["community"], users, Random(SEED + 3))
    run_errands(areas["community"], users)
    bring_appeals(areas["community"], users)
    find_hazards(areas["community"], users)
    bring_tasks(areas["community"], users)
    keep_log(areas["community"], users)
    open_portal(areas["community"], users)
    open_mail_list(areas["community"], users)
    _note(folder, accounts)
    return accounts


def _load_neighbour(areas: dict[str | int, Area], users: dict[str, User]) -> None:
    head = users["linshe"]
    census = Census(Random(SEED + 2), NEIGHBOUR[1], counter=20_000)
    drafts = build_neighbour(census, areas, by=head)
    source = open_source(community=areas["neighbour"], kind="sample", title="桂花园社区居民信息底册", by=head)
    register_rows(drafts, community=areas["neighbour"], source=source, by=head)
    _draw_circles(areas["neighbour"], head, {})


def _draw_circles(community: Area, head: User, users: dict[str, User]) -> None:
    """Who may know of restricted labels: the secretary, and the worker whom the line has named."""
    for label in Label.objects.filter(community=community, tier=Tier.T3):
        named = users.get("weijian" if label.line == "health" else "zongzhi")
        label.circle.add(head, *([named] if named else []))


def _note(folder: Path, accounts: list[Account]) -> None:
    """The lines that are printed at every start, and the same for programs."""
    facts = [account.facts() for account in accounts]
    (folder / "demo.json").write_text(json.dumps(facts, ensure_ascii=False, indent=1), "utf-8")
    (folder / "demo").write_text("\n".join(account.line() for account in accounts) + "\n", "utf-8")
