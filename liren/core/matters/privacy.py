"""What the ledger says of itself about people: purpose, ground, retention and tier of every field."""

from liren.core.privacy.declared import Privacy, at, declare
from liren.core.privacy.tiers import Tier

LAW = "城市居民委员会组织法；个人信息保护法第十三条第一款第三项（履行法定职责）"
STAYS = "办结后 5 年；限定知情事项按专项规定"

declare(
    "matters.Matter",
    Privacy(
        name="事项",
        purpose="群众来办的每件事都有人办、有时限、有回音",
        basis=LAW,
        retention=STAYS,
        fields={
            **at(Tier.T1, title="事由", body="情况", place="地点", house="房屋"),
            **at(
                Tier.T0, outcome="办理结果", solved="是否解决", satisfied="是否满意", stars="评价",
            ),
        },
        plain=(
            "community", "area", "kind", "number", "stage", "flow_version", "version", "building", "holder",
            "source", "cause", "line", "restricted", "danger", "urgency", "urgency_score", "urgency_parts",
            "urgency_reason", "opened_at", "contacted_at", "contacted_in_time", "moved_at", "stuck_since", "closed_at",
            "closed_in_time", "archived_at", "reopened", "parent", "merged_into", "once",
        ),
    ),
)  # fmt: skip
declare(
    "matters.Party",
    Privacy(
        name="事项当事人",
        purpose="知道这件事是谁的、找谁商量、给谁回话",
        basis=LAW,
        retention=STAYS,
        fields={
            **at(Tier.T1, person="居民", role="身份", name="称呼"),
            **at(Tier.T2, phone_sealed="电话（加密保存，默认遮住）"),
        },
        plain=("matter", "phone_hash", "keeps_name"),
    ),
)
declare(
    "matters.Entry",
    Privacy(
        name="事项经过",
        purpose="一件事怎么办过来的，说得清",
        basis=LAW,
        retention=STAYS + "；只添不改",
        fields=at(Tier.T1, note="内容", who="经手人", particulars="附记"),
        plain=("matter", "at", "by", "what", "before", "stage", "public", "once"),
    ),
)
declare(
    "matters.Attachment",
    Privacy(
        name="事项材料",
        purpose="照片、录音、文件，作为办理的依据",
        basis=LAW,
        retention=STAYS,
        fields=at(Tier.T1, document="文件", caption="说明"),
        plain=("matter", "entry", "role"),
    ),
)
declare(
    "matters.Handoff",
    Privacy(
        name="转办单",
        purpose="请楼组长、志愿者、物业或部门来办，只给他们需要知道的",
        basis=LAW,
        retention=STAYS,
        fields=at(Tier.T1, name="转给谁", contact="联系方式", brief="交办内容", answer="回复"),
        plain=(
            "matter", "to", "at", "by", "due_at", "urged", "urged_at", "token_hash", "token_until", "opened_at",
            "returned_at", "result",
        ),
    ),
)  # fmt: skip
