"""The door 台账: every ledger that core, a duty or a door declares, on screen, on A4 and as a file; and the work log."""

from liren.core.duty import Ability, Door, MenuItem, register_door
from liren.core.logbook.ledgers import LEDGERS as WORK_LEDGERS
from liren.core.matters.ledgers import LEDGERS as MATTER_LEDGERS

register_door(
    Door(
        key="ledgers",
        name="通用台账",
        menu=(
            MenuItem(
                "各本台账",
                "ledgers:index",
                icon="file-text",
                ability="people.see",
                group="top",
                order=6,
                words="台账 taizhang tz 打印 导出 报表 工作日志 会议记录",
            ),
            MenuItem(
                "工作记录",
                "ledgers:log",
                icon="pencil",
                ability="people.see",
                group="top",
                order=7,
                words="日志 日记 走访 民情日记 gongzuo jilu gzjl rizhi rj",
            ),
        ),
        abilities=(Ability("ledgers.export", "导出台账"),),
        ledgers=(*MATTER_LEDGERS, *WORK_LEDGERS),
    )
)
