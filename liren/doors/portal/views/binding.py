"""Who one is (核对身份): by number, or by asking the staff."""

from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from liren.core.accounts.devices import address_of
from liren.core.duty import Refused
from liren.core.pages import say

from .. import actions
from ..bindings import BindingRequest, person_of
from ..entrance import SignedIn, page, portal, to
from ..floods import count_up
from ..forms import AskStaffForm, MatchForm


@sensitive_post_parameters("name", "number", "born")
@portal(signed_in=True)
def match(request: SignedIn) -> HttpResponse:
    """Name, number and birth date. Every failure looks the same, and every try counts."""
    account = request.resident
    if person_of(account):
        return HttpResponseRedirect(to(request, "me"))
    form = MatchForm(request.POST or None)
    failed = False
    if request.method == "POST" and form.is_valid():
        count_up("match_account", who=str(account.pk), area=request.community)
        count_up("match_address", who=address_of(request), area=request.community)
        try:
            actions.bind_by_number(account, **form.cleaned_data, by=None)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            failed = True
        else:
            say(request, "核对上了，以后说事不用再填住址")
            return HttpResponseRedirect(to(request, "me"))
    return page(request, "match", {"form": form, "failed": failed})


@portal(signed_in=True)
def ask_staff(request: SignedIn) -> HttpResponse:
    """The other way: the staff find out."""
    form = AskStaffForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        count_up("request_account", who=str(request.resident.pk), area=request.community)
        try:
            actions.ask_staff(request.resident, **form.cleaned_data, by=None)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            say(request, "交上去了，工作人员核对后这里会写明")
            return HttpResponseRedirect(to(request, "me"))
    return page(request, "ask_staff", {"form": form})


@require_POST
@portal(signed_in=True)
def withdraw(request: SignedIn) -> HttpResponse:
    """Takes the request back."""
    waiting = BindingRequest.objects.open().filter(account=request.resident).first()
    if waiting:
        actions.withdraw_request(waiting, by=None)
        say(request, "申请撤回了")
    return HttpResponseRedirect(to(request, "me"))
