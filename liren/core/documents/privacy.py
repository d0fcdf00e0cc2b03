"""What received files say of themselves about people."""

from liren.core.privacy.declared import Privacy, at, declare
from liren.core.privacy.tiers import Tier

declare(
    "documents.Document",
    Privacy(
        name="收下的文件",
        purpose="名册、证明、照片、录音等，核对和办事时用；整份加密放在磁盘上",
        basis="城市居民委员会组织法；个人信息保护法第十三条第一款第三项（履行法定职责）",
        retention="名册用完 30 天销毁，只留登记；办事的附件随事项保存",
        fields={
            **at(Tier.T0, name="文件名", received_by="经手人"),
            **at(Tier.T1, taken_at="照片拍摄的时间（只在需要时留）"),
            **at(Tier.T2, sha256="内容（加密保存，按指纹认；照片里的位置、机型等一律不留）"),
        },
        plain=(
            "community",
            "size",
            "purpose",
            "received_at",
            "disposed_at",
            "family",
            "mime",
            "suffix",
            "width",
            "height",
            "seconds",
        ),
    ),
)
