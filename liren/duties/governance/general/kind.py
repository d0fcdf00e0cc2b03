"""The kinds of general matters; each carries the seal of the duty to which it will belong."""

from liren.core.matters.kinds import Kind, Portal

from .flow import GENERAL, LEAD

ERRAND = Kind(
    "governance.errand", "帮办代办", GENERAL, "办", "zheng", order=40, hint="替居民跑腿、交材料、打电话",
    portal=Portal("请社区帮忙办", "交材料、办证明、行动不便要人帮", icon="heart-handshake"),
)  # fmt: skip
QUESTION = Kind(
    "governance.question", "咨询", GENERAL, "咨", "zheng", order=41, hint="当场答不了、要查要问的"
)
FINDING = Kind(
    "governance.finding", "走访发现", GENERAL, "访", "min", order=42, hint="上门看到、要有人接着办的"
)
ACTIVITY = Kind(
    "governance.activity", "活动申请", GENERAL, "活", "wen", order=43, hint="居民或社团要办活动、借场地"
)
SUPPLIES = Kind(
    "governance.supplies", "物资需求", GENERAL, "资", "ji", order=44, hint="缺什么、要多少、什么时候要"
)
OTHER = Kind("governance.other", "其他事项", GENERAL, "事", "zhi", order=49, hint="别处放不下、又要有人办的")
LEAD_OF_ABUSE = Kind(
    "governance.lead", "保护线索", LEAD, "护", "min", order=48, danger=40, restricted=True,
    hint="家庭暴力、儿童受侵害的线索，只有指定的人知道",
)  # fmt: skip

KINDS = (ERRAND, QUESTION, FINDING, ACTIVITY, SUPPLIES, OTHER, LEAD_OF_ABUSE)
