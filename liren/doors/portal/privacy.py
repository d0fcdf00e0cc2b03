"""What the portal says of itself about residents."""

from liren.core.privacy.declared import Privacy, at, declare
from liren.core.privacy.tiers import Tier

CONSENT = "个人信息保护法第十三条第一款第一项（本人同意，随时可以撤回）"
WHY_SIGN_IN = "让居民用手机登录、看自己的事办到哪了"

declare(
    "portal.ResidentAccount",
    Privacy(
        name="居民端账号",
        purpose=WHY_SIGN_IN,
        basis=CONSENT,
        retention="用到注销为止；注销当时删去手机号和称呼",
        fields={
            **at(Tier.T0, called="称呼"),
            **at(Tier.T2, phone_sealed="手机号（加密保存）"),
        },
        plain=("community", "phone_hash", "phone_tail", "agreed_to", "opened_at", "closed_at"),
    ),
)
declare(
    "portal.SignInCode",
    Privacy(
        name="短信验证码",
        purpose="确认手机在本人手里",
        basis=CONSENT,
        retention="1 天",
        fields=at(Tier.T2, phone_hash="手机号的摘要", code_hash="验证码的摘要"),
        plain=("community", "made_at", "expires_at", "tries", "ended_at"),
    ),
)
declare(
    "portal.ResidentSession",
    Privacy(
        name="居民端登录记录",
        purpose=WHY_SIGN_IN,
        basis=CONSENT,
        retention="退出当天，或 30 天没来",
        fields=at(Tier.T1, device="设备", made_at="登录时间", seen_at="最近一次", ended_at="退出时间"),
        plain=("account", "token_hash"),
    ),
)
declare(
    "portal.Binding",
    Privacy(
        name="账号认领",
        purpose="知道账号是哪位居民，说事不用再填住址",
        basis=CONSENT,
        retention="用到注销为止",
        fields=at(Tier.T1, person="是哪位居民", account="居民端账号", how="怎样核对的"),
        plain=("community", "made_at", "made_by", "ended_at"),
    ),
)
declare(
    "portal.BindingRequest",
    Privacy(
        name="核对申请",
        purpose="号码对不上时，由工作人员核对是哪位居民",
        basis=CONSENT,
        retention="用到注销为止",
        fields=at(
            Tier.T1, name="姓名", place="住在哪里", note="补充", reason="没核对上的理由", account="居民端账号"
        ),
        plain=("community", "made_at", "state", "binding", "decided_by", "decided_at"),
    ),
)
declare(
    "portal.Tally",
    Privacy(
        name="计次",
        purpose="防止有人用机器不停地发短信、试号码",
        basis="网络安全法第二十三条（防范网络攻击）",
        retention="2 天；只有每天换的摘要，认不出是谁",
        fields=at(Tier.T1, who="手机、账号或网络地址的摘要"),
        plain=("kind", "window", "count"),
    ),
)
declare(
    "portal.Draft",
    Privacy(
        name="没交的草稿",
        purpose="一步一步说事，中途打断也不丢",
        basis=CONSENT,
        retention="3 天没动就删去",
        fields=at(
            Tier.T1, words="怎么回事", place="在哪里", building="哪栋楼", at_home="是不是自己家", called="称呼",
            when="什么时候方便",
        ),
        plain=("community", "token_hash", "anonymous", "kind", "cause", "keeps_name", "changed_at"),
    ),
)  # fmt: skip
declare(
    "portal.DraftPhoto",
    Privacy(
        name="草稿里的照片",
        purpose="一步一步说事，中途打断也不丢",
        basis=CONSENT,
        retention="3 天没动就销毁",
        fields=at(Tier.T1, document="照片"),
        plain=("draft",),
    ),
)
declare(
    "portal.Submission",
    Privacy(
        name="居民提交",
        purpose="让本人看到自己的事办到哪了；匿名的事只凭查询码",
        basis=CONSENT,
        retention="随事项保存；注销后连不到手机号",
        fields=at(Tier.T1, account="居民端账号", claim_hash="查询码的摘要", read_at="最近一次看"),
        plain=("community", "matter", "made_at", "reopened_at"),
    ),
)
