import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from liren.core.pages.permits import needs


@needs("people.edit")
def change(request):
    return HttpResponse("改好了")


def asked_by(user):
    request = RequestFactory().get("/")
    request.user = user
    return request


def test_a_post_that_allows_it_passes(village):
    assert change(asked_by(village.grid_worker)).content.decode() == "改好了"


def test_another_is_told_who_can_help(village):
    with pytest.raises(PermissionDenied, match="管理员"):
        change(asked_by(village.auditor))


def test_the_ability_can_be_read_from_the_view():
    assert change.ability == "people.edit"
