"""Problems row by row: the reason, the cell as it stands, the proposed mend."""

from urllib.parse import urlencode

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from liren.core.duty import Refused
from liren.core.pages import found, refused_response, say, show
from liren.core.pages.paging import page_of
from liren.core.pages.permits import needs

from .. import actions
from ..models import ImportBatch, ImportProblem
from ..reasons import REASONS


@needs("imports.run")
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """All problems of a batch, the open ones first; by reason when one is chosen."""
    batch = found(ImportBatch.objects, request.user, pk=pk)
    problems = batch.problems.select_related("line", "file").order_by("-state", "-serious", "id")
    # The cells are shown whole, because they have to be held against the paper: that is a look that leaves a trace.
    actions.note_look(batch, by=request.user)
    reason = request.GET.get("reason", "")
    counts = dict(batch.problems.order_by().values_list("reason").annotate(n=Count("pk")))
    if reason in REASONS:
        problems = problems.filter(reason=reason)
    context = {
        "batch": batch,
        "page": page_of(problems, request),
        "reasons": [(key, name, counts[key]) for key, name in REASONS.items() if key in counts],
        "reason": reason,
        "editable": batch.state == ImportBatch.State.READY,
    }
    return show(request, "imports/problems.html", context)


def _listing(request: HttpRequest, problem: ImportProblem) -> str:
    """The list as it was: the same reason, the same page."""
    kept = {name: request.POST[name] for name in ("reason", "page") if request.POST.get(name)}
    return reverse("imports:problems", args=[problem.batch_id]) + (f"?{urlencode(kept)}" if kept else "")


def _after(request: HttpRequest, problem: ImportProblem) -> HttpResponse:
    return redirect(_listing(request, problem))


@needs("imports.run")
@require_POST
def mend_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts the right value in place."""
    problem = found(ImportProblem.objects.select_related("batch"), request.user, pk=pk)
    try:
        actions.mend(problem, value=request.POST.get("value", "")[:200], by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, _listing(request, problem))
    say(request, f"第 {problem.row} 行改好了")
    return _after(request, problem)


@needs("imports.run")
@require_POST
def ignore_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets it be: the row is written without the doubtful value."""
    problem = found(ImportProblem.objects.select_related("batch"), request.user, pk=pk)
    try:
        actions.ignore_problem(problem, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, _listing(request, problem))
    say(request, f"第 {problem.row} 行略过：有疑问的这一格不写入")
    return _after(request, problem)
