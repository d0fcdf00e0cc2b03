"""First start (初始设置): the first areas and accounts, guarded by a code printed once; gone when anybody exists."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from liren.core.accounts import actions
from liren.core.accounts.actions.accounts import initial_password
from liren.core.accounts.models import User
from liren.core.duty import Refused
from liren.core.pages import say, show

from .forms import SetupForm
from .sign_in import let_in


@sensitive_post_parameters()
@never_cache
@login_not_required
def setup(request: HttpRequest) -> HttpResponse:
    """One page, once in the life of a house."""
    if User.objects.exists():
        raise Http404
    form = SetupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _start(request, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return show(request, "desk/setup.html", {"form": form})


def _start(request: HttpRequest, form: SetupForm) -> HttpResponse:
    said = form.cleaned_data
    admin = None
    if said["admin_username"]:
        admin = {
            "username": said["admin_username"],
            "name": said["admin_name"],
            "password": initial_password(),
        }
    user = actions.start_house(
        code=said["setup_code"],
        areas=form.areas(),
        grids=said["grids"],
        secretary={"username": said["username"], "name": said["name"], "password": said["password"]},
        admin=admin,
        by=None,
    )
    if admin:
        say(
            request, f"系统管理员 {admin['username']} 的初始密码：{admin['password']}，只显示这一次，请抄下来"
        )
    return let_in(request, user, reverse("desk:workbench"))
