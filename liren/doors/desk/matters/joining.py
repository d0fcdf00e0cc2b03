"""Joining (并、拆、跟进、关联): forms that tie matters together or part them."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from liren.core.matters import actions
from liren.core.matters.kinds import all_kinds
from liren.core.matters.models import Matter
from liren.core.pages.permits import needs

from .fields import NoteField
from .finding import FEW, candidates
from .steps import matter_url, once_of, one_step, sent, the_matter, worker

FIND = "desk/matters/find_step.html"


class OtherForm(forms.Form):
    """The other matter, picked among what was found."""

    def __init__(self, *args: Any, rows: Any, asks: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        missing = {"required": "先找到那一件，点中它", "invalid_choice": "先找到那一件，点中它"}
        self.fields["other"] = forms.ModelChoiceField(queryset=rows, label="哪一件", error_messages=missing)
        self.fields["note"] = forms.CharField(label=asks, max_length=60, required=False)


def _other_step(
    request: HttpRequest, pk: int, *, asks: str, act: Any, done: Any, **said: Any
) -> HttpResponse:
    matter, user = the_matter(request, pk), worker(request)
    rows = candidates(matter, user, "")
    known = Matter.objects.visible_to(user).filter(community_id=matter.community_id).exclude(pk=matter.pk)
    return one_step(
        request,
        OtherForm(sent(request), rows=known, asks=asks),
        back=matter_url(matter),
        act=lambda data: act(matter, data),
        done=done,
        template=FIND,
        others=rows[:FEW],
        matter=matter,
        **said,
    )


@needs("matters.work")
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Notes that two matters have to do with each other."""
    user = worker(request)
    return _other_step(
        request,
        pk,
        title="关联一件事项",
        verb="关联",
        asks="什么关系（可不填）",
        act=lambda matter, data: actions.link(matter, data["other"], why=data["note"], by=user),
        done=lambda made: "关联上了",
    )


@needs("matters.work")
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets this matter go on in another."""
    user = worker(request)
    return _other_step(
        request,
        pk,
        title="并入另一件",
        verb="并过去",
        lead="这一件就此办结，经过在那一件里接着看；两边的当事人合在一起。并过去就不能拆回。",
        asks="为什么并（可不填）",
        act=lambda matter, data: actions.merge(matter, into=data["other"], note=data["note"], by=user),
        done=lambda into: f"已并入 {into.number}",
        onward=matter_url,
    )


class PartForm(forms.Form):
    """A matter that comes out of another."""

    title = forms.CharField(label="什么事", max_length=80)
    body = NoteField(label="情况（可不填）", required=False)

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any):
        super().__init__(*args, **kwargs)
        kinds = [(each.key, each.name) for each in all_kinds() if each.by_hand and not each.form]
        if matter.restricted or matter.kind not in dict(kinds):
            kinds = [(matter.kind, matter.of_kind.name), *(kinds if not matter.restricted else [])]
        self.fields["kind"] = forms.ChoiceField(label="哪一类", choices=kinds, initial=matter.kind)


def _part(request: HttpRequest, pk: int, *, act: Any, **said: Any) -> HttpResponse:
    matter = the_matter(request, pk)
    return one_step(
        request,
        PartForm(sent(request), matter=matter),
        back=matter_url(matter),
        act=lambda data: act(matter, **data, once=once_of(request), by=worker(request)),
        done=lambda new: f"登记好了，编号 {new.number}",
        onward=matter_url,
        matter=matter,
        **said,
    )


@needs("matters.work")
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a part out as a matter of its own."""
    lead = "同一个地方、同样的人，另起一件分开办；这一件照旧办。"
    return _part(request, pk, title="拆出一件", verb="拆出来", lead=lead, act=actions.split)


@needs("matters.work")
def follow(request: HttpRequest, pk: int) -> HttpResponse:
    """Begins what comes after."""
    lead = "同一个地方、同样的人，接着往下办的另一件。"
    return _part(request, pk, title="登记后续事项", verb="登记", lead=lead, act=actions.follow_up)
