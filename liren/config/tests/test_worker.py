import pytest
from django.db import connection

from liren.config.management.commands.worker import stands_alone

pytestmark = pytest.mark.django_db
SQLITE = connection.vendor == "sqlite"


def test_only_the_first_worker_is_alone_and_its_end_frees_the_place(tmp_path):
    path = tmp_path / "worker.lock"
    with path.open("a") as first:
        assert stands_alone(first) is SQLITE
        with path.open("a") as second:
            assert not stands_alone(second)
        first.close()
        with path.open("a") as third:
            assert stands_alone(third) is SQLITE


def test_a_second_worker_that_outlives_the_first_is_seen(tmp_path):
    path = tmp_path / "worker.lock"
    with path.open("a") as second:
        with path.open("a") as first:
            assert stands_alone(first) is SQLITE
            assert not stands_alone(second)
        with path.open("a") as third:
            assert not stands_alone(third)
