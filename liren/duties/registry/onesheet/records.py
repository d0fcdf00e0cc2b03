"""Records (事项记录): matters as rows that a ledger form can be filled from, and the words by which forms ask for them."""

import datetime
import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.matters.kinds import all_kinds
from liren.core.matters.models import Matter
from liren.core.sheets.forms.lexicon import Lexicon, Words, words_from

from .setting import Record

# What a title calls the matters it is about.
KINDS = (
    ("dispute", re.compile(r"矛盾|纠纷|调解")),
    ("hazard", re.compile(r"隐患|安全检查|安全排查|消防检查|风险排查")),
    ("appeal", re.compile(r"诉求|投诉|12345|民生实事|民情|来访接待|工单")),
)


@lru_cache(maxsize=1)
def matter_lexicon() -> Lexicon:
    """What forms ask of matters."""
    said = tomllib.loads((Path(__file__).parent / "matter_asked.toml").read_text("utf-8"))
    unknown, neutral = tuple(said["unknown"]["words"]), tuple(said["neutral"]["words"])
    return Lexicon(Words(words_from(said["asked"].items()), (), unknown, neutral))


def kind_in(text: str) -> str:
    """The kind of matter a title speaks of; "" for none."""
    return next((kind for kind, pattern in KINDS if pattern.search(text)), "")


def from_ledger(community: Area, user: Any) -> Any:
    """The records of the ledger that a user may know of."""

    def records(kind: str, since: datetime.date | None, until: datetime.date | None) -> Sequence[Record]:
        pattern = dict(KINDS)[kind]
        keys = [each.key for each in all_kinds() if pattern.search(each.name)]
        found = Matter.objects.visible_to(user).filter(community=community, kind__in=keys, merged_into=None)
        if since:
            found = found.filter(opened_at__date__gte=since)
        if until:
            found = found.filter(opened_at__date__lte=until)
        rows = found.select_related("area", "holder", "house__building", "building").prefetch_related(
            "parties__person"
        )
        return [_record(matter) for matter in rows.order_by("opened_at", "key")]

    return records


def _record(matter: Matter) -> Record:
    parties = list(matter.parties.all())
    open_names = [party.shown for party in parties if not party.keeps_name]
    return {
        "key": matter.key,
        "number": matter.number,
        "found": timezone.localdate(matter.opened_at).isoformat(),
        "grid": matter.area.name if matter.area.level == Area.Level.GRID else "",
        "parties": "、".join(open_names),
        "party_a": open_names[0] if open_names else "",
        "party_b": open_names[1] if len(open_names) > 1 else "",
        "phone": next((party.phone for party in parties if not party.keeps_name), ""),
        "category": matter.cause_name or matter.of_kind.name,
        "description": matter.title,
        "place": matter.where,
        "building": matter.building.name if matter.building else "",
        "handler": matter.holder.name if matter.holder else "",
        "state": matter.at_stage.name,
        "result": matter.outcome_name,
        "finished": timezone.localdate(matter.closed_at).isoformat() if matter.closed_at else "",
        "open": matter.is_open,
    }
