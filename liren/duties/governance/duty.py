"""治理调解: what residents ask for, what is dangerous, and what comes from above."""

from liren.core.duty import Ability, Duty, MenuItem, register

from .appeals.kind import KINDS as APPEAL_KINDS
from .appeals.ledgers import LEDGERS as APPEAL_LEDGERS
from .general.kind import KINDS as GENERAL_KINDS
from .hazards.kind import KINDS as HAZARD_KINDS
from .hazards.ledgers import LEDGERS as HAZARD_LEDGERS
from .inbound import hearing as inbound_hearing
from .inbound.kind import KINDS as INBOUND_KINDS
from .inbound.ledgers import LEDGERS as INBOUND_LEDGERS
from .inbound.panels import of_the_month, to_admit

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
            MenuItem(
                "上级交办",
                "governance:inbound",
                seal="zhi",
                ability="matters.see",
                group="duties",
                order=32,
                words="任务 收件 粘贴 微信 准入 退回 派任务 shangji sj jiaoban jb zhantie zt",
            ),
            MenuItem(
                "负担报告",
                "governance:burden",
                icon="chart-bar",
                ability="matters.see",
                group="palette",
                words="减负 报表 用时 fudan fd jianfu jf",
            ),
            MenuItem(
                "职责清单",
                "governance:duty_items",
                icon="list-check",
                ability="matters.see",
                group="palette",
                words="三张清单 协助 负面 证明 zhize zz qingdan qd",
            ),
            MenuItem(
                "年度日历",
                "governance:inbound_calendar",
                icon="calendar-event",
                ability="matters.see",
                group="palette",
                words="全年 计划 每月 niandu nd rili rl",
            ),
        ),
        abilities=(
            Ability("inbound.admit", "审定上级交办、管职责清单"),
            Ability("inbound.send", "给社区派任务"),
        ),
        panels=(to_admit, of_the_month),
        ledgers=(*APPEAL_LEDGERS, *HAZARD_LEDGERS, *INBOUND_LEDGERS),
        kinds=(*APPEAL_KINDS, *HAZARD_KINDS, *INBOUND_KINDS, *GENERAL_KINDS),
        hears={"form.handed_out": inbound_hearing.form_handed_out},
    )
)
