"""How a general matter goes: taken up, done, perhaps waiting on others, answered. And how a lead of abuse goes."""

from liren.core.matters.flow import Clock, Flow, Move, Stage

GENERAL = Flow(
    stages=(
        Stage("new", "待办理", "接手办理", Clock("governance.general_begin"), said="已收到"),
        Stage("doing", "办理中", "办好并回话", Clock("governance.general_finish", from_opening=True), said="正在办理"),
        Stage("waiting", "等候他人", "催问进展", Clock("governance.general_ask"), waits=True, said="正在协调"),
        Stage("done", "已办结", said="已办结"),
    ),
    moves=(
        Move("begin", "开始办", ("new",), "doing", letter="b", icon="player-play"),
        Move("wait", "等别人", ("doing",), "waiting", letter="w", icon="clock", note_required=True),
        Move("go_on", "接着办", ("waiting",), "doing", letter="g", icon="arrow-right"),
        Move(
            "finish", "办结", ("new", "doing", "waiting"), "done",
            outcomes=("done", "partly", "explained", "transferred", "withdrawn"),
            letter="e", icon="circle-check", note_required=True, public=True,
        ),
        Move(
            "reopen", "重新办理", ("done",), "doing",
            letter="r", icon="refresh", note_required=True, public=True, by_resident=True,
        ),
    ),
    path=("new", "doing", "done"),
)  # fmt: skip

LEAD = Flow(
    stages=(
        Stage("heard", "待报告", "向公安机关报告", Clock("governance.lead_report")),
        Stage("reported", "已报告", "跟进处置和帮扶", Clock("governance.lead_follow")),
        Stage("watching", "持续关爱", "上门看望", Clock("governance.lead_visit")),
        Stage("closed", "已了结"),
    ),
    moves=(
        Move("report", "已报公安", ("heard",), "reported", letter="b", icon="send", note_required=True),
        Move("visit", "看望过", ("reported", "watching"), "watching", letter="v", icon="walk", note_required=True),
        Move(
            "close", "了结", ("heard", "reported", "watching"), "closed",
            outcomes=("resolved", "transferred", "untrue"), letter="e", icon="circle-check", note_required=True,
        ),
        Move("reopen", "重新跟进", ("closed",), "reported", letter="r", icon="refresh", note_required=True),
    ),
    path=("heard", "reported", "watching", "closed"),
)  # fmt: skip
