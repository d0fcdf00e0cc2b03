"""Orders by file: drop it, look at what would happen, take it over or throw it away."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from liren.core.documents.actions import LARGEST
from liren.core.duty import Refused
from liren.core.pages import found, show
from liren.core.pages.paging import page_of
from liren.core.pages.permits import needs
from liren.core.pages.toasts import refused_response, say

from ..forms import OrdersForm
from ..models import OrderFile
from ..orders.actions import drop_orders, look_at, receive_orders, take_orders
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


@needs("matters.assign")
def orders_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The dry run of one file; what came of it once it was taken over."""
    file = found(OrderFile.objects.select_related("document", "community", "by"), request.user, pk=pk)
    context: dict[str, Any] = {"file": file}
    if file.is_waiting:
        try:
            reading, lines = look_at(file)
        except Refused as refusal:
            context["problem"] = str(refusal)
        else:
            context |= {"reading": reading, "lines": lines, "counts": tally(lines)}
    return show(request, "governance/appeals/orders_file.html", context)


@needs("matters.assign")
@require_POST
def orders_take(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a file over."""
    file = found(OrderFile.objects, request.user, pk=pk)
    try:
        file = take_orders(file, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal, back=reverse("governance:orders_file", args=[pk]))
    say(request, f"导好了：新登记 {file.opened} 件，更新 {file.updated} 件")
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
