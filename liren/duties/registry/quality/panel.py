"""Panel (工作台卡片): what is most wrong, on the workbench."""

from typing import Any

from django.urls import reverse

from liren.core.duty import Panel
from liren.core.pages.words import thousands

from .checks import CHECKS, Severity
from .counting import figures

SHOWN = 4


def quality(user: Any) -> Panel | None:
    """The checks that cannot be true and find something, worst first; nothing for those who see no residents."""
    if not user.can("people.see"):
        return None
    known = figures(user)
    found = known.counts
    wrong = [each for each in CHECKS if each.severity == Severity.WRONG and found.get(each.key)]
    wrong.sort(key=lambda each: -found[each.key])
    return Panel(
        title="数据质量",
        rows=tuple(
            (each.name, f"{thousands(found[each.key])} {each.subject.unit}", each.url)
            for each in wrong[:SHOWN]
        ),
        url=reverse("registry:quality"),
        icon="list-check",
        count=known.wrong,
        empty="没有互相矛盾的地方。",
    )
