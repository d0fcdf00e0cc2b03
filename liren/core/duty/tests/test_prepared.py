"""A prepared question answers what the plain one would, with values of this asking, and remembers no answer."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from liren.core.duty.prepared import Prepared, day, key, moment, text

pytestmark = pytest.mark.django_db

User, Post = apps.get_model("accounts.User"), apps.get_model("accounts.Post")

NAMES = Prepared(lambda: User.objects.filter(username=text("name")).values_list("pk", "name"))
POSTS = Prepared(
    lambda: (
        Post.objects.current(day("today"))
        .filter(user=key("user"))
        .select_related("area__parent")
        .order_by("id")
    )
)
SINCE = Prepared(lambda: User.objects.filter(joined_at__gte=moment("since")).order_by("pk"))


def test_it_answers_what_the_plain_question_answers(village):
    today = timezone.localdate()
    for user in User.objects.all():
        assert NAMES(name=user.username) == [(user.pk, user.name)]
        plain = Post.objects.current(today).filter(user=user).order_by("id")
        assert POSTS(user=user.pk, today=today) == list(plain)
    assert NAMES(name="nobody'; --") == []


def test_rows_come_with_what_was_joined(village, django_assert_num_queries):
    with django_assert_num_queries(1):
        (post,) = POSTS(user=village.secretary.pk, today=timezone.localdate())
        assert post.area.path and (post.area.parent is None or post.area.parent.path)


def test_nothing_is_remembered(village):
    user = village.secretary
    assert POSTS(user=user.pk, today=date(1999, 1, 1)) == []
    User.objects.filter(pk=user.pk).update(name="换了名字")
    assert NAMES(name=user.username) == [(user.pk, "换了名字")]
    now = timezone.now()
    assert SINCE(since=now + timedelta(days=1)) == []
    assert user in SINCE(since=now - timedelta(days=1))


def test_a_key_that_no_column_holds_finds_nothing(village):
    assert POSTS(user=10**30, today=timezone.localdate()) == []
