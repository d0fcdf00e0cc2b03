"""Arranging (安排填表): from a filling as it is kept to the setting it is filled in, and its file with its report."""

import hashlib
import json
from typing import Any

from django.utils import timezone

from liren.core.documents.actions import content_of
from liren.core.people.facts.asked import lexicon
from liren.core.privacy.cipher import seal, unseal
from liren.core.sheets.forms.lexicon import plain
from liren.core.sheets.forms.opening import open_form
from liren.core.sheets.forms.plan import plan_of

from .filling import Filled, fill
from .models import Filling
from .records import from_ledger
from .setting import Setting, Target


def setting_of(filling: Filling, user: Any, *, masked: bool = False) -> Setting:
    """The setting of a filling, for one who looks at it."""
    setting = Setting(filling.community, timezone.localdate(), user, masked=masked)
    setting.as_of = filling.as_of
    setting.told = dict(filling.told)
    setting.people_told = dict(filling.people_told)
    setting.typed = typed_in(filling)
    setting.records = from_ledger(filling.community, user)
    if filling.target_kind and filling.target is not None:
        setting.target = Target(filling.target_kind, filling.target)
    return setting


def typed_in(filling: Filling) -> dict[str, str]:
    """What was typed by hand, by place."""
    return dict(json.loads(unseal(filling.typed_sealed))) if filling.typed_sealed else {}


def typed_sealed(values: dict[str, str]) -> bytes:
    """The same, sealed."""
    return seal(json.dumps(values, ensure_ascii=False))


def filled_now(filling: Filling, user: Any, *, masked: bool = False) -> Filled:
    """The form filled from the register as it is now."""
    return fill(content_of(filling.document), setting_of(filling, user, masked=masked), name=filling.name)


def fingerprint_of(content: bytes) -> str:
    """The same for every blank with these headings. Refuses what is no form."""
    plan = plan_of(open_form(content).form, lexicon())
    paths = sorted("/".join(plain(part) for part in place.path) for place in plan.places())
    return hashlib.sha256("\n".join(paths).encode()).hexdigest()[:32]


def on_paper(filling: Filling, done: Filled, content: bytes, mark: str, password: str = "") -> bytes:
    """The marked file as a PDF, locked like the file itself."""
    from liren.core.sheets.paper import in_pdf

    return in_pdf(content, done.ending, title=filling.name, heads=done.heads, mark=mark, password=password)


def snapshot_of(done: Filled) -> dict[str, Any]:
    """Lists by keys and figures by what they count: what the next filling is compared with."""
    lists: dict[str, Any] = {}
    for note in done.report.populations:
        if note.kind != "count":
            lists[note.sheet] = {"tree": note.tree, "count": note.count, "keys": []}
    for line in done.report.lines:
        if line.sheet in lists:
            lists[line.sheet]["keys"].append(line.key)
    figures = {
        figure["key"]: {"label": figure["label"], "value": figure["value"]}
        for figure in done.report.figures
        if figure.get("key")
    }
    return {"lists": lists, "figures": figures}
