"""Several at once (批量办): what was ticked in the list, one confirmation, each by its own action, refusals by name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from liren.core.duty import Refused
from liren.core.matters import actions
from liren.core.matters.models import Matter
from liren.core.matters.parties import has_asker
from liren.core.pages import say, show
from liren.core.pages.permits import needs

from .fields import NoteField, chosen_among, colleagues
from .steps import new_token, once_of, sent, worker

MOST = 100
# A key of a matter has 19 digits at most, not all of which a database holds; a token and the key together stay within
# what an entry keeps.
LONGEST_KEY, AFTER_LAST_KEY = 19, 2**63


class ToForm(forms.Form):
    """To whom, with a word for all of them."""

    def __init__(self, *args: Any, matters: list[Matter], **kwargs: Any):
        super().__init__(*args, **kwargs)
        areas = {matter.area_id: matter.area for matter in matters}
        users = {user.pk: user for area in areas.values() for user in colleagues(area)}
        self.fields["to"] = chosen_among(sorted(users.values(), key=lambda user: user.name), label="派给谁")
        self.fields["note"] = NoteField(label="交代一句（可不填）", required=False)


class WordsForm(forms.Form):
    """The same words for all of them."""

    text = NoteField(label="写一条经过")
    public = forms.BooleanField(label="诉求人看得到", required=False)

    def __init__(self, *args: Any, matters: list[Matter], **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not any(has_asker(matter) for matter in matters):
            del self.fields["public"]


class NothingForm(forms.Form):
    """Nothing more has to be said."""

    def __init__(self, *args: Any, matters: list[Matter], **kwargs: Any):
        super().__init__(*args, **kwargs)


Act = Callable[[Matter, dict[str, Any], str, Any], Any]


@dataclass(frozen=True)
class Deed:
    """One thing that can be done to several: its name, what it takes, and the action that does it to one."""

    name: str
    done: str
    ability: str
    form: type[forms.Form]
    act: Act
    letter: str
    icon: str
    lead: str = ""


def _assign(matter: Matter, said: dict[str, Any], once: str, by: Any) -> None:
    actions.assign(matter, said["to"], note=said["note"], seen=matter.version, once=once, by=by)


def _write(matter: Matter, said: dict[str, Any], once: str, by: Any) -> None:
    actions.comment(matter, said["text"], public=said.get("public", False), once=once, by=by)


def _archive(matter: Matter, said: dict[str, Any], once: str, by: Any) -> None:
    actions.archive(matter, by=by)


DEEDS = {
    "assign": Deed("派给同事", "派出", "matters.assign", ToForm, _assign, "p", "arrows-exchange"),
    "note": Deed(
        "写一条经过", "记下", "matters.work", WordsForm, _write, "j", "message", "每一件都记同样的一条。"
    ),
    "archive": Deed(
        "归档",
        "归档",
        "matters.assign",
        NothingForm,
        _archive,
        "g",
        "bookmark",
        "归档以后只能查看，不能再办。",
    ),
}


@needs("matters.work")
def several(request: HttpRequest) -> HttpResponse:
    """What is to be done with those that were ticked; done to each by itself, so that one refusal stops no other."""
    user = worker(request)
    said = request.POST if request.method == "POST" else request.GET
    deed = DEEDS.get(said.get("deed", ""))
    if deed and not user.can(deed.ability):
        raise PermissionDenied(f"您的岗位还不能「{deed.name}」。")
    matters = ticked(said.getlist("m"), user)
    if deed is None or not matters:
        say(request, "还没有勾选事项", bad=True)
        return redirect("desk:matters")
    form = deed.form(sent(request), matters=matters)  # type: ignore[call-arg]
    context = {
        "deed": deed, "key": said["deed"], "form": form, "matters": matters, "once": once_of(request)[:20] or new_token(),
        "back": reverse("desk:matters"),
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        refused = done_to_each(deed, matters, form.cleaned_data, once_of(request)[:20], user)
        done = len(matters) - len(refused)
        if not refused:
            say(request, f"{done} 件都{deed.done}了")
            return redirect("desk:matters")
        return show(request, "desk/matters/several_done.html", {**context, "refused": refused, "done": done})
    return show(request, "desk/matters/several.html", context, status=422 if form.errors else 200)


def ticked(keys: list[str], user: Any) -> list[Matter]:
    """The matters of the keys that this user may know of, in the order of the list; the rest is passed over."""
    said = (int(key) for key in keys if key.isdecimal() and len(key) <= LONGEST_KEY)
    wanted = [key for key in said if key < AFTER_LAST_KEY][:MOST]
    known = (
        Matter.objects.visible_to(user)
        .filter(pk__in=wanted)
        .select_related("area__parent", "holder", "community")
    )
    by_key = {matter.pk: matter for matter in known}
    return [by_key[key] for key in dict.fromkeys(wanted) if key in by_key]


def done_to_each(
    deed: Deed, matters: list[Matter], said: dict[str, Any], once: str, user: Any
) -> list[tuple[Matter, str]]:
    """Each in its own transaction, whole or not at all; gives those that were refused, with the sentence why."""
    refused = []
    for matter in matters:
        try:
            deed.act(matter, said, f"{once}-{matter.pk}" if once else "", user)
        except Refused as refusal:
            refused.append((matter, str(refusal)))
    return refused
