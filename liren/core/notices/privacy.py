"""What notices say of themselves about people."""

from liren.core.privacy.declared import Privacy, at, declare
from liren.core.privacy.tiers import Tier

LAW = "城市居民委员会组织法；个人信息保护法第十三条第一款第三项（履行法定职责）"

declare(
    "notices.Notice",
    Privacy(
        name="同事的通知",
        purpose="提醒经办的同事有事要办，只有本人看得到",
        basis=LAW,
        retention="180 天后自动删去",
        fields={**at(Tier.T0, user="收通知的同事"), **at(Tier.T1, text="通知内容")},
        plain=("community", "url", "icon", "key", "made_at", "read_at"),
    ),
)
declare(
    "notices.Channel",
    Privacy(
        name="对外通道",
        purpose="往工作群、工作邮箱发不含个人信息的提醒",
        basis=LAW,
        retention="停用后留作记录，地址加密保存",
        fields={
            **at(Tier.T0, opened_by="开通的同事"),
            **at(Tier.T2, address_sealed="机器人地址或收件邮箱（加密保存）"),
        },
        plain=("community", "name", "kind", "hint", "occasions", "is_active", "opened_at", "closed_at"),
    ),
)
declare(
    "notices.Message",
    Privacy(
        name="对外消息",
        purpose="发给工作群的提醒和发给居民手机的短信，发没发出去有据可查",
        basis=f"{LAW}；发短信须本人留过号码并同意",
        retention="180 天后自动删去；短信正文发出即抹掉",
        fields={
            **at(Tier.T0, made_by="经手人"),
            **at(Tier.T1, phone_hint="手机号（遮住）", text="消息内容（群里的不含个人信息，短信里的验证码打星号）"),
            **at(Tier.T2, phone_sealed="手机号（加密保存）", text_sealed="短信全文（加密保存，发出即抹掉）"),
        },
        plain=(
            "community", "channel", "phone_hash", "occasion", "template", "key", "reference", "state", "tries",
            "tries_allowed", "next_try_at", "began_at", "good_until", "last_error", "made_at", "sent_at",
        ),
    ),
)  # fmt: skip
declare(
    "notices.Feed",
    Privacy(
        name="日历订阅",
        purpose="同事把自己的到期日放进自己的手机日历；里面没有居民的信息",
        basis=LAW,
        retention="停用后留作记录；链接只存指纹",
        fields=at(Tier.T0, user="订阅的同事"),
        plain=("token_hash", "opened_at", "fetched_at", "closed_at"),
    ),
)
