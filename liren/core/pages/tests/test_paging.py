import pytest
from django.test import RequestFactory

from liren.core.accounts.models import User
from liren.core.pages.paging import Page, page_of


def asked(query=""):
    return RequestFactory().get(f"/?{query}")


def test_a_page_says_from_where_to_where_and_how_many():
    page = page_of(range(1046), asked("page=53"))
    assert (page.first, page.last, page.said_total) == (1041, 1046, "1,046")
    assert list(page) == [1040, 1041, 1042, 1043, 1044, 1045]
    assert len(page) == 6
    assert not page.has_next


@pytest.mark.parametrize(
    ("query", "number"),
    [("", 1), ("page=0", 1), ("page=-3", 1), ("page=99999999999", 1), ("page=x", 1), ("page=900", 53)],
)
def test_odd_numbers_are_brought_back(query, number):
    assert page_of(range(1046), asked(query)).number == number


def test_sizes_are_a_closed_list():
    assert page_of(range(99), asked("per=50")).per_page == 50
    assert page_of(range(99), asked("per=5000")).per_page == 20


def test_nothing_is_one_empty_page():
    page = page_of([], asked())
    assert (page.first, page.last, page.pages, page.said_total) == (0, 0, 1, "0")


def test_counting_stops_somewhere():
    page = page_of(range(500), asked(), count_up_to=100)
    assert page.capped
    assert page.said_total == "多于 100"
    assert page.has_next


def test_numbers_leave_gaps():
    assert Page(range(20), 1, 20, 1046).numbers == [1, 2, None, 53]
    assert Page(range(20), 3, 20, 1046).numbers == [1, 2, 3, 4, None, 53]
    assert Page(range(20), 30, 20, 1046).numbers == [1, None, 29, 30, 31, None, 53]
    assert Page(range(5), 1, 20, 5).numbers == [1]


@pytest.mark.django_db
def test_a_queryset_is_counted_by_the_database(django_assert_num_queries):
    User.objects.bulk_create(User(username=f"u{n}", name=f"人{n}") for n in range(25))
    with django_assert_num_queries(2):
        page = page_of(User.objects.order_by("username"), asked("page=2"))
    assert (page.first, page.last, page.total) == (21, 25, 25)


def test_a_total_already_known_is_not_counted_again():
    assert page_of(range(20), asked(), total=1046).said_total == "1,046"
