"""Labels (标签): put on with evidence, taken off with the history kept."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from liren.core.duty import Refused
from liren.core.pages import found, refused_response, say
from liren.core.pages.permits import needs
from liren.core.people.actions import end_label, put_label, review_label
from liren.core.people.models import Label

from ..forms.events import LabelForm
from ..forms.fields import day_in_words
from .person import editable, person_url
from .steps import allow, one_step, worker


@needs("people.edit")
def label_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts a label on."""
    person = editable(request, pk)
    form = LabelForm(request.POST or None, person=person, user=worker(request))
    return one_step(
        request,
        form,
        title=f"给{person.name}贴标签",
        verb="贴上",
        lead="标签必须有依据、有期限。年龄和独居这些由系统算，不用贴。",
        back=person_url(person),
        act=lambda data: put_label(
            person,
            code=data["code"],
            evidence=data["evidence"],
            attributes=form.attributes(),
            from_on=data["from_on"],
            by=worker(request),
        ),
        done=lambda row: "标签已贴上",
    )


@needs("people.edit")
@require_POST
def label_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a label off."""
    row = found(Label.objects.select_related("person__area", "community"), worker(request), pk=pk)
    allow(worker(request), "people.edit", row.person.area)
    try:
        end_label(row, by=worker(request))
    except Refused as refusal:
        return refused_response(request, refusal, person_url(row.person))
    say(request, "标签已取下，变更记录里还查得到")
    return HttpResponseRedirect(person_url(row.person))


@needs("people.edit")
@require_POST
def label_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Notes that the evidence of a label was looked at again and holds."""
    row = found(Label.objects.select_related("person__area", "community"), worker(request), pk=pk)
    allow(worker(request), "people.edit", row.person.area)
    try:
        reviewed = review_label(row, by=worker(request))
    except Refused as refusal:
        return refused_response(request, refusal, person_url(row.person))
    until = f"，{day_in_words(reviewed.review_on)}前再看" if reviewed.review_on else ""
    say(request, f"标签复核过了{until}")
    return HttpResponseRedirect(person_url(row.person))
