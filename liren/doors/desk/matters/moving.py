"""Moving (往下办): a move of the flow, its form made of what the move asks for."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse

from liren.core.matters import actions
from liren.core.matters.flow import Ask, Move
from liren.core.matters.models import Matter
from liren.core.matters.outcomes import OUTCOMES
from liren.core.matters.parties import has_asker
from liren.core.pages.permits import needs

from .fields import NoteField, day_field, holder_field, moment_field
from .steps import matter_url, once_of, one_step, sent, the_matter, worker


class MoveForm(forms.Form):
    """What a move asks for, then how it came out, then a word about it."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, matter: Matter, step: Move, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.step = step
        for ask in step.asks:
            self.fields[ask.key] = asked_field(ask, matter)
        if len(step.outcomes) > 1:
            named = [(key, OUTCOMES[key]) for key in step.outcomes]
            self.fields["outcome"] = forms.ChoiceField(label="办理结果", choices=named, widget=cards())
        self.fields["note"] = NoteField(
            label=step.words or ("说明" if step.note_required else "说明（可不填）"),
            required=step.note_required,
            help_text="诉求人看得到这一句" if step.public and has_asker(matter) else "",
        )

    def facts(self) -> dict[str, Any]:
        """What was asked for, by its key."""
        return {ask.key: self.cleaned_data[ask.key] for ask in self.step.asks}


def cards() -> forms.RadioSelect:
    """Choices that need a line each."""
    widget = forms.RadioSelect()
    widget.sentences = True  # type: ignore[attr-defined]
    return widget


def asked_field(ask: Ask, matter: Matter) -> forms.Field:
    """The field of one thing that a move asks for."""
    said: dict[str, Any] = {"label": ask.name, "required": ask.required, "help_text": ask.hint}
    if ask.input == "choice":
        if len(ask.choices) <= 6 and ask.required:
            return forms.ChoiceField(choices=ask.choices, widget=cards(), **said)
        return forms.ChoiceField(choices=[("", "请选"), *ask.choices], **said)
    if ask.input == "user":
        return holder_field(matter, **said)
    plain: dict[str, Any] = {
        "line": lambda: forms.CharField(max_length=200, **said),
        "text": lambda: NoteField(**said),
        "date": lambda: day_field(**said),
        "moment": lambda: moment_field(**said),
        "yes": lambda: forms.BooleanField(**said),
        "whole": lambda: forms.IntegerField(**said),
    }
    field: forms.Field = plain[ask.input]()
    return field


@needs("matters.see")
def move(request: HttpRequest, pk: int, step_key: str) -> HttpResponse:
    """One move: its form, and doing it. A page made before somebody else's move is told so."""
    matter, user = the_matter(request, pk), worker(request)
    step = matter.flow.move(step_key)
    if step is None:
        raise Http404
    form = MoveForm(sent(request), matter=matter, step=step, initial={"seen": matter.version})

    def act(data: dict[str, Any]) -> Matter:
        return actions.move(
            matter, step_key, note=data["note"], outcome=data.get("outcome", ""), seen=data["seen"],
            once=once_of(request), by=user, **form.facts(),
        )  # fmt: skip

    end = matter.flow.stage(step.end)
    return one_step(
        request,
        form,
        title=step.name,
        verb=step.name,
        lead=f"办完就是「{end.name}」了。" if end.is_end else f"办完到「{end.name}」，接着{end.todo}。",
        back=matter_url(matter),
        act=act,
        done=lambda moved: f"{moved.number} 现在是「{moved.at_stage.name}」",
        matter=matter,
        private=matter.restricted,
        draft=f"move-{matter.pk}-{step_key}",
    )
