"""Roles (角色): all of them in one file, each a list of abilities and how deep it may look (handbook 1.4).

Where one may look is the post's area; which sensitive kinds one may look at is the post's lines.
"""

from dataclasses import dataclass

# 条线: the vertical lines of departments. A post may serve several.
LINES: dict[str, str] = {
    "civil": "民政",
    "disability": "残联",
    "health": "卫健",
    "security": "综治",
    "employment": "社保就业",
    "culture": "文体",
    "women": "妇联",
    "veterans": "退役军人",
    "children": "未保",
    "party": "党建",
    "emergency": "应急消防",
}

READ = ("people.see", "matters.see")
WORK = (
    *READ,
    "people.edit",
    "people.reveal",
    "quality.decide",
    "matters.open",
    "matters.work",
    "logbook.write",
)
OFFICE = (
    *WORK,
    "people.export",
    "imports.run",
    "matters.assign",
    "ledgers.export",
    "reports.export",
    "portal.residents",
    "portal.announce",
)
LEAD = (
    *OFFICE,
    "people.merge",
    "logbook.tend",
    "people.restricted",
    "places.edit",
    "imports.undo",
    "accounts.manage",
    "trace.read",
)


@dataclass(frozen=True)
class Role:
    """Role (角色): Chinese name, area levels it is held in, abilities, and whether it is one of the three of the system.

    `all_lines` sees T2 labels of every line; others only those of the lines of the post.
    """

    key: str
    name: str
    levels: tuple[str, ...]
    abilities: tuple[str, ...]
    all_lines: bool = False
    system: bool = False


ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        Role(
            "street_admin",
            "街道管理员",
            ("street", "district"),
            (*READ, "areas.manage", "rules.edit", "trace.read", "inbound.send"),
        ),
        Role("street_section", "街道科室", ("street",), (*READ, "inbound.send")),
        Role(
            "secretary",
            "社区书记（主任）",
            ("community",),
            (*LEAD, "rules.edit", "areas.manage", "notices.manage", "inbound.admit"),
            all_lines=True,
        ),
        Role(
            "deputy", "社区副主任", ("community",), (*OFFICE, "people.merge", "places.edit", "imports.undo")
        ),
        Role("line_worker", "条线社工", ("community",), (*OFFICE, "places.edit")),
        Role("grid_worker", "网格员", ("grid",), WORK),
        # 三权分立: none of the three sees residents, and nobody holds two of them.
        Role(
            "system_admin",
            "系统管理员",
            ("district", "street", "community"),
            ("areas.manage", "accounts.manage", "notices.manage", "system.operate"),
            system=True,
        ),
        Role(
            "security_admin", "安全管理员", ("district", "street", "community"), ("rules.edit",), system=True
        ),
        Role("auditor", "审计员", ("district", "street", "community"), ("trace.read",), system=True),
    )
}
SYSTEM_ROLES = frozenset(key for key, role in ROLES.items() if role.system)
