"""Accounts and posts: every action, and everything it refuses."""

import datetime

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from liren.core.accounts import actions
from liren.core.accounts.actions.accounts import initial_password
from liren.core.accounts.models import Post, SignIn, User
from liren.core.accounts.roles import LINES, ROLES, SYSTEM_ROLES
from liren.core.areas.models import Area
from liren.core.audit.models import Trace
from liren.core.duty import Refused, abilities

pytestmark = pytest.mark.django_db
GOOD = "willow-and-pagoda"


def last():
    return Trace.objects.order_by("-id").first()


def fresh(user):
    return User.objects.get(pk=user.pk)


@pytest.fixture
def nobody(village):
    """An account without any post."""
    return actions.open_account(username="newcomer", name="何佳宁", password=GOOD, by=None)


# Opening


def test_opening_an_account_keeps_the_password_as_a_hash_only(nobody):
    assert nobody.check_password(GOOD) and GOOD not in nobody.password
    assert nobody.must_change_password and nobody.current_posts == []
    assert last().action == "accounts.open"
    assert str(nobody) == nobody.get_short_name() == "何佳宁"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"username": "secretary"}, "已经有人用了"),
        ({"username": "何佳宁"}, "小写字母"),
        ({"username": "ab"}, "小写字母"),
        ({"username": "A b"}, "小写字母"),
        ({"name": " "}, "姓名"),
        ({"password": "short"}, "密码"),
        ({"password": "password1234"}, "密码"),
        ({"password": "1234567890123"}, "密码"),
        ({"password": "newcomer-1"}, "密码"),
    ],
)
def test_what_opening_refuses(village, facts, said):
    with pytest.raises(Refused, match=said):
        actions.open_account(
            **{"username": "newcomer-1", "name": "何佳宁", "password": GOOD} | facts, by=None
        )
    assert not User.objects.filter(name="何佳宁").exists()


def test_the_real_settings_hash_with_argon2():
    from liren.config import settings

    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_initial_passwords_are_never_the_same_and_have_no_doubtful_letters():
    made = {initial_password() for _ in range(50)}
    assert len(made) == 50
    assert not set("".join(made)) & set("0o1il")


def test_hiring_is_all_or_nothing(village):
    with pytest.raises(Refused, match="不能设在"):
        actions.hire(
            username="newcomer", name="何佳宁", role="secretary", area=village.grid_1, password=GOOD,
            by=village.secretary,
        )  # fmt: skip
    assert not User.objects.filter(username="newcomer").exists()


# Posts


def test_a_post_says_what_where_and_since_when(village, nobody):
    post = actions.give_post(
        nobody, role="line_worker", area=village.community, lines=("health", "civil"), by=village.secretary
    )
    assert post.lines == ["civil", "health"] and post.line_names == "民政、卫健"
    assert str(post) == "何佳宁 条线社工 里仁社区"
    assert nobody.can("people.edit", village.grid_1)
    assert nobody.role_names == "条线社工(里仁社区)" or "条线社工" in nobody.role_names
    trace = last()
    assert (trace.action, trace.community_id) == ("accounts.give_post", village.community.pk)


@pytest.mark.parametrize(
    ("role", "area", "more", "said"),
    [
        ("emperor", "community", {}, "没有这样的岗位"),
        ("grid_worker", "community", {}, "网格员不能设在社区一级"),
        ("secretary", "grid_1", {}, "不能设在网格一级"),
        ("line_worker", "community", {"lines": ("gossip",)}, "没有这样的条线：gossip"),
        ("deputy", "neighbour", {}, "要由那里的管理员来定"),
        ("street_admin", "street", {}, "要由那里的管理员来定"),
        ("deputy", "community", {"to_on": datetime.date(2020, 1, 1)}, "不能早于"),
    ],
)
def test_what_giving_a_post_refuses(village, nobody, role, area, more, said):
    with pytest.raises(Refused, match=said):
        actions.give_post(nobody, role=role, area=village[area], **more, by=village.secretary)
    assert not Post.objects.filter(user=nobody).exists()


