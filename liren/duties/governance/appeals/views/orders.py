"""Orders by file: drop it, look at what would happen, take it over or throw it away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from liren.core.documents.actions import LARGEST
from liren.core.duty import Refused, progress
from liren.core.pages import found, show
from liren.core.pages.paging import page_of
from liren.core.pages.permits import needs
from liren.core.pages.toasts import refused_response, say

from ..forms import OrdersForm
from ..models import OrderFile
from ..orders.actions import drop_orders, look_at, receive_orders, rescue, start_taking, take_orders
from ..orders.actions.running import is_short
from ..orders.comparing import tally

MB = 1024 * 1024


@needs("matters.assign")
def orders(request: HttpRequest) -> HttpResponse:
    """Where a file is dropped, and the files of before."""
    user: Any = request.user
    form = OrdersForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("governance:orders_file", _received(form, user).pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    page = page_of(OrderFile.objects.visible_to(user).newest(), request)
    for file in page.rows:
        _look_after(file, user)
    context = {"form": form, "page": page, "files": page.rows, "community": user.community}
    return show(request, "governance/appeals/orders.html", context)


def _received(form: OrdersForm, user: Any) -> OrderFile:
    """The file, kept. Refuses one that is too large before it is read into memory."""
    upload = form.cleaned_data["file"]
    if (upload.size or 0) > LARGEST:
        raise Refused(f"「{upload.name}」超过 {LARGEST // MB} MB，请拆开再传")
    if user.community is None:
        raise Refused("您的岗位不在社区里，不能导入工单")
    return receive_orders(
        user.community,
        content=upload.read(),
        name=upload.name or "工单",
        system=form.cleaned_data["system"],
        by=user,
    )


def _look_after(file: OrderFile, user: Any) -> None:
    """Should the worker have died over the file, it goes on."""
    if file.is_running and rescue(file, by=user):
        file.refresh_from_db()


@needs("matters.assign")
def orders_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The dry run of one file; what came of it once it was taken over."""
    file = found(OrderFile.objects.select_related("document", "community", "by"), request.user, pk=pk)
    _look_after(file, request.user)
    context: dict[str, Any] = {"file": file}
    if file.is_running:
        context["progress"] = progress.said(file.key)
    elif file.is_waiting:
        try:
            reading, lines = look_at(file)
        except Refused as refusal:
            context["problem"] = str(refusal)
        else:
            context |= {"reading": reading, "lines": lines, "counts": tally(lines)}
    return show(request, "governance/appeals/orders_file.html", context)


@needs("matters.assign")
def orders_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the worker is; when it is done the whole page is asked for again."""
    file = found(OrderFile.objects, request.user, pk=pk)
    _look_after(file, request.user)
    if file.is_running:
        context = {"file": file, "progress": progress.said(file.key)}
        return show(request, "governance/appeals/orders_progress.html", context)
    response = HttpResponse()
    response["HX-Refresh"] = "true"
    return response


@needs("matters.assign")
@require_POST
def orders_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a file over: a short one at once, a long one in the background."""
    file = found(OrderFile.objects, request.user, pk=pk)
    try:
        if is_short(file):
            file = take_orders(file, by=request.user)
            say(request, f"导好了：新登记 {file.opened} 件，更新 {file.updated} 件")
        else:
            start_taking(file, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, back=reverse("governance:orders_file", args=[pk]))
    return redirect("governance:orders_file", pk)


@needs("matters.assign")
@require_POST
def orders_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Throws a file away."""
    file = found(OrderFile.objects, request.user, pk=pk)
    try:
        file = drop_orders(file, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, back=reverse("governance:orders_file", args=[pk]))
    say(request, "丢弃了，已经登记的留着" if file.begun else "丢弃了，什么也没有登记")
    return redirect("governance:orders")
