"""What the room says of itself about people."""

from liren.core.privacy.declared import Privacy, at, declare
from liren.core.privacy.tiers import Tier

declare(
    "governance.InboundTask",
    Privacy(
        name="上级交办任务",
        purpose="上级交办的不漏、不误，在不在清单内说得清，花了多少工夫说得出",
        basis="城市居民委员会组织法第四十三条；个人信息保护法第十三条第一款第三项（履行法定职责）",
        retention="办结后 5 年",
        fields=at(
            Tier.T1, received_text="消息原文", sender_person="来件人", admission_reason="准入说明",
        ),
        plain=(
            "community", "sender_unit", "sent_by", "channel", "fingerprint", "about_line", "basis",
            "period", "due_at", "reply_wanted", "item", "admission", "article", "admitted_by", "admitted_at",
            "forms", "forms_often", "form_fields", "minutes", "reported_at", "times_returned",
        ),
    ),
)  # fmt: skip
