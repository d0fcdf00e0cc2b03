"""The door 数字与简报: figures of the ledger, each opening its list, and the monthly brief."""

from liren.core.duty import Ability, Door, MenuItem, register_door
from liren.core.matters.figures import FIGURES
from liren.core.people.figures import FIGURES as OF_PEOPLE

register_door(
    Door(
        key="reports",
        name="数字与简报",
        menu=(
            MenuItem(
                "数字与简报",
                "reports:figures",
                icon="chart-bar",
                ability="matters.see",
                order=90,
                words="统计 报表 月报 简报 图表 shuzi jianbao sz jb tongji tj",
            ),
        ),
        abilities=(Ability("reports.export", "导出数字"),),
        figures=(*FIGURES, *OF_PEOPLE),
    )
)
