"""Layout (布局): grids, estates, 42 buildings and their doors, as data."""

from dataclasses import dataclass

STREET = ("310199001", "槐荫街道")
DISTRICT = ("310199", "临江区")
COMMUNITY = ("310199001008", "柳荫里社区")
NEIGHBOUR = ("310199001009", "桂花园社区")
PREFIX = "海东市临江区槐荫街道"
GRIDS = ("第一网格", "第二网格", "第三网格", "第四网格", "第五网格", "第六网格", "第七网格", "第八网格")
LANE_ROOMS = (
    "底层客堂", "底层灶间", "底层后间", "二楼前楼", "二楼后楼", "二楼亭子间", "三楼前楼", "三楼亭子间", "三层阁",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """One building to be built."""

    name: str
    kind: str
    estate: str
    address: str
    grid: int
    units: int
    floors: int
    per_floor: int
    built_in: int

    def doors(self) -> list[tuple[str, str]]:
        """Unit and room of every door."""
        if self.kind == "lane":
            return [("", room) for room in LANE_ROOMS]
        return [
            (str(unit), f"{floor}{door:02d}")
            for unit in range(1, self.units + 1)
            for floor in range(1, self.floors + 1)
            for door in range(1, self.per_floor + 1)
        ]


def plans() -> list[Plan]:
    """10 towers, 22 walk-ups and 10 lane houses."""
    towers = [
        Plan(f"{n}号楼", "tower", "柳荫华庭", f"柳荫路88弄{n}号楼", (n - 1) // 3, 2, 18, 4, 2004 + n // 5)
        for n in range(1, 11)
    ]
    walk_ups = [
        Plan(
            f"{n}号楼", "walk_up", "柳荫新村", f"柳荫路120弄{n}号楼", 3 + (n - 10) // 7, 4, 6, 2, 1986 + n % 7
        )
        for n in range(11, 33)
    ]
    lanes = [
        Plan(f"46弄{n}号", "lane", "槐树街46弄", f"槐树街46弄{n}号", 7, 0, 3, 0, 1930 + n % 5)
        for n in range(1, 11)
    ]
    return [*towers, *walk_ups, *lanes]


def neighbour_plans() -> list[Plan]:
    """Two walk-ups of the community next door."""
    return [Plan(f"{n}号楼", "walk_up", "桂花园", f"桂花路9弄{n}号楼", 0, 2, 6, 2, 1994) for n in (1, 2)]
