"""How a hazard goes (隐患流程): found, set right on the spot or by a deadline, looked at again by another, closed; what is
not set right goes to who may punish.
"""

from datetime import datetime, time
from typing import Any

from django.utils import timezone

from liren.core.matters.flow import Ask, Clock, Flow, Move, Stage
from liren.core.matters.models import Matter

from .catalogue import DEPARTMENTS
from .effects import fail_recheck, fix, found_again, give_notice, keep_result, pass_recheck, refer
from .guards import must_be_another, must_be_past, must_show_after, must_show_before
from .models import Hazard
from .papers import last_paper


def grade_of(matter: Matter) -> str:
    """By which the first clock runs."""
    return str(Hazard.objects.values_list("grade", flat=True).get(matter=matter))


def ordered(matter: Matter) -> tuple[datetime, str] | None:
    """The deadline that the notice names: to the end of that day."""
    deadline: Any = Hazard.objects.values_list("deadline_on", flat=True).get(matter=matter)
    if deadline is None:
        return None
    notice = last_paper(matter, "notice")
    words = f"整改通知书（{notice.shown_number}）" if notice else "整改通知书"
    return timezone.make_aware(datetime.combine(deadline, time(23, 59, 59))), f"{words}载明的期限"


FIRST = Clock(
    rule="hazards.handle_minor",
    among={
        "minor": "hazards.handle_minor",
        "larger": "hazards.handle_larger",
        "major": "hazards.handle_major",
    },
    chosen_by=grade_of,
)
DEADLINE = Ask("deadline_on", "整改期限", "date", hint="这一天结束前要改好")
DEPARTMENT = Ask("department", "移送给谁", "choice", choices=DEPARTMENTS)
ALONE = Ask(
    "alone_reason", "单人复查的原因", "text", required=False,
    hint="只在发现人自己复查时填：为什么没有第二个人。本社区允许单人复查才用得上",
)  # fmt: skip

HAZARD = Flow(
    stages=(
        Stage("found", "待处置", "当场整改、发整改通知，重大的马上报告", FIRST, said="已收到，会去现场看"),
        Stage(
            "rectifying", "整改中", "到期去看改好没有", Clock("hazards.usual_deadline", ordered=ordered),
            said="正在督促整改",
        ),
        Stage("recheck", "待复查", "换一个人去复查，拍整改后的照片", Clock("hazards.recheck"), said="改过了，等复查"),
        Stage("overdue", "逾期未改", "移送有权部门", Clock("hazards.report"), said="到期没改，准备报告有关部门"),
        Stage("referred", "已移送", "催问部门处理结果", Clock("hazards.ask_department"), waits=True, said="已报告有关部门"),
        Stage("answered", "部门已处理", "到现场核实，拍照销号", Clock("hazards.recheck"), said="有关部门已处理，正在核实"),
        Stage("closed", "已销号", said="已消除"),
        Stage("void", "不属实", said="已核实，没有这处隐患"),
    ),
    moves=(
        Move(
            "fix", "当场整改了", ("found",), "recheck", effect=fix, letter="b", icon="check", note_required=True,
            public=True, words="怎么改的",
        ),
        Move(
            "close", "复查合格，销号", ("recheck", "answered"), "closed", guard=must_show_after, effect=pass_recheck,
            asks=(ALONE,), outcomes=("closed_out",), letter="e", icon="circle-check", note_required=True, public=True,
            words="复查看到的情况",
        ),
        Move(
            "fail", "复查不合格", ("recheck",), "rectifying", guard=must_be_another, effect=fail_recheck,
            asks=(DEADLINE,), letter="k", icon="refresh", note_required=True, words="还差什么",
        ),
        Move("done", "改好了，等复查", ("rectifying", "overdue"), "recheck", letter="d", icon="check"),
        Move(
            "notice", "发整改通知", ("found", "recheck", "overdue"), "rectifying", guard=must_show_before,
            effect=give_notice, asks=(DEADLINE, Ask("demand", "要求怎么改", "text", hint="写进整改通知书")),
            letter="n", icon="file-text",
        ),
        Move(
            "refer", "移送部门", ("found", "rectifying", "recheck", "overdue", "answered"), "referred", effect=refer,
            asks=(DEPARTMENT,), letter="y", icon="send", note_required=True, words="为什么移送、请对方做什么",
        ),
        Move("lapse", "到期没改", ("rectifying",), "overdue", guard=must_be_past, letter="l", icon="alert-triangle"),
        Move(
            "result", "部门有结果了", ("referred",), "answered", effect=keep_result, letter="a", icon="message",
            note_required=True, words="部门怎么处理的",
        ),
        Move(
            "untrue", "查无此事", ("found",), "void", outcomes=("untrue",), icon="x", note_required=True, public=True,
        ),
        Move(
            "reopen", "又出现了", ("closed", "void"), "found", effect=found_again, letter="r", icon="refresh",
            note_required=True, public=True,
        ),
    ),
    path=("found", "rectifying", "recheck", "closed"),
)  # fmt: skip
