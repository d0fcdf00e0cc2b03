"""What work records say of themselves about people."""

from liren.core.privacy.declared import Privacy, at, declare
from liren.core.privacy.tiers import Tier

LAW = "城市居民委员会组织法；个人信息保护法第十三条第一款第三项（履行法定职责）"
STAYS = "当年和其后 5 年，到期提请销毁"

declare(
    "logbook.WorkRecord",
    Privacy(
        name="工作记录",
        purpose="做过的事写一次，各本台账都用得上；换人也接得上",
        basis=LAW,
        retention=STAYS,
        fields={
            **at(
                Tier.T0, on="哪一天", begun="几点", minutes="用时", place="地点", house="房屋", building="楼栋",
                companions="同去的人", headcount="到场人数", written_by="谁写的", withdrawn_by="谁撤下的",
            ),
            **at(
                Tier.T1, text="做了什么", matter="关联事项", people="涉及居民", photos="照片（加密保存）",
                withdrawn_why="为什么撤下",
            ),
        },
        plain=("community", "area", "written_at", "once", "version", "withdrawn_at"),
    ),
)  # fmt: skip
declare(
    "logbook.RecordCorrection",
    Privacy(
        name="工作记录的更正",
        purpose="改过什么、原来怎么写，说得清",
        basis=f"{LAW}；个人信息保护法第八条（保证质量）",
        retention=STAYS,
        fields={**at(Tier.T0, by="谁改的"), **at(Tier.T1, before="原来怎么写")},
        plain=("record", "at"),
    ),
)
