"""What an import says of itself about people."""

from liren.core.privacy.declared import Privacy, at, declare
from liren.core.privacy.tiers import Tier

WHY = "把已有的名册搬进来，写之前逐行给人看，写错了能整批撤销"
LAW = "城市居民委员会组织法；个人信息保护法第十三条第一款第三项（履行法定职责）"
KEPT = "写入或放弃后 30 天"

declare(
    "imports.ImportRow",
    Privacy(
        name="导入的行",
        purpose=WHY,
        basis=LAW,
        retention=KEPT,
        fields={
            **at(Tier.T0, name="姓名", person="对上的居民"),
            **at(
                Tier.T2, sealed="这一行的内容（加密保存）", sealed_diff="和台账的差别（加密保存）",
                candidates="可能是同一个人的名单",
            ),
        },
        plain=("batch", "file", "place", "row", "verdict", "take", "decided"),
    ),
)  # fmt: skip
declare(
    "imports.ImportProblem",
    Privacy(
        name="导入的问题",
        purpose="名册里哪一格有问题，怎么改",
        basis=LAW,
        retention=KEPT,
        fields=at(Tier.T2, sealed="那一格的原文（加密保存）"),
        plain=("batch", "file", "line", "sheet", "row", "field", "reason", "serious", "state"),
    ),
)
