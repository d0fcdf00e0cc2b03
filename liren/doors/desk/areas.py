"""Areas (区域): the tree of streets, communities and grids in one's own reach."""

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from liren.core.accounts.models import Post
from liren.core.accounts.requests import DeskRequest
from liren.core.areas.actions import LEVELS, describe_area, next_grid_code, open_area
from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.pages import found, say, show
from liren.core.pages.permits import needs

from .staff_forms import AreaForm, AreaWordsForm


@needs("areas.manage")
def areas(request: DeskRequest) -> HttpResponse:
    """The tree with who holds posts where; a form for one more."""
    form = AreaForm(request.user, request.POST or None, initial={"parent": request.GET.get("parent")})
    if request.method == "POST" and form.is_valid():
        try:
            area = _open(request, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            say(request, f"设好了：{area.get_level_display()}「{area.name}」")
            return redirect("desk:areas")
    today = timezone.localdate()
    held = Q(posts__from_on__lte=today) & (Q(posts__to_on=None) | Q(posts__to_on__gte=today))
    tree = request.user.areas_for("areas.manage").annotate(held=Count("posts", filter=held))
    top = min((area.path.count(".") for area in tree), default=1)
    rows = [(area, "　" * (area.path.count(".") - top)) for area in tree]
    return show(request, "desk/areas.html", {"rows": rows, "form": form})


def _open(request: DeskRequest, form: AreaForm) -> Area:
    parent, said = form.cleaned_data["parent"], form.cleaned_data
    level = LEVELS[LEVELS.index(Area.Level(parent.level)) + 1]
    code = said["code"] or (next_grid_code(parent) if level == Area.Level.GRID else "")
    return open_area(level=level, name=said["name"], code=code, parent=parent, by=request.user)


@needs("areas.manage")
def area(request: DeskRequest, pk: int) -> HttpResponse:
    """What one area is called."""
    one = found(Area.objects, request.user, pk=pk)
    words = {"name": one.name, "organisation": one.organisation, "address_prefix": one.address_prefix}
    form = AreaWordsForm(one, request.POST or None, initial=words)
    if request.method == "POST" and form.is_valid():
        try:
            describe_area(one, **form.cleaned_data, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            say(request, f"「{one.name}」改好了")
            return redirect("desk:areas")
    posts = Post.objects.current().filter(area=one).select_related("user")
    return show(request, "desk/area.html", {"area": one, "form": form, "posts": posts})