def test_nobody_gives_or_ends_a_post_of_their_own(village):
    with pytest.raises(Refused, match="不能给自己加岗位"):
        actions.give_post(village.secretary, role="deputy", area=village.community, by=village.secretary)
    with pytest.raises(Refused, match="自己的岗位"):
        actions.end_post(village.secretary.posts.get(), by=village.secretary)


def test_the_same_post_is_not_given_twice(village):
    with pytest.raises(Refused, match="已经是社区副主任了"):
        actions.give_post(village.deputy, role="deputy", area=village.community, by=village.secretary)


@pytest.mark.parametrize("first", sorted(SYSTEM_ROLES))
@pytest.mark.parametrize("second", ["secretary", *sorted(SYSTEM_ROLES)])
def test_the_three_roles_of_the_system_exclude_each_other_and_all_others(village, nobody, first, second):
    if first == second:
        return
    actions.give_post(nobody, role=first, area=village.community, by=None)
    with pytest.raises(Refused, match="各由一人担任"):
        actions.give_post(nobody, role=second, area=village.community, by=None)


def test_who_works_with_residents_gets_no_role_of_the_system(village):
    for role in SYSTEM_ROLES:
        with pytest.raises(Refused, match="各由一人担任"):
            actions.give_post(village.deputy, role=role, area=village.community, by=None)


def test_a_post_of_tomorrow_excludes_too(village, nobody):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    actions.give_post(nobody, role="auditor", area=village.community, from_on=tomorrow, by=None)
    with pytest.raises(Refused, match="各由一人担任"):
        actions.give_post(nobody, role="deputy", area=village.community, by=None)
    actions.give_post(nobody, role="deputy", area=village.community, to_on=timezone.localdate(), by=None)


def test_posts_hold_by_their_days(village, nobody):
    today = timezone.localdate()
    days = {"yesterday": -1, "today": 0, "tomorrow": 1}
    at = {name: today + datetime.timedelta(days=step) for name, step in days.items()}
    Post.objects.create(user=nobody, area=village.grid_1, role="grid_worker", from_on=at["tomorrow"])
    assert not fresh(nobody).can("people.see")
    Post.objects.create(
        user=nobody, area=village.grid_2, role="grid_worker", from_on=at["yesterday"], to_on=at["yesterday"]
    )
    assert not fresh(nobody).can("people.see")
    Post.objects.create(
        user=nobody, area=village.grid_2, role="grid_worker", from_on=at["today"], to_on=at["today"]
    )
    assert fresh(nobody).can("people.see", village.grid_2)
    assert not fresh(nobody).can("people.see", village.grid_1)
    assert Post.objects.current(on=at["tomorrow"]).filter(user=nobody).count() == 1


def test_an_ended_post_holds_no_longer_at_once(village):
    post = village.grid_worker.posts.get()
    actions.end_post(post, by=village.secretary)
    assert not fresh(village.grid_worker).can("people.see")
    with pytest.raises(Refused, match="已经结束了"):
        actions.end_post(post, by=village.secretary)


def test_a_post_taken_back_on_its_first_day_never_held(village, nobody):
    post = actions.give_post(nobody, role="deputy", area=village.community, by=village.secretary)
    actions.end_post(post, by=village.secretary)
    assert not fresh(nobody).can("people.see") and post.to_on >= post.from_on


def test_a_post_ends_on_a_day_to_come(village):
    post = village.grid_worker.posts.get()
    day = timezone.localdate() + datetime.timedelta(days=30)
    actions.end_post(post, on=day, by=village.secretary)
    assert fresh(village.grid_worker).can("people.see")
    with pytest.raises(Refused, match="不能早于"):
        actions.end_post(post, on=post.from_on - datetime.timedelta(days=1), by=village.secretary)


def test_a_post_next_door_is_ended_there(village):
    with pytest.raises(Refused, match="要由那里的管理员"):
        actions.end_post(village.outsider_grid.posts.get(), by=village.secretary)


# Scope, reach, lines


