"""Urgency classes (办理时限分类): how fast the city wants an appeal solved. Each is a rule; a site turns them on and off."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from liren.core.rules import number
from liren.core.rules.limits import limit


@dataclass(frozen=True)
class UrgencyClass:
    """One class: key, and what it is called where the limit itself does not say it."""

    key: str
    name: str

    @property
    def rule(self) -> str:
        """The rule that says how long."""
        return f"governance.appeal_solve_{self.key}"

    @property
    def switch(self) -> str:
        """The rule that says whether the class is used here."""
        return f"governance.appeal_uses_{self.key}"


CLASSES = (
    UrgencyClass("h2", "突发、危险、停水停电"),
    UrgencyClass("h24", "当天要回音的"),
    UrgencyClass("w5", "一般诉求"),
    UrgencyClass("d7", "要协调几家的"),
    UrgencyClass("d15", "要立项、要动工的"),
)
BY_KEY = {each.key: each for each in CLASSES}
RULES = {each.key: each.rule for each in CLASSES}
# What is not said otherwise is of this class, or of the first that is used here.
USUAL = "w5"


def used_in(area: Any) -> list[UrgencyClass]:
    """The classes that are turned on in an area; never none."""
    return [each for each in CLASSES if number(each.switch, area=area)] or [BY_KEY[USUAL]]


def usual_in(area: Any, *, danger: bool = False) -> str:
    """The class of what comes without one: the fastest where there is danger, else the usual one."""
    used = [each.key for each in used_in(area)]
    return used[0] if danger or USUAL not in used else USUAL


def name_of(key: str, area: Any) -> str:
    """``5 个工作日（一般诉求）``."""
    found = BY_KEY.get(key)
    return f"{limit(found.rule, area=area).words}（{found.name}）" if found else ""


def choices(area: Any) -> Iterator[tuple[str, str]]:
    """What a form offers."""
    return ((each.key, name_of(each.key, area)) for each in used_in(area))
