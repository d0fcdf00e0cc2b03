"""The staff's side (居民端管理): requests to find out who somebody is, and announcements."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from liren.core.accounts.models import User
from liren.core.accounts.requests import DeskRequest
from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.pages import found, refused_response, say, show
from liren.core.pages.paging import page_of
from liren.core.pages.permits import needs
from liren.core.people.models import Person, Phone
from liren.core.people.naming import same_name
from liren.core.people.search import search

from .. import actions
from ..announcements import Announcement
from ..bindings import BindingRequest
from ..forms import AnnouncementForm, ReasonForm
from ..posters import address_of, picture

MOST_CANDIDATES = 12


@dataclass(frozen=True)
class Candidate:
    """Somebody whom a request may mean, and what speaks for it."""

    person: Person
    same_name: bool
    same_phone: bool


@require_GET
@needs("portal.residents")
def requests(request: DeskRequest) -> HttpResponse:
    """Who asks to be found out, those who wait first; the decided ones at wish."""
    decided = "decided" in request.GET
    rows = BindingRequest.objects.visible_to(request.user).select_related(
        "account", "community", "decided_by"
    )
    rows = rows.exclude(state="open") if decided else rows.open()
    context = {"page": page_of(rows, request), "decided": decided, "links": _links(request)}
    return show(request, "portal/desk/requests.html", context, fragment="list")


def _links(request: DeskRequest) -> list[tuple[str, str, str]]:
    """The portal of each community here with its address and the same as a picture, to be hung up."""
    own = Area.objects.communities().filter(pk__in=request.user.community_ids())
    return [(each.name, address, picture(address)) for each in own if (address := address_of(request, each))]


@require_GET
@needs("portal.residents")
def one_request(request: DeskRequest, pk: int) -> HttpResponse:
    """One request beside the people it may mean."""
    asked = found(
        BindingRequest.objects.select_related("account", "community", "binding__person"), request.user, pk=pk
    )
    return _one(request, asked, ReasonForm())


def _one(request: DeskRequest, asked: BindingRequest, form: ReasonForm, status: int = 200) -> HttpResponse:
    sought = request.GET.get("q", "").strip()[:40]
    waits = asked.state == BindingRequest.State.OPEN
    context: dict[str, Any] = {
        "asked": asked,
        "form": form,
        "sought": sought,
        "waits": waits,
        "candidates": _candidates(request.user, asked, sought or asked.name) if waits else [],
        "undoable": asked.can_be_taken_back_by(request.user),
    }
    return show(request, "portal/desk/request.html", context, fragment="candidates", status=status)


def _candidates(user: User, asked: BindingRequest, line: str) -> list[Candidate]:
    people = search(user, line).people.filter(community=asked.community).with_place()[:MOST_CANDIDATES]
    phones = Phone.objects.visible_to(user).filter(
        community=asked.community, hash=asked.account.phone_hash, ended_on=None
    )
    bearers = set(phones.values_list("person_id", flat=True)) if asked.account.phone_hash else set()
    rows = [Candidate(p, same_name(p.name, asked.name), p.pk in bearers) for p in people]
    return sorted(rows, key=lambda row: (not row.same_phone, not row.same_name))


@require_POST
@needs("portal.residents")
def confirm(request: DeskRequest, pk: int) -> HttpResponse:
    """It is this person."""
    asked = found(BindingRequest.objects, request.user, pk=pk)
    back = reverse("portal_desk:request", args=[pk])
    if not request.POST.get("person"):
        say(request, "先选一位", bad=True)
        return HttpResponseRedirect(back)
    who = found(Person.objects, request.user, pk=request.POST["person"])
    try:
        actions.confirm_request(asked, person=who, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, back=back)
    say(request, f"{asked.name}的账号核对好了", undo=reverse("portal_desk:take_back", args=[pk]))
    return redirect("portal_desk:requests")


@require_POST
@needs("portal.residents")
def refuse(request: DeskRequest, pk: int) -> HttpResponse:
    """It could not be found out; says why."""
    asked = found(BindingRequest.objects.select_related("account", "community"), request.user, pk=pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _one(request, asked, form)
    try:
        actions.refuse_request(asked, reason=form.cleaned_data["reason"], by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, back=reverse("portal_desk:request", args=[pk]))
    say(request, "理由已经写给居民", undo=reverse("portal_desk:take_back", args=[pk]))
    return redirect("portal_desk:requests")


@require_POST
@needs("portal.residents")
def take_back(request: DeskRequest, pk: int) -> HttpResponse:
    """Undoes the decision."""
    asked = found(BindingRequest.objects, request.user, pk=pk)
    back = reverse("portal_desk:request", args=[pk])
    try:
        actions.take_decision_back(asked, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, back=back)
    say(request, "撤回了，申请又在等核对")
    return HttpResponseRedirect(back)


@require_GET
@needs("portal.announce")
def announcements(request: DeskRequest) -> HttpResponse:
    """What was announced, the latest first."""
    rows = Announcement.objects.visible_to(request.user).select_related("community", "made_by")
    context = {"page": page_of(rows, request), "links": _links(request)}
    return show(request, "portal/desk/announcements.html", context, fragment="list")


@needs("portal.announce")
def announce(request: DeskRequest) -> HttpResponse:
    """A new announcement, for the community in which one works."""
    community = request.user.community
    form = AnnouncementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if community is None or not request.user.can("portal.announce", community):
            form.add_error(None, "您的岗位不在社区里，发不了社区通知")
        else:
            try:
                actions.announce(community, **form.cleaned_data, by=request.user)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                say(request, "发出去了，居民打开就看得到")
                return redirect("portal_desk:announcements")
    return show(request, "portal/desk/announcement.html", {"form": form, "community": community})


@needs("portal.announce")
def correct(request: DeskRequest, pk: int) -> HttpResponse:
    """Writes one anew."""
    row = found(Announcement.objects.select_related("community"), request.user, pk=pk)
    form = AnnouncementForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_announcement(row, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            say(request, "改好了")
            return redirect("portal_desk:announcements")
    context = {"form": form, "row": row, "community": row.community}
    return show(request, "portal/desk/announcement.html", context)


@require_POST
@needs("portal.announce")
def take_down(request: DeskRequest, pk: int) -> HttpResponse:
    """Takes one down."""
    row = found(Announcement.objects, request.user, pk=pk)
    try:
        actions.take_down(row, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal)
    say(request, f"「{row.title}」撤下来了", undo=reverse("portal_desk:put_up", args=[pk]))
    return redirect("portal_desk:announcements")


@require_POST
@needs("portal.announce")
def put_up(request: DeskRequest, pk: int) -> HttpResponse:
    """Shows one again."""
    row = found(Announcement.objects, request.user, pk=pk)
    try:
        actions.put_up_again(row, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal)
    say(request, f"「{row.title}」又在展示了")
    return redirect("portal_desk:announcements")
