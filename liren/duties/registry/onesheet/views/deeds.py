"""What one does with a form: answer, choose, narrow, type, hand out, keep."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from liren.core.duty import Refused
from liren.core.pages import found, refused_response, say
from liren.core.pages.permits import needs

from .. import actions
from ..arranging import filled_now, setting_of
from ..forms import DayForm, HandOutForm, KeepForm
from ..models import Filling, FormTemplate, FormTurn, HandOut

TYPES = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MOST_TYPED = 80


def _deed(request: HttpRequest, pk: int, act: Callable[[Filling, Any], str]) -> HttpResponse:
    """One deed on one filling, and back to its page with a word about it."""
    user: Any = request.user
    rows = Filling.objects.select_related("community", "template", "document")
    kept: Filling = found(rows, user, pk=pk)
    back = reverse("registry:filling", args=[kept.pk])
    try:
        said = act(kept, user)
    except Refused as refusal:
        return refused_response(request, refusal, back)
    if said:
        say(request, said)
    return redirect(back)


@needs("people.export")
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """What a heading means."""

    def act(kept: Filling, user: Any) -> str:
        place, asked = request.POST.get("place", ""), request.POST.get("asked", "")
        actions.answer_place(kept, place=place, asked=asked, by=user)
        return "记住了，下次这张表也按这个填"

    return _deed(request, pk, act)


@needs("people.export")
@require_POST
def target(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom a card is about."""

    def act(kept: Filling, user: Any) -> str:
        said = request.POST.get("pk", "")
        if not said.isdecimal() or len(said) > 18:
            raise Refused("请从列出的人里选一位")
        actions.choose_target(kept, kind=request.POST.get("kind", "person"), pk=int(said), by=user)
        return ""

    return _deed(request, pk, act)


@needs("people.export")
@require_POST
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Another population for a sheet."""

    def act(kept: Filling, user: Any) -> str:
        sheet = request.POST.get("name", "")
        done = filled_now(kept, user, masked=True)
        note = next((each for each in done.report.populations if each.sheet == sheet and each.tree), None)
        if note is None:
            raise Refused("这一张没有可以改的条件")
        tree = _changed(note.tree, request, sheet, setting_of(kept, user).places().grids)
        actions.change_people(kept, sheet=sheet, tree=tree, by=user)
        return "条件改好了，已按新条件重填"

    return _deed(request, pk, act)


def _changed(tree: Any, request: HttpRequest, sheet: str, grids: tuple[str, ...]) -> Any:
    parts = tree["all"] if isinstance(tree, dict) and "all" in tree else [tree]
    kept = set(request.POST.getlist(f"{sheet}-keep"))
    chosen = [part for place, part in enumerate(parts) if str(place) in kept]
    chosen = [part for part in chosen if not (isinstance(part, list) and part[0] == "house.grid")]
    grid = request.POST.get(f"{sheet}-grid", "")
    if grid in grids:
        chosen.append(["house.grid", "=", grid])
    if request.POST.get(f"{sheet}-away"):
        chosen = [part for part in chosen if not (isinstance(part, list) and part[0] == "person.status")]
        chosen.insert(0, ["person.status", "in", ["living", "away"]])
    if not any(isinstance(part, list) and part[0] == "person.status" for part in chosen):
        chosen.insert(0, ["person.status", "in", ["living", "away"]])
    return {"all": chosen}


@needs("people.export")
@require_POST
def day(request: HttpRequest, pk: int) -> HttpResponse:
    """The day for which the form tells things."""

    def act(kept: Filling, user: Any) -> str:
        form = DayForm(request.POST)
        if not form.is_valid():
            raise Refused("没看懂这个日期，写成 2026-06-30 这样")
        actions.set_day(kept, on=form.cleaned_data["on"], by=user)
        return "已按那一天的情况重填"

    return _deed(request, pk, act)


@needs("people.export")
@require_POST
def typed(request: HttpRequest, pk: int) -> HttpResponse:
    """What was typed by hand."""

    def act(kept: Filling, user: Any) -> str:
        places = request.POST.getlist("place")[:MOST_TYPED]
        values = dict(zip(places, request.POST.getlist("value"), strict=False))
        asked = dict(zip(places, request.POST.getlist("asked"), strict=False))
        written = actions.type_values(kept, values=values, asked=asked, by=user)
        return f"填好了，其中 {written} 项记进了档案" if written else "填好了"

    return _deed(request, pk, act)


@needs("people.export")
@require_POST
def hand_out(request: HttpRequest, pk: int) -> HttpResponse:
    """The filled file, with what for and to whom."""
    made: list[HandOut] = []

    def act(kept: Filling, user: Any) -> str:
        form = HandOutForm(request.POST)
        if not form.is_valid():
            raise Refused(
                "；".join(f"{form.fields[name].label}：{errors[0]}" for name, errors in form.errors.items())
            )
        made.append(actions.hand_out(kept, by=user, **form.cleaned_data))
        return "表填好了，点“下载”取走；链接到时会自己失效"

    return _deed(request, pk, act)


@needs("people.export")
@require_POST
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Remembers the form for the next time."""

    def act(kept: Filling, user: Any) -> str:
        form = KeepForm(request.POST)
        if not form.is_valid():
            raise Refused("几号交要填 1 到 31")
        actions.keep_template(kept, by=user, **form.cleaned_data)
        return "存成表样了，下次一键就能填"

    return _deed(request, pk, act)


