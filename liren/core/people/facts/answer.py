"""Answer (答案): what the register says when a form asks one thing of somebody."""

import datetime
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """What the register says: a value (text, whole number, ISO date, yes or no), and its code where it has one."""

    value: Any = None
    code: str = ""
    source: str = ""
    verified: datetime.date | None = None
    person: int | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is anything to write."""
        return self.value not in (None, "", [])


NOTHING = Answer()
