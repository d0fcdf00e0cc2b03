"""Holding (谁在办): assigning, taking, asking a colleague, the named circle, and handing everything over."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from liren.core.accounts.models import User
from liren.core.duty import Refused
from liren.core.matters import actions
from liren.core.matters.models import Circle, Matter, Todo
from liren.core.pages import found, refused_response
from liren.core.pages.permits import needs

from .fields import NoteField, chosen_among, colleagues, holder_field, moment_field
from .steps import matter_url, once_of, one_deed, one_step, sent, the_matter, worker


class AssignForm(forms.Form):
    """To whom, with a word."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, matter: Matter, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        # Who may not assign to others takes it alone.
        users = colleagues(matter.area, without=matter.holder)
        if not user.can("matters.assign", matter.area):
            users = [each for each in users if each.pk == user.pk]
        self.fields["to"] = chosen_among(users, label="派给谁")
        self.fields["note"] = NoteField(label="交代一句（可不填）", required=False)


@needs("matters.work")
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives the matter to a colleague."""
    matter, user = the_matter(request, pk), worker(request)
    return one_step(
        request,
        AssignForm(sent(request), matter=matter, user=user, initial={"seen": matter.version}),
        title="派给同事",
        verb="派给他",
        lead=f"现在由{matter.holder}主办。" if matter.holder else "现在还没人接手。",
        back=matter_url(matter),
        act=lambda data: actions.assign(
            matter, data["to"], note=data["note"], seen=data["seen"], once=once_of(request), by=user
        ),
        done=lambda given: f"已派给{given.holder}",
        matter=matter,
    )


@require_POST
@needs("matters.work")
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the matter oneself."""
    matter, user = the_matter(request, pk), worker(request)
    return one_deed(
        request,
        matter,
        lambda: actions.assign(matter, user, once=once_of(request), by=user),
        "这件事由您主办了",
    )


class AskForm(forms.Form):
    """What a colleague is asked for, and by when."""

    def __init__(self, *args: Any, matter: Matter, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["what"] = forms.CharField(label="请他办什么", max_length=80)
        self.fields["holder"] = holder_field(matter, without=user, label="请谁")
        self.fields["due_at"] = moment_field(label="什么时候要（可不填）", required=False)


@needs("matters.work")
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks a colleague for something beside the next step."""
    matter, user = the_matter(request, pk), worker(request)
    return one_step(
        request,
        AskForm(sent(request), matter=matter, user=user),
        title="请同事协办",
        verb="请他办",
        back=matter_url(matter),
        act=lambda data: actions.ask_colleague(
            matter, data["what"], holder=data["holder"], due_at=data["due_at"], by=user
        ),
        done=lambda todo: f"已请{todo.holder}协办",
        matter=matter,
    )


@require_POST
@needs("matters.work")
def ask_done(request: HttpRequest, pk: int) -> HttpResponse:
    """What was asked for beside is done."""
    todo = found(
        Todo.objects.select_related("matter", "holder").filter(is_main=False), worker(request), pk=pk
    )
    return one_deed(
        request, todo.matter, lambda: actions.finish_todo(todo, by=worker(request)), f"「{todo.what}」办完了"
    )


class CircleForm(forms.Form):
    """One more who may know."""

    def __init__(self, *args: Any, matter: Matter, known: list[int], **kwargs: Any):
        super().__init__(*args, **kwargs)
        users = [user for user in colleagues(matter.area) if user.pk not in known]
        self.fields["user"] = chosen_among(users, label="让谁知道")


@needs("matters.work")
def circle(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets one more colleague know of a restricted matter."""
    matter, user = the_matter(request, pk), worker(request)
    known = list(
        Circle.objects.visible_to(user).filter(matter=matter, to_at=None).values_list("user_id", flat=True)
    )
    return one_step(
        request,
        CircleForm(sent(request), matter=matter, known=known),
        title="添知情人",
        verb="让他知道",
        lead="知情的人能看到全部经过，能办这件事。每次添减都留痕。",
        back=matter_url(matter),
        act=lambda data: actions.name_to_circle(matter, data["user"], by=user),
        done=lambda named: f"{named.user}现在知情",
        matter=matter,
    )


@require_POST
@needs("matters.work")
def circle_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody need not know any longer."""
    rows = Circle.objects.filter(to_at=None).select_related("matter", "user")
    one = found(rows, worker(request), pk=pk)
    if one.user_id == worker(request).pk:
        return refused_response(request, Refused("请别人把您从知情人里去掉"), back=matter_url(one.matter))
    return one_deed(
        request,
        one.matter,
        lambda: actions.drop_from_circle(one.matter, one.user, by=worker(request)),
        f"{one.user}不再是知情人",
    )


class HandOverForm(forms.Form):
    """To whom everything goes."""

    def __init__(self, *args: Any, users: list[User], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["to"] = chosen_among(users, label="交给谁")
        self.fields["note"] = NoteField(label="交代一句（可不填）", required=False)


@needs("matters.assign")
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything open that a colleague holds, to another, in one click."""
    user = worker(request)
    leaver = found(User.objects, user, pk=pk)
    held = Matter.objects.visible_to(user).open().filter(holder=leaver).for_list().order_by("key")
    beside = Todo.objects.visible_to(user).open().filter(is_main=False, holder=leaver)
    area = user.community or leaver.home
    users = colleagues(area, without=leaver) if area else []
    return one_step(
        request,
        HandOverForm(sent(request), users=users),
        title=f"{leaver}的工作交接",
        verb="全部交过去",
        back=f"{reverse('desk:matters')}?holder={leaver.pk}",
        act=lambda data: actions.hand_over_all(leaver, to=data["to"], note=data["note"], by=user),
        done=lambda count: f"{count} 件都交过去了",
        template="desk/matters/hand_over.html",
        fragment=None,
        leaver=leaver,
        held=held,
        beside=beside.select_related("matter").order_by("due_at", "pk"),
    )
