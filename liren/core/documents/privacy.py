"""What received files say of themselves about people."""

from liren.core.privacy.declared import Privacy, at, declare
from liren.core.privacy.tiers import Tier

declare(
    "documents.Document",
    Privacy(
        name="收下的文件",
        purpose="名册、证明等原件，核对时用；整份加密放在磁盘上",
        basis="城市居民委员会组织法；个人信息保护法第十三条第一款第三项（履行法定职责）",
        retention="用完 30 天销毁，只留登记",
        fields={
            **at(Tier.T0, name="文件名", received_by="经手人"),
            **at(Tier.T2, sha256="内容（加密保存，按指纹认）"),
        },
        plain=("community", "size", "purpose", "received_at", "disposed_at"),
    ),
)