def test_scope_is_whole_communities_or_single_grids(village):
    communities = {village.community.pk, village.neighbour.pk}
    assert village.secretary.scope() == ([village.community.pk], [])
    assert village.grid_worker.scope() == ([], [village.grid_1.pk])
    assert set(village.street_admin.scope()[0]) == communities
    for who in ("system_admin", "security_admin", "auditor"):
        assert village[who].scope() == ([], []) and village[who].community_ids() == []
        assert village[who].is_system
    assert village.grid_worker.community_ids() == [village.community.pk]


def test_home_and_community_are_where_one_works(village, nobody):
    assert village.grid_worker.home == village.grid_worker.community == village.community
    assert village.street_admin.home is None
    assert village.street_admin.community in {village.community, village.neighbour}
    assert nobody.community is None and nobody.reach() == []


def test_lines_belong_to_the_area_of_the_post(village):
    assert village.line_worker.lines_in(village.grid_1) == {"civil", "employment"}
    assert village.line_worker.lines_in(village.neighbour) == set()
    assert village.secretary.lines_in(village.community) == set(LINES)


def test_traces_are_overseen_where_the_post_is(village):
    assert village.secretary.overseen() == ([village.community.pk], False)
    assert village.grid_worker.overseen() == ([], False)
    assert village.auditor.overseen()[1]


def test_every_ability_of_a_role_exists_and_every_role_can_be_held():
    known = abilities()
    for role in ROLES.values():
        assert set(role.abilities) <= known.keys()
        assert set(role.levels) <= {level.value for level in Area.Level}


def test_no_role_of_the_system_may_look_at_residents():
    for role in ROLES.values():
        if role.system:
            assert not [
                a for a in role.abilities if a.startswith(("people.", "imports.", "places.", "quality."))
            ]


def test_colleagues_are_seen_inside_ones_own_reach(village):
    seen = set(User.objects.visible_to(village.secretary))
    assert village.grid_worker in seen and village.outsider not in seen and village.street_admin not in seen
    assert village.outsider not in set(User.objects.visible_to(village.outsider_grid)) - {
        village.outsider_grid
    }


# Passwords and closing


def test_a_new_password_ends_all_sessions(village):
    store = SessionStore()
    store.create()
    actions.note_sign_in(
        village.deputy, session_key=store.session_key, device="电脑", address="10.0.0.1", by=village.deputy
    )
    actions.reset_password(village.deputy, password=GOOD, by=village.secretary)
    assert village.deputy.must_change_password and village.deputy.check_password(GOOD)
    assert not Session.objects.exists() and not SignIn.objects.open().exists()


@pytest.mark.parametrize(("password", "said"), [("short", "密码"), ("huai-yin-2026-里仁", "一样")])
def test_what_a_new_password_must_not_be(village, password, said):
    with pytest.raises(Refused, match=said):
        actions.set_password(village.deputy, password=password, by=village.deputy)


def test_nobody_takes_over_an_account_with_posts_elsewhere(village):
    actions.give_post(village.street_section, role="deputy", area=village.community, by=None)
    user = fresh(village.street_section)
    for deed in (
        lambda: actions.reset_password(user, password=GOOD, by=village.secretary),
        lambda: actions.close_account(user, by=village.secretary),
        lambda: actions.end_second(user, by=village.secretary),
    ):
        with pytest.raises(Refused, match="还在别处任职"):
            deed()


def test_an_account_without_any_post_is_nobodys_to_manage(village, nobody):
    assert not nobody.is_managed_by(village.secretary)


def test_who_left_is_managed_where_the_last_post_was(village):
    actions.end_post(village.deputy.posts.get(), by=village.secretary)
    assert fresh(village.deputy).is_managed_by(village.secretary)
    assert not fresh(village.deputy).is_managed_by(village.outsider)


def test_closing_ends_posts_and_keeps_what_was_done(village):
    before = Trace.objects.filter(user_id=village.grid_worker.pk).count()
    actions.close_account(village.grid_worker, by=village.secretary)
    user = fresh(village.grid_worker)
    assert not user.is_active and user.current_posts == [] and not user.posts.current().exists()
    assert Trace.objects.filter(user_id=user.pk).count() == before > 0
    assert last().action == "accounts.close"


def test_nobody_closes_their_own_account(village):
    with pytest.raises(Refused, match="自己的账号"):
        actions.close_account(village.secretary, by=village.secretary)
