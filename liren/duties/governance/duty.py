"""治理调解: what residents ask for, what is dangerous, and what comes from above."""

from liren.core.duty import Duty, register

from .appeals.kind import KINDS as APPEAL_KINDS
from .general.kind import KINDS as GENERAL_KINDS

register(
    Duty(
        key="governance",
        name="治理调解",
        seal="zhi",
        order=3,
        kinds=(*APPEAL_KINDS, *GENERAL_KINDS),
    )
)
