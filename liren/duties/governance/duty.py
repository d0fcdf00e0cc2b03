"""治理调解: what residents ask for, what is dangerous, and what comes from above."""

from liren.core.duty import Duty, MenuItem, register

from .appeals.kind import KINDS as APPEAL_KINDS
from .appeals.ledgers import LEDGERS as APPEAL_LEDGERS
from .general.kind import KINDS as GENERAL_KINDS
from .hazards.kind import KINDS as HAZARD_KINDS
from .hazards.ledgers import LEDGERS as HAZARD_LEDGERS

register(
    Duty(
        key="governance",
        name="治理调解",
        seal="zhi",
        order=3,
        menu=(
            MenuItem(
                "诉求",
                "governance:appeals",
                seal="zhi",
                ability="matters.see",
                group="duties",
                order=30,
                words="12345 工单 热线 三率 热点 每月一题 suqiu sq gongdan gd",
            ),
            MenuItem(
                "安全隐患",
                "governance:hazards",
                seal="zhi",
                ability="matters.see",
                group="duties",
                order=31,
                words="隐患 巡查 整改通知 复查 销号 消防 检查点 yinhuan yh xuncha xc",
            ),
        ),
        ledgers=(*APPEAL_LEDGERS, *HAZARD_LEDGERS),
        kinds=(*APPEAL_KINDS, *HAZARD_KINDS, *GENERAL_KINDS),
    )
)
