"""数据管理: the register of houses and people that all other duties stand on."""

from liren.core.duty import Ability, Duty, MenuItem, register

from .files.finders import buildings, houses, people
from .onesheet.overlaps import in_burden
from .onesheet.panels import about_matter, due
from .quality import hearing
from .quality.panel import quality

register(
    Duty(
        key="registry",
        name="数据管理",
        seal="shu",
        order=5,
        menu=(
            MenuItem(
                "居民档案",
                "registry:register",
                icon="users",
                ability="people.see",
                order=10,
                words="居民 人口 花名册 名册 档案 jumin jmda dangan",
            ),
            MenuItem(
                "楼栋图",
                "registry:buildings",
                icon="building",
                ability="people.see",
                order=20,
                words="房屋 楼栋 单元 loudong ldt fangwu",
            ),
            MenuItem(
                "一表通",
                "registry:forms",
                icon="file-spreadsheet",
                ability="people.export",
                order=25,
                words="填表 报表 空表 表格 上报 表样 ybt yibiaotong tianbiao baobiao",
            ),
            MenuItem(
                "数据质量",
                "registry:quality",
                icon="list-check",
                ability="people.see",
                order=30,
                words="核实 重复 缺漏 矛盾 查重 sjzl zhiliang",
            ),
        ),
        abilities=(Ability("quality.decide", "定夺疑似重复、通查名册"),),
        finders=(people, houses, buildings),
        panels=(due, quality),
        sections={"burden": in_burden},
        deeds=(about_matter,),
        hears={"person.merged": hearing.merged, "person.unmerged": hearing.unmerged},
    )
)
