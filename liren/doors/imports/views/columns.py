"""What the columns of a table mean, corrected by hand and remembered."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from liren.core.duty import Refused
from liren.core.pages import found, refused_response, say, show
from liren.core.pages.permits import needs

from .. import actions
from ..models import ImportTable
from ..reading.vocabulary import roster_vocabulary


@needs("imports.run")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Each heading with a choice of meanings; what is changed is remembered for the next roster of this kind."""
    table = found(ImportTable.objects.select_related("batch__community", "file"), request.user, pk=pk)
    choices = [(key, offer.name) for key, offer in roster_vocabulary().offers.items()]
    if request.method != "POST":
        return show(
            request, "imports/columns.html", {"table": table, "batch": table.batch, "choices": choices}
        )
    known = {key for key, _ in choices} | {""}
    said = {column["index"]: request.POST.get(f"column-{column['index']}", "?") for column in table.columns}
    stands = {column["index"]: column["offer"] for column in table.columns}
    changed = {index: offer for index, offer in said.items() if offer in known and offer != stands[index]}
    try:
        if changed:
            actions.correct_columns(table, columns=changed, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, reverse("imports:batch", args=[table.batch_id]))
    say(request, f"改了 {len(changed)} 列，记住了，正在重读" if changed else "没有改动")
    return redirect("imports:batch", table.batch_id)
