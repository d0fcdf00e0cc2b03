"""The catalogue (隐患类型): what is looked for, on what ground it is wrong, and who can do something about it."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

# To whom a committee reports: it dissuades, writes down and reports; fines are others' to give.
DEPARTMENTS = (
    ("street", "街道办事处（镇政府）"),
    ("fire", "消防救援机构"),
    ("police", "公安派出所"),
    ("urban", "城管执法部门"),
    ("gas", "燃气经营企业"),
    ("housing", "住房城乡建设（房管）部门"),
    ("market", "市场监管部门"),
    ("power", "供电企业"),
    ("civil", "民政部门"),
    ("education", "教育、卫健（托育）部门"),
)


@dataclass(frozen=True)
class HazardObject:
    """One kind of thing that is looked for: its name, what to look at, the law, the places to report to.

    `usual` stands on the round of every building; `lift` only where there is one.
    """

    key: str
    name: str
    look_at: str
    hook: str
    report_to: tuple[str, ...]
    usual: bool = False
    lift: bool = False


def _read() -> tuple[HazardObject, ...]:
    rows = tomllib.loads((Path(__file__).parent / "catalogue.toml").read_text(encoding="utf-8"))
    known = dict(DEPARTMENTS)
    found = tuple(
        HazardObject(
            key=key,
            name=row["name"],
            look_at=row["look_at"],
            hook=row["hook"],
            report_to=tuple(row["report_to"]),
            usual=row.get("usual", False),
            lift=row.get("lift", False),
        )
        for key, row in rows.items()
    )
    for each in found:
        if strange := set(each.report_to) - set(known):
            raise ValueError(f"{each.key} is reported to nobody we know: {sorted(strange)}")
    return found


OBJECTS = _read()
BY_KEY = {each.key: each for each in OBJECTS}
OBJECT_CHOICES = tuple((each.key, each.name) for each in OBJECTS)


def hook_of(key: str) -> str:
    """The law that speaks of it; of anything else, the law by which the committee looks at all."""
    found = BY_KEY.get(key)
    return found.hook if found else OWN_GROUND


def reports_to(key: str) -> str:
    """The names of those to whom such a thing is reported, the first being the usual one."""
    names = dict(DEPARTMENTS)
    found = BY_KEY.get(key)
    return "、".join(names[each] for each in found.report_to) if found else names["street"]


# On what ground a committee looks and reports at all.
OWN_GROUND = (
    "消防法第三十二条（村民委员会、居民委员会进行防火安全检查）；安全生产法第七十五条（发现事故隐患应当报告）"
)
