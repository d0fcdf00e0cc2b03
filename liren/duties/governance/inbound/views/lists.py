"""The duty lists: what stands on them, one item, a sheet."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from liren.core.areas.models import Area
from liren.core.documents.actions import LARGEST
from liren.core.duty import Refused
from liren.core.pages import found, show
from liren.core.pages.permits import needs
from liren.core.pages.toasts import refused_response, say

from ..actions import add_item, begin_lists, correct_item, end_item, load_items
from ..forms import DutyItemForm, SheetForm
from ..lists import Sheet, rows_of, text_of_file
from ..models import LISTS, DutyItem


def community_of(request: HttpRequest) -> tuple[Area | None, list[Area]]:
    """The community looked at, and those to choose from."""
    user: Any = request.user
    areas = list(Area.objects.filter(pk__in=user.community_ids()))
    asked = request.GET.get("area", "")
    chosen = next((area for area in areas if str(area.pk) == asked), None)
    own = user.community if user.community in areas else None
    return chosen or own or next(iter(areas), None), areas


@needs("matters.see")
def duty_items(request: HttpRequest) -> HttpResponse:
    """The three lists of a community."""
    user: Any = request.user
    community, areas = community_of(request)
    rows = list(DutyItem.objects.visible_to(user).holding().filter(community=community)) if community else []
    lists = [(key, name, [row for row in rows if row.kind == key]) for key, name in LISTS]
    context = {
        "community": community, "areas": areas, "lists": lists, "total": len(rows),
        "admits": community is not None and user.can("inbound.admit", community),
    }  # fmt: skip
    return show(request, "governance/inbound/lists.html", context)


def _own(request: HttpRequest) -> Area:
    user: Any = request.user
    community: Area | None = user.areas_for("inbound.admit").communities().first()
    if community is None:
        raise Refused("您的岗位不在社区里，不能改清单")
    return community


@needs("inbound.admit")
def duty_item_new(request: HttpRequest) -> HttpResponse:
    """One more item."""
    form = DutyItemForm(request.POST or None, initial={"kind": request.GET.get("kind", "assist")})
    if request.method == "POST" and form.is_valid():
        try:
            add_item(_own(request), facts=form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            say(request, "添好了")
            return redirect("governance:duty_items")
    return show(request, "governance/inbound/item.html", {"form": form}, status=422 if form.errors else 200)


@needs("inbound.admit")
def duty_item(request: HttpRequest, pk: int) -> HttpResponse:
    """One item, to be corrected or ended."""
    item = found(DutyItem.objects.select_related("community"), request.user, pk=pk)
    initial = {name: getattr(item, name) for name in DutyItemForm.base_fields}
    form = DutyItemForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            correct_item(item, facts=form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            say(request, "改好了")
            return redirect("governance:duty_items")
    context = {"form": form, "item": item}
    return show(request, "governance/inbound/item.html", context, status=422 if form.errors else 200)


@needs("inbound.admit")
@require_POST
def duty_item_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Off the list from today on."""
    item = found(DutyItem.objects, request.user, pk=pk)
    try:
        end_item(item, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, back=reverse("governance:duty_items"))
    say(request, f"「{item.title}」从今天起不在清单里")
    return redirect("governance:duty_items")


@needs("inbound.admit")
@require_POST
def duty_items_begin(request: HttpRequest) -> HttpResponse:
    """The usual items, on empty lists."""
    try:
        count = begin_lists(_own(request), by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, back=reverse("governance:duty_items"))
    say(request, f"放进 {count} 条通行的，请按本地公布的清单改")
    return redirect("governance:duty_items")


@needs("inbound.admit")
def duty_items_file(request: HttpRequest) -> HttpResponse:
    """A sheet: read first, shown as it would be taken, taken only with a second click."""
    form = SheetForm(request.POST or None, request.FILES or None)
    sheet: Sheet | None = None
    text = request.POST.get("rows", "")
    if request.method == "POST" and form.is_valid():
        try:
            text = _text(form) or text
            sheet = rows_of(text)
            if "take" in request.POST and not sheet.problems:
                new, same = load_items(_own(request), rows=sheet.rows, by=request.user)
                say(request, f"新添 {new} 条，原来就有 {same} 条")
                return redirect("governance:duty_items")
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "sheet": sheet, "text": text, "names": dict(LISTS)}
    return show(request, "governance/inbound/lists_file.html", context, status=422 if form.errors else 200)


def _text(form: SheetForm) -> str:
    upload = form.cleaned_data.get("file")
    if not upload:
        return ""
    if (upload.size or 0) > LARGEST:
        raise Refused(f"「{upload.name}」太大了，请拆开再传")
    return text_of_file(upload.read(), upload.name or "清单.xlsx")
