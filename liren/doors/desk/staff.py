"""Staff (人员与岗位): accounts of colleagues, their posts, a forgotten password, the end."""

from typing import Any

from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from liren.core.accounts import actions
from liren.core.accounts.actions.accounts import initial_password
from liren.core.accounts.models import Post, User
from liren.core.accounts.requests import DeskRequest
from liren.core.accounts.second import device_of
from liren.core.duty import Refused
from liren.core.pages import found, refused_response, say, show
from liren.core.pages.paging import page_of
from liren.core.pages.permits import needs

from .staff_forms import PostForm, StaffForm


@require_GET
@needs("accounts.manage")
def staff(request: DeskRequest) -> HttpResponse:
    """Everybody with a post in one's own areas; those who left at their own wish of the reader."""
    left, sought = "left" in request.GET, request.GET.get("q", "").strip()[:40]
    posts = Post.objects.visible_to(request.user).current().select_related("area")
    people = User.objects.visible_to(request.user).order_by("name", "id")
    people = people.prefetch_related(Prefetch("posts", posts, to_attr="held"))
    people = people.filter(is_active=not left).filter(
        Q(name__icontains=sought) | Q(username__icontains=sought)
    )
    context = {"page": page_of(people, request), "left": left, "sought": sought}
    return show(request, "desk/staff.html", context, fragment="list")


@never_cache
@needs("accounts.manage")
def new(request: DeskRequest) -> HttpResponse:
    """A new colleague: the initial password is shown on the answer and never again."""
    form = StaffForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        password = initial_password()
        facts = {key: said[key] for key in ("username", "name", "phone", "role", "area")}
        try:
            user = actions.hire(**facts, lines=tuple(said["lines"]), password=password, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _slip(request, user, password)
    return show(request, "desk/staff_new.html", {"form": form})


@require_GET
@needs("accounts.manage")
def one(request: DeskRequest, pk: int) -> HttpResponse:
    """One colleague: posts now and before, and what can be done."""
    return _one(request, found(User.objects, request.user, pk=pk), PostForm(request.user))


def _one(request: DeskRequest, user: User, form: PostForm, status: int = 200) -> HttpResponse:
    posts = Post.objects.visible_to(request.user).filter(user=user).select_related("area")
    current = posts.current()
    context: dict[str, Any] = {
        "staff": user,
        "current": current,
        "past": posts.exclude(pk__in=current.values("pk")),
        "form": form,
        "device": device_of(user),
        "may_hand_over": request.user.can("matters.assign"),
        "managed": user != request.user and user.is_managed_by(request.user),
    }
    return show(request, "desk/staff_one.html", context, status=status)


@require_POST
@needs("accounts.manage")
def give_post(request: DeskRequest, pk: int) -> HttpResponse:
    """One more post."""
    user = found(User.objects.filter(is_active=True), request.user, pk=pk)
    form = PostForm(request.user, request.POST)
    if form.is_valid():
        said = form.cleaned_data
        facts = {"role": said["role"], "area": said["area"], "to_on": said["to_on"]}
        try:
            post = actions.give_post(user, **facts, lines=tuple(said["lines"]), by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            say(request, f"{user.name}现在是{post.area.name}的{post.grants.name}")
            return redirect("desk:staff_one", pk)
    return _one(request, user, form, status=422)


@require_POST
@needs("accounts.manage")
def end_post(request: DeskRequest, pk: int) -> HttpResponse:
    """Ends a post; it holds no longer from this moment."""
    post = found(Post.objects.current().select_related("area", "user"), request.user, pk=pk)
    try:
        actions.end_post(post, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal)
    say(request, f"{post.user.name}不再是{post.area.name}的{post.grants.name}")
    return redirect("desk:staff_one", post.user_id)


@never_cache
@require_POST
@needs("accounts.manage")
def reset_password(request: DeskRequest, pk: int) -> HttpResponse:
    """A new initial password for somebody who forgot theirs."""
    user = found(User.objects.filter(is_active=True), request.user, pk=pk)
    if user == request.user:
        return redirect("desk:password")
    password = initial_password()
    try:
        actions.reset_password(user, password=password, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal)
    return _slip(request, user, password)


@require_POST
@needs("accounts.manage")
def end_second(request: DeskRequest, pk: int) -> HttpResponse:
    """Switches the second step off for somebody who lost the phone."""
    user = found(User.objects, request.user, pk=pk)
    if user == request.user:
        return redirect("desk:second")
    try:
        actions.end_second(user, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal)
    say(request, f"{user.name}的两步登录关掉了，请提醒重新打开")
    return redirect("desk:staff_one", pk)


@require_POST
@needs("accounts.manage")
def close(request: DeskRequest, pk: int) -> HttpResponse:
    """Closes an account; what it did stays."""
    user = found(User.objects.filter(is_active=True), request.user, pk=pk)
    try:
        actions.close_account(user, by=request.user)
    except Refused as refusal:
        return refused_response(request, refusal)
    say(request, f"{user.name}的账号停用了，做过的事都还在")
    return redirect("desk:staff")


def _slip(request: DeskRequest, user: User, password: str) -> HttpResponse:
    return show(request, "desk/staff_password.html", {"staff": user, "password": password})
