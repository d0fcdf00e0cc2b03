"""Timing (时限): stopping the clock with a reason, letting it go on, agreeing on another time, and how pressing it is."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from liren.core.matters import actions
from liren.core.matters.outcomes import URGENCIES
from liren.core.pages.permits import needs
from liren.core.pages.words import moment

from .fields import day_field, in_days, moment_field
from .moving import cards
from .steps import matter_url, one_deed, one_step, sent, the_matter, worker


class PauseForm(forms.Form):
    """Why the clock stands still, and until when."""

    reason = forms.CharField(label="为什么停表", max_length=80, help_text="例如：等鉴定结果、等当事人补材料")
    until = day_field(label="哪天自动续上（可不填）", required=False)


class DueForm(forms.Form):
    """Another time, with its reason."""

    due_at = moment_field(label="新的时限")
    reason = forms.CharField(label="为什么延期", max_length=120)


class TriageForm(forms.Form):
    """How pressing it is, set by hand."""

    urgency = forms.ChoiceField(
        label="改成", choices=[("", "按得分来"), *((key, name) for key, name, _ in URGENCIES)],
        widget=cards(), required=False,
    )  # fmt: skip
    reason = forms.CharField(label="为什么改", max_length=120, required=False, help_text="按得分来可以不写")


@needs("matters.work")
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Stops the clock of the next step."""
    matter = the_matter(request, pk)
    return one_step(
        request,
        PauseForm(sent(request)),
        title="停表",
        verb="停表",
        lead="停表的时间不算在时限里；理由和天数都记在经过里。",
        back=matter_url(matter),
        act=lambda data: actions.pause_clock(matter, **data, by=worker(request)),
        done=lambda todo: (
            "停表了" + (f"，{todo.resume_on.month}月{todo.resume_on.day}日自动续上" if todo.resume_on else "")
        ),
        matter=matter,
    )


@require_POST
@needs("matters.work")
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets the clock go on."""
    matter = the_matter(request, pk)
    return one_deed(request, matter, lambda: actions.resume_clock(matter, by=worker(request)), "续表了")


@needs("matters.assign")
def due(request: HttpRequest, pk: int) -> HttpResponse:
    """Agrees on another time for the next step."""
    matter = the_matter(request, pk)

    def act(data: dict[str, Any]) -> Any:
        return actions.set_due(matter, data["due_at"], reason=data["reason"], by=worker(request))

    return one_step(
        request,
        DueForm(sent(request), initial={"due_at": in_days(5)}),
        title="改时限",
        verb="改时限",
        lead="原来的时限留在经过里。",
        back=matter_url(matter),
        act=act,
        done=lambda todo: f"改到 {moment(todo.due_at)}",
        matter=matter,
    )


@needs("matters.work")
def triage(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets the urgency by hand, with a reason; or gives it back to the score."""
    matter = the_matter(request, pk)
    now = matter.urgency if matter.urgency_reason else ""
    return one_step(
        request,
        TriageForm(sent(request), initial={"urgency": now}),
        title="改缓急",
        verb="就这样定",
        lead=f"现在得 {matter.urgency_score} 分。",
        back=matter_url(matter),
        act=lambda data: actions.overrule_triage(matter, **data, by=worker(request)),
        done=lambda weighed: f"现在是「{dict((k, n) for k, n, _ in URGENCIES)[weighed.urgency]}」",
        matter=matter,
    )
