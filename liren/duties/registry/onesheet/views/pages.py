"""The pages of 一表通: where forms are dropped, and one form being filled."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from liren.core.duty import Refused
from liren.core.facts.conditions import Group, Test
from liren.core.facts.reading import read, tests_in
from liren.core.facts.wording import in_words
from liren.core.pages import found, refused_response, say, show
from liren.core.pages.paging import page_of
from liren.core.pages.permits import needs
from liren.core.people.facts.asked import lexicon
from liren.core.people.search import find_people
from liren.core.sheets.forms.leaving import left_off_paper
from liren.core.sheets.forms.opening import MAX_FORM

from ...files.asking import code_of
from .. import actions
from ..arranging import filled_now, setting_of, snapshot_of, typed_in
from ..comparing import compared
from ..duedates import next_due
from ..filling import Filled
from ..forms import DayForm, HandOutForm, KeepForm, PeopleForm
from ..models import Filling, FormTemplate, FormTurn, HandOut
from ..overlaps import Overlap, by_template, overlaps
from ..preview import pages_of
from ..report import DOUBTFUL, MISSING, TYPED, UNKNOWN, UNREAD, PopulationNote

MEBIBYTE = 1024 * 1024
MOST_FOUND = 8


@needs("people.export")
def index(request: HttpRequest) -> HttpResponse:
    """Where blank forms are dropped; the templates with their days; what was filled last."""
    user: Any = request.user
    templates = FormTemplate.objects.visible_to(user).in_use().select_related("community")
    fillings = Filling.objects.visible_to(user).select_related("made_by", "template")
    kept = list(templates[:60])
    like = by_template(overlaps(kept))
    rows = [(template, next_due(template), _alike(template, like)) for template in kept]
    rows.sort(key=lambda row: (row[1] is None, row[1]))
    turns = FormTurn.objects.visible_to(user).open().select_related("template", "matter")[:20]
    context = {
        "templates": rows,
        "turns": turns,
        "page": page_of(fillings, request),
        "community": user.community,
    }
    return show(request, "registry/onesheet/index.html", context)


def _alike(template: FormTemplate, like: Mapping[int, list[Overlap]]) -> list[tuple[str, Overlap]]:
    """The forms that ask much the same as this one."""
    return [(each.beside(template).name, each) for each in like.get(template.pk, [])[:3]]


@needs("people.export")
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Takes a blank form."""
    user: Any = request.user
    upload = request.FILES.get("form")
    try:
        if user.community is None:
            raise Refused("您的岗位不在任何社区，填不了表")
        if upload is None:
            raise Refused("请先选一张空表")
        if (upload.size or 0) > MAX_FORM:
            raise Refused(f"一张空表不会超过 {MAX_FORM // MEBIBYTE} MB，请核对后再传")
        filling = actions.begin_filling(
            user.community, content=upload.read(), name=upload.name or "空表", by=user
        )
    except Refused as refusal:
        return refused_response(request, refusal, reverse("registry:forms"))
    if filling.template:
        say(request, "这张表以前填过，上次的对应关系已经带上")
    return redirect("registry:filling", filling.pk)


@needs("people.export")
def filling(request: HttpRequest, pk: int) -> HttpResponse:
    """One form: what it wants, whom it means, how it looks filled, what is asked back."""
    user: Any = request.user
    kept = _filling(request, pk)
    context: dict[str, Any] = {"filling": kept, "back": reverse("registry:forms")}
    context["hits"] = _hits(request)
    context["who"] = request.GET.get("who", "")
    try:
        done = filled_now(kept, user, masked=True)
    except Refused as refusal:
        context["refusal"] = str(refusal)
        return show(request, "registry/onesheet/filling.html", context)
    context |= _parts(kept, done, user)
    context["turn"] = FormTurn.objects.visible_to(user).filter(filling=kept).select_related("matter").first()
    context["left_out"] = left_off_paper(done.content, done.ending)
    context["handouts"] = (
        HandOut.objects.visible_to(user).filter(filling=kept).select_related("by", "document")[:10]
    )
    # Both dialogs ask for a receiver: ids of their own, so that each label belongs to its field.
    receiver = kept.template.receiver if kept.template else ""
    context["hand_out_form"] = HandOutForm(initial={"receiver": receiver}, auto_id="out_%s")
    first = {name: getattr(kept.template, name) for name in KeepForm.base_fields} if kept.template else {}
    context["keep_form"] = KeepForm(initial=first, auto_id="keep_%s")
    context["day_form"] = DayForm(initial={"on": done.report.on})
    return show(request, "registry/onesheet/filling.html", context)


