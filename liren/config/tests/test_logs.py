import json
import logging

import pytest
import structlog
from django.test import RequestFactory

from liren.config import logs


@pytest.fixture
def written(tmp_path):
    """Sends what is logged to a file of this test; yields a function that reads its lines."""
    handler = logging.FileHandler(tmp_path / "liren.log", encoding="utf-8")
    handler.setFormatter(logs.formatter())
    handler.addFilter(logs.fill_in_the_plain())
    root = logging.getLogger()
    root.addHandler(handler)
    yield lambda: [json.loads(line) for line in (tmp_path / "liren.log").read_text().splitlines()]
    root.removeHandler(handler)
    handler.close()


def test_an_error_is_its_kind_and_its_way_without_what_was_typed(written):
    try:
        int("31010119490307653X")
    except ValueError:
        logging.getLogger("django.request").error("Internal Server Error: %s", "/people/张三", exc_info=True)
        structlog.get_logger("liren.imports").exception("stopped")
    told = written()
    assert [line["error"] for line in told] == ["builtins.ValueError"] * 2
    assert all("test_logs.py" in line["way"][-1] for line in told)
    assert told[0]["event"] == "Internal Server Error: %s"
    assert "31010119490307653X" not in str(told) and "张三" not in str(told)


def test_messages_of_the_worker_keep_their_values(written):
    logging.getLogger("django_tasks").info("Task id=%s state=%s", 7, "SUCCESSFUL")
    assert written()[0]["event"] == "Task id=7 state=SUCCESSFUL"


@pytest.mark.django_db
def test_a_request_is_noted_by_route_and_number_without_its_words(written, client):
    answer = client.get("/no/such/page/13812345678/?q=张三")
    [line] = [line for line in written() if line.get("event") == "answered"]
    assert line["request"] == answer["X-Request-Id"]
    assert line["status"] == answer.status_code
    assert "13812345678" not in str(line) and "张三" not in str(line)


@pytest.mark.django_db
def test_health_is_open_to_anybody_and_says_nothing_else(written, client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")
    assert written() == []


def test_a_number_is_bound_to_the_lines_of_one_request_only(written):
    from liren.config.requests import note_requests

    def answer(request):
        structlog.get_logger("liren.here").info("inside")
        from django.http import HttpResponse

        return HttpResponse()

    response = note_requests(answer)(RequestFactory().get("/"))
    structlog.get_logger("liren.here").info("outside")
    inside, _, outside = written()
    assert inside["request"] == response["X-Request-Id"]
    assert "request" not in outside
