"""The inbox: once for each key, seen by its owner alone."""

import pytest

from liren.core.accounts.actions import close_account
from liren.core.notices.actions import mark_all_read, mark_read, tell_user, tell_users
from liren.core.notices.models import Notice

pytestmark = pytest.mark.django_db


def test_a_notice_comes_once_for_each_key(village):
    first = tell_user(
        village.grid_worker, text="治-2026-0137 到期了", url="/matters/1/", key="due:1", by=None
    )
    again = tell_user(
        village.grid_worker, text="治-2026-0137 到期了", url="/matters/1/", key="due:1", by=None
    )
    assert first == again and Notice.objects.count() == 1
    tell_user(village.grid_worker, text="另一件", key="due:2", by=None)
    assert Notice.objects.visible_to(village.grid_worker).unread().count() == 2


def test_nobody_else_sees_it(village):
    notice = tell_user(village.grid_worker, text="有一件新的", key="new:1", by=village.secretary)
    for other in (village.secretary, village.outsider, village.system_admin, village.grid_worker_2):
        assert notice not in Notice.objects.visible_to(other)


def test_several_are_told_at_once_and_each_once(village):
    people = [village.grid_worker, village.grid_worker, village.secretary]
    told = tell_users(people, text="今晚有暴雨", key="rain", community=village.community, by=None)
    assert [notice.user for notice in told] == sorted(set(people), key=lambda user: user.pk)
    assert tell_users([*people, village.deputy], text="今晚有暴雨", key="rain", by=None)[-1].user
    assert Notice.objects.count() == 3


def test_who_left_is_told_nothing(village):
    close_account(village.grid_worker, by=village.secretary)
    village.grid_worker.refresh_from_db()
    assert tell_user(village.grid_worker, text="有一件新的", key="new:1", by=None) is None
    assert not Notice.objects.exists()


def test_reading_is_kept_with_the_first_moment(village):
    notice = tell_user(village.grid_worker, text="有一件新的", key="new:1", by=None)
    read_at = mark_read(notice, by=village.grid_worker).read_at
    assert read_at and mark_read(notice, by=village.grid_worker).read_at == read_at
    tell_user(village.grid_worker, text="第二件", key="new:2", by=None)
    assert mark_all_read(village.grid_worker, by=village.grid_worker) == 1
    assert not Notice.objects.unread().exists()


@pytest.mark.parametrize(
    "url", ["https://example.org/", "//example.org/", "/\\example.org", "javascript:alert(1)"]
)
def test_a_notice_leads_nowhere_else(village, url):
    with pytest.raises(ValueError, match="a page of this house"):
        tell_user(village.grid_worker, text="看这里", url=url, key="bad", by=None)


def test_a_long_text_is_cut_where_one_sees_it(village):
    notice = tell_user(village.grid_worker, text="长" * 400, key="long", by=None)
    assert len(notice.text) == 300 and notice.text.endswith("…")
