"""Staff (工作人员): the demo's accounts, one for each role and twelve workers of the committee."""

import datetime
from dataclasses import asdict, dataclass
from typing import Any

from liren.core.accounts.actions import give_post, open_account
from liren.core.accounts.models import User
from liren.core.areas.models import Area

# Printed at every start of the demo: it guards invented people only.
PASSWORD = "liuyinli-2026"


@dataclass(frozen=True, slots=True)
class Post:
    """One account: `area` is street, community, neighbour or the number of a grid."""

    user: str
    name: str
    role: str
    area: str | int
    lines: tuple[str, ...] = ()
    # A post beside the first: many who serve lines have a grid as well.
    also_grid: int | None = None


POSTS = (
    Post("shuji", "沈若兰", "secretary", "community"),
    Post("fuzhuren", "秦怀远", "deputy", "community", ("security", "emergency")),
    Post("fuzhuren2", "陆晓棠", "deputy", "community", ("party", "culture")),
    Post("minzheng", "何静姝", "line_worker", "community", ("civil", "employment", "children"), 0),
    Post("weijian", "白晓露", "line_worker", "community", ("health", "disability", "women"), 1),
    Post("zongzhi", "雷振声", "line_worker", "community", ("security", "veterans"), 2),
    Post("wangge1", "方明亮", "grid_worker", 0),
    Post("wangge4", "盛夏", "grid_worker", 3),
    Post("wangge5", "谷雨", "grid_worker", 4),
    Post("wangge6", "程小满", "grid_worker", 5),
    Post("wangge7", "江白露", "grid_worker", 6),
    Post("wangge8", "霍霜降", "grid_worker", 7),
    Post("jiedao", "温立民", "street_admin", "street"),
    Post("minzhengke", "简宁", "street_section", "street", ("civil",)),
    Post("linshe", "桂枝香", "secretary", "neighbour"),
    Post("xitong", "季节", "system_admin", "street"),
    Post("anquan", "严守正", "security_admin", "street"),
    Post("shenji", "纪明察", "auditor", "street"),
)


@dataclass(frozen=True, slots=True)
class Account:
    """What is told of an account."""

    user: str
    password: str
    name: str
    role: str
    area: str

    def line(self) -> str:
        """As printed at the start."""
        return f"{self.user:<11}{self.password}   {self.role} {self.name}（{self.area}）"

    def facts(self) -> dict[str, str]:
        """As written to the file."""
        return asdict(self)


def hire(areas: dict[str | int, Area]) -> tuple[dict[str, User], list[Account]]:
    """Opens every account and gives its posts."""
    users: dict[str, User] = {}
    accounts = []
    since = datetime.date(2025, 1, 6)

    def post(user: User, role: str, area: Area, lines: tuple[str, ...]) -> Any:
        return give_post(user, role=role, area=area, lines=lines, from_on=since, by=None)

    for each in POSTS:
        user = open_account(username=each.user, name=each.name, password=PASSWORD, must_change=False, by=None)
        given = post(user, each.role, areas[each.area], each.lines)
        if each.also_grid is not None:
            post(user, "grid_worker", areas[each.also_grid], each.lines)
        users[each.user] = user
        accounts.append(Account(each.user, PASSWORD, each.name, given.grants.name, given.area.name))
    return users, accounts
