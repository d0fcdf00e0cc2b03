"""The wizard itself: drop, watch, look, write, undo."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from liren.core.accounts.requests import DeskRequest
from liren.core.duty import Refused, progress
from liren.core.pages import found, is_fragment, refused_response, say, show
from liren.core.pages.paging import Page, page_of
from liren.core.pages.permits import needs
from liren.core.people.models import Person
from liren.core.rules import number

from .. import actions
from ..models import ImportBatch, ImportProblem, ImportRow
from ..outline import SHOWN, cards, figures, outline, steps, tabs
from ..receiving import received

ROWS_PER_PAGE = 50


@needs("imports.run")
def index(request: DeskRequest) -> HttpResponse:
    """Where files are dropped, and what was imported before."""
    batches = ImportBatch.objects.visible_to(request.user).select_related("started_by", "community")
    page = page_of(batches, request)
    for batch in page:
        if batch.is_busy and actions.rescue(batch, by=request.user):
            batch.refresh_from_db()
    context = {"page": page, "community": request.user.community}
    return show(request, "imports/index.html", context)


@needs("imports.run")
@require_POST
def start(request: DeskRequest) -> HttpResponse:
    """Takes the files."""
    community = request.user.community
    try:
        if community is None:
            raise Refused("您的岗位不在任何社区，导不了名册")
        batch = actions.start_batch(received(request), community=community, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, reverse("imports:index"))
    return redirect("imports:batch", batch.pk)


@needs("imports.run")
def detail(request: DeskRequest, pk: int) -> HttpResponse:
    """One batch, as far as it is: progress, dry run, result."""
    batch = found(
        ImportBatch.objects.select_related("community", "started_by", "source"), request.user, pk=pk
    )
    if batch.is_busy and actions.rescue(batch, by=request.user):
        batch.refresh_from_db()
    context = {
        "batch": batch,
        "steps": steps(batch),
        "step": outline(batch),
        "files": batch.files.all(),
        "undo_days": number("imports.undo_days", area=batch.community),
        "progress": progress.said(batch.key) if batch.is_busy else None,
    }
    if batch.state == ImportBatch.State.READY:
        context |= _dry_run(request, batch)
    elif batch.state == ImportBatch.State.APPLIED:
        context["prevented"] = actions.what_prevents(batch)
    if is_fragment(request) and batch.state == ImportBatch.State.READY:
        return show(request, "imports/changes.html", context, fragment="changes")
    return show(request, "imports/batch.html", context)


def _dry_run(request: DeskRequest, batch: ImportBatch) -> dict[str, object]:
    shown = request.GET.get("show", "")
    choices = tabs(batch)
    if shown not in {key for key, *_ in choices}:
        shown = next(
            (key for key, _name, count in choices if count and key != ImportRow.Verdict.SAME), SHOWN[0]
        )
    page = page_of(batch.rows.filter(verdict=shown).order_by("id"), request, per_page=ROWS_PER_PAGE)
    if shown == ImportRow.Verdict.ASK:
        _introduce(page)
    problems = batch.problems.filter(serious=True, state=ImportProblem.State.OPEN)
    return {
        "figures": figures(batch),
        "tabs": choices,
        "shown": shown,
        "page": page,
        "cards": cards(batch.tables.filter(people__gt=0)),
        "problems": problems.select_related("line")[:4],
        "taken": batch.rows.filter(take=True).exclude(verdict=ImportRow.Verdict.SAME).count(),
        "left_out": batch.rows.filter(take=False).count(),
    }


def _introduce(page: Page) -> None:
    """Gives each doubtful row of the page the people it may be, in one query for all."""
    wanted = {each["person"] for row in page for each in row.candidates}
    known = Person.objects.unmerged().with_place().in_bulk(wanted)
    for row in page:
        row.people = [
            each | {"person": known[each["person"]]} for each in row.candidates if each["person"] in known
        ]


@needs("imports.run")
def watch(request: DeskRequest, pk: int) -> HttpResponse:
    """How far the job is; when it is done the whole page is asked for again."""
    batch = found(ImportBatch.objects, request.user, pk=pk)
    if batch.is_busy and not actions.rescue(batch, by=request.user):
        return show(request, "imports/progress.html", {"batch": batch, "progress": progress.said(batch.key)})
    response = HttpResponse()
    response["HX-Refresh"] = "true"
    return response


@needs("imports.run")
@require_POST
def write(request: DeskRequest, pk: int) -> HttpResponse:
    """Has the batch written."""
    batch = found(ImportBatch.objects, request.user, pk=pk)
    return _step(request, batch, lambda: actions.start_applying(batch, by=request.user))


@needs("imports.undo")
@require_POST
def undo(request: DeskRequest, pk: int) -> HttpResponse:
    """Has the batch taken back."""
    batch = found(ImportBatch.objects, request.user, pk=pk)
    return _step(request, batch, lambda: actions.start_undoing(batch, by=request.user))


@needs("imports.run")
@require_POST
def again(request: DeskRequest, pk: int) -> HttpResponse:
    """Has the files read once more."""
    batch = found(ImportBatch.objects, request.user, pk=pk)
    return _step(request, batch, lambda: actions.read_again(batch, by=request.user))


@needs("imports.run")
@require_POST
def give_up(request: DeskRequest, pk: int) -> HttpResponse:
    """Gives the batch up."""
    batch = found(ImportBatch.objects, request.user, pk=pk)
    try:
        actions.abandon(batch, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, reverse("imports:batch", args=[pk]))
    say(request, "这次导入放弃了，上传的文件已经销毁，登记册没有动过")
    return redirect("imports:index")


def _step(request: DeskRequest, batch: ImportBatch, step: object) -> HttpResponse:
    try:
        step()  # type: ignore[operator]
    except Refused as refusal:
        return refused_response(request, refusal, reverse("imports:batch", args=[batch.pk]))
    return redirect("imports:batch", batch.pk)