@needs("people.export")
def fetch(request: HttpRequest, pk: int, ending: str = "") -> HttpResponse:
    """The file of a hand-out, or its PDF, until the link ends."""
    user: Any = request.user
    rows = HandOut.objects.select_related("filling", "document", "paper", "community")
    handout: HandOut = found(rows, user, pk=pk)
    try:
        content = actions.fetch(handout, paper=ending == "pdf", by=user)
    except Refused as refusal:
        return refused_response(request, refusal, reverse("registry:filling", args=[handout.filling_id]))
    ending = ending or handout.ending
    response = HttpResponse(content, content_type=TYPES[ending])
    disposition = content_disposition_header(True, f"{handout.filling.name}.{ending}")
    response["Content-Disposition"] = disposition or "attachment"
    response["Cache-Control"] = "no-store"
    return response


@needs("people.export")
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """How the form looks on paper, numbers masked: to look at, not to hand on."""
    user: Any = request.user
    kept: Filling = found(Filling.objects.select_related("community", "document"), user, pk=pk)
    try:
        content = actions.previewed(kept, by=user)
    except Refused as refusal:
        return refused_response(request, refusal, reverse("registry:filling", args=[kept.pk]))
    response = HttpResponse(content, content_type=TYPES["pdf"])
    response["Content-Disposition"] = (
        content_disposition_header(False, f"{kept.name}（预览）.pdf") or "inline"
    )
    response["Cache-Control"] = "no-store"
    return response


def _on_forms(request: HttpRequest, act: Callable[[], Filling | None]) -> HttpResponse:
    """One deed on a form that is kept: on to the filling it begins, else back to the forms."""
    try:
        filling = act()
    except Refused as refusal:
        return refused_response(request, refusal, reverse("registry:forms"))
    return redirect("registry:filling", filling.pk) if filling else redirect("registry:forms")


@needs("people.export")
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """The same form once more, in one click."""
    user: Any = request.user
    template: FormTemplate = found(FormTemplate.objects.select_related("community", "document"), user, pk=pk)
    return _on_forms(request, lambda: actions.fill_again(template, by=user))


@needs("people.export")
@require_POST
def fill_turn(request: HttpRequest, pk: int) -> HttpResponse:
    """The form that is due, in one click."""
    user: Any = request.user
    turn: FormTurn = found(FormTurn.objects.select_related("template", "filling"), user, pk=pk)
    return _on_forms(request, lambda: actions.fill_turn(turn, by=user))


@needs("people.export")
@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a template away."""
    user: Any = request.user
    template: FormTemplate = found(FormTemplate.objects.all(), user, pk=pk)

    def act() -> None:
        actions.drop_template(template, by=user)
        say(request, "表样收起来了")

    return _on_forms(request, act)
