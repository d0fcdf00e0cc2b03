"""What the room says of itself about people."""

from liren.core.privacy.declared import Privacy, at, declare
from liren.core.privacy.tiers import Tier

LAW = "城市居民委员会组织法；个人信息保护法第十三条第一款第三项（履行法定职责）；12345 热线办理规定"

declare(
    "governance.Appeal",
    Privacy(
        name="诉求",
        purpose="12345 等平台派来的、居民反映的，都在时限内办好并答复",
        basis=LAW,
        retention="办结后 5 年",
        fields=at(
            Tier.T1, public_reply="答复", private_reply="内部说明", proof="无法解决的依据", exempt_reason="剔除说明",
            outer_said="工单原文", outer_number="工单编号",
        ),
        plain=(
            "community", "outer_system", "urgency_class", "dispatched_at", "due_at", "asked_reply",
            "keeps_private", "replied_at", "objection", "objected_at", "exempt_ground", "exempt_by", "exempt_at",
        ),
    ),
)  # fmt: skip
declare(
    "governance.OrderFile",
    Privacy(
        name="工单文件",
        purpose="把热线导出的工单一次导进来，不用一张张抄",
        basis=LAW,
        retention="导入或丢弃后即销毁原件，只留登记",
        fields=at(Tier.T1, document="文件原件", name="文件名", message="没有导完的原因"),
        plain=(
            "community", "system", "at", "by", "taken_at", "dropped_at", "opened", "updated", "same", "refused",
            "total", "run_by", "tries", "pulse_at",
        ),
    ),
)  # fmt: skip
