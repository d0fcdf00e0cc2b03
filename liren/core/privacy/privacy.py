"""What accounts and the trace say of themselves about colleagues; here, because they lie below and cannot look up."""

from .declared import Privacy, at, declare
from .tiers import Tier

LAW = "网络安全法第二十三条；GB/T 22239-2019（身份鉴别、安全审计）"

declare(
    "accounts.User",
    Privacy(
        name="工作人员",
        purpose="一人一个账号，做了什么说得清",
        basis=LAW,
        retention="在用期间；停用后留名字和账号，随留痕保存",
        fields=at(Tier.T0, name="姓名", username="账号", phone="工作电话", last_login="最近登录"),
        plain=("password", "is_active", "must_change_password", "joined_at", "preferences"),
    ),
)
declare(
    "accounts.SignIn",
    Privacy(
        name="登录记录",
        purpose="本人看得到自己在哪里登录着，发现不对就结束",
        basis=LAW,
        retention="6 个月",
        fields=at(
            Tier.T1, device="设备", address="网络地址", at="登录时间", seen_at="最近一次", ended_at="结束时间"
        ),
        plain=("user", "session_hash"),
    ),
)
declare(
    "audit.Trace",
    Privacy(
        name="留痕",
        purpose="谁看了、改了、导出了什么，为什么",
        basis="网络安全法第二十三条；个人信息保护法第五十一条",
        retention="至少 3 年；只添不改",
        fields=at(
            Tier.T1, user_name="经手人", action="做了什么", purpose="理由", at="时间", target="对象编号"
        ),
        plain=("user_id", "community_id", "particulars", "hidden", "previous", "mark"),
    ),
)