def _filling(request: HttpRequest, pk: int) -> Filling:
    rows = Filling.objects.select_related("community", "template", "document", "made_by")
    kept: Filling = found(rows, request.user, pk=pk)
    return kept


def _hits(request: HttpRequest) -> list[Any]:
    text = request.GET.get("who", "").strip()[:40]
    return list(find_people(request.user, text, MOST_FOUND)) if text else []


def _parts(kept: Filling, done: Filled, user: Any) -> dict[str, Any]:
    report = done.report
    grids = setting_of(kept, user).places().grids
    typed = typed_in(kept)
    cells = [
        cell for cell in report.of(MISSING, UNKNOWN, TYPED) if cell.rows == 1 and cell.cell[-1:].isdigit()
    ]
    return {
        "report": report,
        "pages": pages_of(done),
        "needs_target": done.needs_target,
        "target_name": _target_name(kept, done),
        # Without its person a card has one question only.
        "questions": [] if done.needs_target else [_question(cell) for cell in report.of(DOUBTFUL, UNREAD)],
        "blanks": [(cell, _place(cell), typed.get(_place(cell), "")) for cell in cells if _place(cell)],
        "unknown": report.of(UNKNOWN),
        "columns": [cell for cell in report.cells if cell.fact],
        "people": [_people(note, grids) for note in report.populations],
        "doubts": [*report.doubts, *(doubt for line in report.lines for doubt in line.doubts)][:20],
        "beside": sum(len(note.doubts) for note in report.populations),
        "comparison": compared(kept, snapshot_of(done), report.on, user),
    }


def _target_name(kept: Filling, done: Filled) -> str:
    if not kept.target_kind:
        return ""
    return next(
        (str(cell.value) for cell in done.report.cells if cell.asked in ("name", "head.name") and cell.value),
        "已选定",
    )


def _place(cell: Any) -> str:
    """Sheet, column and row, as typed values are kept."""
    from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

    letters, row = coordinate_from_string(cell.cell)
    return f"{cell.sheet}|{column_index_from_string(letters)}|{row}"


def _question(cell: Any) -> dict[str, Any]:
    known = {answer["key"] for answer in cell.answers}
    others = [(ask.key, ask.name) for ask in lexicon().asks.values() if ask.key not in known]
    return {"cell": cell, "answers": cell.answers, "others": others}


def _people(note: PopulationNote, grids: tuple[str, ...]) -> dict[str, Any]:
    """A population with its conditions, each of which may be taken out."""
    if note.tree is None:
        return {"note": note}
    parts = note.tree["all"] if isinstance(note.tree, dict) and "all" in note.tree else [note.tree]
    sentences = [in_words(read(part)) for part in parts]
    chosen = next((part[2] for part in parts if isinstance(part, list) and part[0] == "house.grid"), "")
    first = {
        "sheet": note.sheet,
        "keep": [str(place) for place in range(len(parts))],
        "grid": chosen if chosen in grids else "",
    }
    form = PeopleForm(initial=first, parts=sentences, grids=grids, prefix=note.sheet)
    return {"note": note, "form": form, "link": _register_link(note)}


def _register_link(note: PopulationNote) -> str:
    """The same question in the register, where it can ask it: a plain chain of conditions."""
    condition = read(note.tree)
    plain = isinstance(condition, Test) or (
        isinstance(condition, Group)
        and condition.every
        and all(
            isinstance(part, Test) or (isinstance(part, Group) and part.every) for part in condition.parts
        )
    )
    if not plain:
        return ""
    pairs = [("c", code_of(test)) for test in tests_in(condition)] + [("on", note.on)]
    return f"{reverse('registry:register')}?{urlencode(pairs)}"
