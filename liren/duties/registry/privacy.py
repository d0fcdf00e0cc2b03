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
declare(
    "registry.FormTemplate",
    Privacy(
        name="表样",
        purpose="上级常来的表记下怎么填，下次一键就能填",
        basis="城市居民委员会组织法；国务院关于整治形式主义为基层减负的要求",
        retention="不用了收起来",
        fields=at(Tier.T0, made_by="谁存的", receiver="交给谁", name="表名", document="空表"),
        plain=(
            "community",
            "fingerprint",
            "told",
            "people_told",
            "asks",
            "period",
            "due_day",
            "made_at",
            "dropped_at",
        ),
    ),
)
declare(
    "registry.Filling",
    Privacy(
        name="填表",
        purpose="一张表填到哪一步；手填的内容加密存放",
        basis="城市居民委员会组织法；个人信息保护法第十三条第一款第三项（履行法定职责）",
        retention="手填的内容一年后销毁；常交的表，最近一次的留到下一次填",
        fields={
            **at(Tier.T0, made_by="谁填的", name="表名", document="空表"),
            **at(Tier.T1, target="给谁填"),
            **at(Tier.T2, typed_sealed="手填的内容（加密保存）"),
        },
        plain=(
            "community",
            "template",
            "fingerprint",
            "as_of",
            "target_kind",
            "told",
            "people_told",
            "made_at",
        ),
    ),
)
declare(
    "registry.FormTurn",
    Privacy(
        name="到期该交的表",
        purpose="哪张表哪天该交、交了没有，到时候提醒",
        basis="城市居民委员会组织法；国务院关于整治形式主义为基层减负的要求",
        retention="跟着表样",
        fields={},
        plain=("community", "template", "due_on", "until_on", "period", "matter", "filling", "handed_at"),
    ),
)
declare(
    "registry.HandOut",
    Privacy(
        name="交出的表",
        purpose="哪张表什么时候交给谁、做什么用，居民问起来说得清",
        basis="个人信息保护法第二十三条、第五十五条（对外提供的记录）",
        retention="交表一年后销毁文件，交给谁、做什么用的登记长期保留",
        fields={
            **at(Tier.T0, by="谁交的", receiver="交给谁", purpose="做什么用"),
            **at(
                Tier.T2,
                document="填好的表（加密保存）",
                paper="盖章用的 PDF（加密保存）",
                snapshot="名单上是谁（只记编号）",
            ),
        },
        plain=("community", "filling", "at", "on", "basis", "ending", "rows", "locked", "until", "fetched"),
    ),
)
