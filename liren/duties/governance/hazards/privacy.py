"""What the room says of itself about people."""

from liren.core.privacy.declared import Privacy, at, declare
from liren.core.privacy.tiers import Tier

LAW = "消防法第三十二条；安全生产法第七十五条；个人信息保护法第十三条第一款第三项（履行法定职责）"

declare(
    "governance.Hazard",
    Privacy(
        name="隐患",
        purpose="发现的隐患有人改、有人复查，改不了的移送有权机关",
        basis=LAW,
        retention="销号后 5 年",
        fields=at(
            Tier.T1, responsible_name="责任方名称", result="部门处理结果", alone_reason="单人复查的原因",
        ),
        plain=(
            "community", "grade", "finder", "responsible_kind", "on_spot", "deadline_on", "checker",
            "checked_at", "repeat_count", "referred_to", "referred_at",
        ),
    ),
)  # fmt: skip
declare(
    "governance.HazardPaper",
    Privacy(
        name="隐患文书",
        purpose="整改通知书、复查意见书、移送函发了什么、送到没有，事后能查",
        basis=LAW,
        retention="销号后 5 年",
        fields=at(Tier.T1, words="文书内容", receiver="收件人", witness="见证人"),
        plain=("matter", "community", "kind", "number", "at", "by", "served", "served_at", "served_by"),
    ),
)
declare(
    "governance.Dissuasion",
    Privacy(
        name="劝阻记录",
        purpose="居委会劝过谁、怎么劝的，移送时附上",
        basis=LAW,
        retention="销号后 5 年",
        fields=at(Tier.T1, whom="劝阻谁", present="在场的人", said="怎么说的"),
        plain=("matter", "at", "by", "result"),
    ),
)
