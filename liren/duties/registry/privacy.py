"""What this duty says of itself about people."""

from liren.core.privacy.declared import Privacy, at, declare
from liren.core.privacy.tiers import Tier

LAW = "城市居民委员会组织法；个人信息保护法第八条（保证质量）、第四十六条（更正、补充）"

declare(
    "registry.DoubtfulPair",
    Privacy(
        name="疑似重复的档案",
        purpose="一个人不登记两份；认过不是同一个人的，不再反复问",
        basis=LAW,
        retention="跟着两份档案",
        fields=at(Tier.T0, one="一份档案", other="另一份档案", evidence="哪里像", against="哪里不像", decided_by="谁定的"),
        plain=("community", "score", "state", "found_at", "decided_at"),
    ),
)  # fmt: skip
declare(
    "registry.PaperDoubt",
    Privacy(
        name="证件与档案对不上",
        purpose="证件号和登记的生日、性别不一致时，请人核对",
        basis=LAW,
        retention="改对以后，下一次通查时删除",
        fields=at(Tier.T1, paper="哪一张证件", birth="证件上的出生日期", sex="证件上的性别"),
        plain=("community",),
    ),
)
