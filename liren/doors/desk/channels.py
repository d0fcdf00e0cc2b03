"""Channels (对外通道): robots of groups and lists of mail, and what went out to them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from liren.core.accounts.requests import DeskRequest
from liren.core.duty import Refused
from liren.core.notices import actions
from liren.core.notices.models import Channel, Message
from liren.core.pages import found, refused_response, say, show
from liren.core.pages.paging import page_of
from liren.core.pages.permits import needs

from .channel_forms import ChannelForm, ChannelWordsForm

State = Message.State
# How each state looks: class of the badge.
LOOKS = {
    State.WAITING: "wait",
    State.SENDING: "go",
    State.SENT: "done",
    State.FAILED: "late",
    State.UNCERTAIN: "wait",
    State.GIVEN_UP: "late",
}


@require_GET
@needs("notices.manage")
def channels(request: DeskRequest) -> HttpResponse:
    """The channels of one's own communities, and the outbox."""
    sent = Message.objects.visible_to(request.user).select_related("channel", "community")
    troubled = sent.troubled().count()
    show_only = request.GET.get("show", "")
    rows = {"troubled": sent.troubled, "open": sent.open}.get(show_only, sent.all)()
    page = page_of(rows, request)
    own = Channel.objects.visible_to(request.user).select_related("community")
    context: dict[str, Any] = {
        "channels": own,
        "several": len({channel.community_id for channel in own}) > 1,
        "page": page,
        "rows": [(message, LOOKS[State(message.state)]) for message in page.rows],
        "show_only": show_only,
        "troubled": troubled,
    }
    return show(request, "desk/channels.html", context, fragment="outbox")


@needs("notices.manage")
def new(request: DeskRequest) -> HttpResponse:
    """One more channel."""
    form = ChannelForm(request.user, request.POST or None, initial={"occasions": ["urgent", "overdue"]})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            channel = actions.open_channel(said.pop("community"), **said, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            say(request, f"「{channel.name}」开好了，试发一条看看")
            return redirect("desk:channels")
    return show(request, "desk/channel_new.html", {"form": form})


@needs("notices.manage")
def one(request: DeskRequest, pk: int) -> HttpResponse:
    """What a channel is called and what is told there; switching it off."""
    channel = found(Channel.objects.active().select_related("community"), request.user, pk=pk)
    words = {"name": channel.name, "occasions": channel.occasions}
    form = ChannelWordsForm(request.POST or None, initial=words)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_channel(channel, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            say(request, f"「{channel.name}」改好了")
            return redirect("desk:channels")
    return show(request, "desk/channel.html", {"channel": channel, "form": form})


@require_POST
@needs("notices.manage")
def test(request: DeskRequest, pk: int) -> HttpResponse:
    """Sends one line there."""
    channel = found(Channel.objects.select_related("community"), request.user, pk=pk)
    try:
        actions.test_channel(channel, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal)
    say(request, f"往「{channel.name}」试发了一条，去群里看看。结果稍后出现在下面")
    return redirect("desk:channels")


@require_POST
@needs("notices.manage")
def close(request: DeskRequest, pk: int) -> HttpResponse:
    """Switches a channel off."""
    channel = found(Channel.objects, request.user, pk=pk)
    try:
        actions.close_channel(channel, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal)
    say(request, f"「{channel.name}」停用了，发过的记录还在")
    return redirect("desk:channels")


@require_POST
@needs("notices.manage")
def again(request: DeskRequest, pk: int) -> HttpResponse:
    """再发一次, after somebody has looked whether it arrived."""
    message = found(Message.objects, request.user, pk=pk)
    try:
        actions.send_again(message, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal)
    say(request, "又排上了，马上发")
    return redirect("desk:channels")
