"""Keeping (改、归档): parties, corrections, the archive; and the eye that opens a telephone number for a reason."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from liren.core.audit.actions import record
from liren.core.matters import actions
from liren.core.matters.actions import PartyDraft
from liren.core.matters.models import Matter, Party
from liren.core.pages import found, show
from liren.core.pages.permits import needs
from liren.core.people.models import Person
from liren.core.rules import number

from .fields import PhoneField
from .places import read_where
from .steps import matter_url, one_deed, one_step, sent, the_matter, worker

REASONS = {"handling": "办理需要", "identity": "核对身份", "emergency": "紧急联系"}


class PartyForm(forms.Form):
    """Who has to do with the matter, as what."""

    role = forms.ChoiceField(label="在这件事里是", choices=Party.ROLES, initial="party")
    person = forms.ModelChoiceField(queryset=Person.objects.none(), required=False, widget=forms.HiddenInput)
    name = forms.CharField(label="不在册的：称呼", max_length=60, required=False)
    phone = PhoneField()
    keeps_name = forms.BooleanField(label="不愿公开姓名", required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.visible_to(user)  # type: ignore[attr-defined]


@needs("matters.work")
def party(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds somebody whom the matter concerns."""
    matter, user = the_matter(request, pk), worker(request)
    return one_step(
        request,
        PartyForm(sent(request), user=user),
        title="添当事人",
        verb="添上",
        back=matter_url(matter),
        act=lambda data: actions.add_party(matter, PartyDraft(**data), by=user),
        done=lambda added: f"{added.shown}添上了",
        template="desk/matters/party_step.html",
        matter=matter,
    )


class CorrectForm(forms.Form):
    """What was written down of the matter."""

    title = forms.CharField(label="什么事", max_length=80)
    where = forms.CharField(
        label="在哪里", max_length=120, required=False, help_text="楼室照平时说的写，别的照写记下"
    )
    danger = forms.BooleanField(label="有人身或财产危险", required=False)

    def __init__(self, *args: Any, matter: Matter, **kwargs: Any):
        super().__init__(*args, **kwargs)
        of = matter.of_kind
        if of.causes:
            choices = [("", "还不清楚"), *of.causes]
            self.fields["cause"] = forms.ChoiceField(label=of.cause_label, choices=choices, required=False)


def where_of(matter: Matter) -> str:
    """The place as the form shows it."""
    return matter.where if matter.house or matter.building else matter.place


@needs("matters.work")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrects the line of what it is, its place, its cause."""
    matter, user = the_matter(request, pk), worker(request)
    initial = {
        "title": matter.title,
        "where": where_of(matter),
        "danger": matter.danger,
        "cause": matter.cause,
    }

    def act(data: dict[str, Any]) -> Matter:
        facts = {"title": data["title"], "danger": data["danger"], "cause": data.get("cause")}
        if data["where"] != where_of(matter):
            place = read_where(data["where"], matter.community, user)
            facts |= {"house": place.house, "building": place.building, "place": place.words}
        return actions.correct_matter(matter, **facts, by=user)

    return one_step(
        request,
        CorrectForm(sent(request), matter=matter, initial=initial),
        title="改事由、地点、原因",
        verb="存",
        lead="原来写的留在经过里。",
        back=matter_url(matter),
        act=act,
        done=lambda changed: "改好了",
        matter=matter,
    )


@require_POST
@needs("matters.assign")
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a closed matter into the archive."""
    matter = the_matter(request, pk)
    return one_deed(
        request,
        matter,
        lambda: actions.archive(matter, by=worker(request)),
        f"{matter.number} 归档了，往后只能看",
    )


@never_cache
@needs("people.reveal")
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows the telephone number of a party for a reason, for a minute, with a trace."""
    user = worker(request)
    one = found(Party.objects.select_related("matter__community", "matter__area", "person"), user, pk=pk)
    if not one.phone_sealed or not user.can("people.reveal", one.matter.area):
        raise Http404
    wants_json = "application/json" in request.headers.get("Accept", "")
    seconds = number("people.reveal_seconds", area=one.matter.area)
    context: dict[str, Any] = {"party": one, "reasons": REASONS, "seconds": seconds}
    if request.method != "POST":
        return show(request, "desk/matters/reveal.html", context)
    reason = REASONS.get(request.POST.get("reason", ""))
    if reason is None:
        if wants_json:
            return JsonResponse({"error": "请选为什么要看"}, status=422)
        return show(request, "desk/matters/reveal.html", {**context, "missing": True}, status=422)
    note = request.POST.get("note", "").strip()[:100]
    _left(one, f"{reason}：{note}" if note else reason, user)
    if wants_json:
        return JsonResponse({"value": one.phone, "seconds": seconds})
    return show(request, "desk/matters/reveal.html", {**context, "shown": one.phone})


def _left(one: Party, purpose: str, user: Any) -> None:
    """The look stands with the person of the register where there is one, so that they can be shown it; of a
    restricted matter it stands with the matter alone.
    """
    record(
        "people.reveal",
        target=one.matter if one.matter.restricted else one.person or one.matter,
        community=one.matter.community,
        purpose=purpose,
        hidden=one.matter.restricted,
        by=user,
        what="phone",
    )
