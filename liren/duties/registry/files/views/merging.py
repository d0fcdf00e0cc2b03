"""Merging (合并): two records side by side with the evidence; which is kept; and taking it back."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from liren.core.duty import Refused
from liren.core.pages import found, refused_response, say, show
from liren.core.pages.permits import needs
from liren.core.people.actions import merge, unmerge
from liren.core.people.models import Merge, Person

from ..history import fact_name, fact_words
from ..likeness import alike, compared, sketch_of
from .person import editable, person_url
from .steps import allow, one_step, worker

SHOWN = (
    "name",
    "former_name",
    "sex",
    "birth",
    "ethnicity",
    "kind",
    "status",
    "education",
    "marital",
    "work_unit",
    "remark",
)


@dataclass(frozen=True)
class Line:
    """One fact of both records."""

    name: str
    one: str
    other: str

    @property
    def differs(self) -> bool:
        """Whether both say something, and not the same."""
        return bool(self.one and self.other and self.one != self.other)


class MergeForm(forms.Form):
    """Which record is kept, and why they are one person."""

    keep = forms.ChoiceField(label="留下哪一份", widget=forms.RadioSelect)
    evidence = forms.CharField(
        label="凭什么认定是同一个人", max_length=200, help_text="例如：当面核对身份证、电话问过本人"
    )

    def __init__(self, *args: Any, one: Person, other: Person, **kwargs: Any):
        super().__init__(*args, **kwargs)
        keep = self.fields["keep"]
        assert isinstance(keep, forms.ChoiceField)  # noqa: S101
        keep.choices = [
            (str(p.pk), f"{p.name}（{p.told_apart}），{timezone.localdate(p.recorded_at)} 登记")
            for p in (one, other)
        ]
        keep.initial = str(one.pk)


@needs("people.merge")
def person_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows who may be the same person; with ``?with=`` both records side by side, to be merged."""
    one = editable(request, pk, "people.merge")
    if "with" not in request.GET:
        matches = alike(sketch_of(one), one.community, worker(request))
        known = {match.person.pk for match in matches}
        names = (
            Person.objects.visible_to(worker(request)).namesakes(one).exclude(pk__in=known).with_place()[:20]
        )
        context = {"person": one, "matches": matches, "namesakes": names}
        return show(request, "registry/files/merge_candidates.html", context)
    people = Person.objects.select_related("area", "community", "house__building", "source")
    other = found(people, worker(request), pk=request.GET["with"])
    allow(worker(request), "people.merge", other.area)
    form = MergeForm(request.POST or None, one=one, other=other)

    def act(data: dict[str, Any]) -> Merge:
        kept, gone = (one, other) if data["keep"] == str(one.pk) else (other, one)
        return merge(kept, gone, evidence=data["evidence"], by=worker(request))

    return one_step(
        request,
        form,
        title="合并两份档案",
        verb="合并",
        lead="留下的一份补上空着的内容，住处、电话、标签都并过去。认错了随时能原样拆回。",
        back=person_url(one),
        act=act,
        done=lambda merged: f"{merged.gone.name}的两份档案已合成一份",
        onward=lambda merged: person_url(merged.kept),
        template="registry/files/merge.html",
        fragment=None,
        one=one,
        other=other,
        likeness=compared(one, other),
        lines=_lines(one, other),
    )


def _lines(one: Person, other: Person) -> list[Line]:
    def words(person: Person, name: str) -> str:
        return fact_words(name, getattr(person, name))

    def joined(rows: Any) -> str:
        return "、".join(row.masked for row in rows.filter(ended_on=None))

    lines = [Line(fact_name(name), words(one, name), words(other, name)) for name in SHOWN]
    lines += [
        Line("证件", joined(one.papers), joined(other.papers)),
        Line("电话", joined(one.phones), joined(other.phones)),
        Line("住处", str(one.house or ""), str(other.house or "")),
        Line("来源", str(one.source), str(other.source)),
    ]
    return [line for line in lines if line.one or line.other]


@needs("people.merge")
@require_POST
def merge_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a merge back."""
    merged = found(Merge.objects.select_related("kept__area", "gone"), worker(request), pk=pk)
    allow(worker(request), "people.merge", merged.kept.area)
    try:
        back = unmerge(merged, by=worker(request))
    except Refused as refusal:
        return refused_response(request, refusal, person_url(merged.kept))
    say(request, f"已拆回，{back.name}又是两份档案")
    return HttpResponseRedirect(reverse("registry:person", args=[merged.kept_id]))
