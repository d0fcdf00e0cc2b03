"""What is too large is refused before a byte of it is read."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from liren.config import floods

pytestmark = pytest.mark.django_db


class Unread:
    """The body of a request that nobody may touch."""

    def read(self, *size: int) -> bytes:
        raise AssertionError("the body was read")

    readline = read


def post(client: Client, size: str) -> Any:
    headers = {
        "CONTENT_LENGTH": size,
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "wsgi.input": Unread(),
    }
    return client.generic("POST", "/imports/start/", b"", **headers)


def test_two_hundred_megabytes_are_refused_unread(village: Any, client_as: Any) -> None:
    answer = post(client_as(village.secretary), str(200 * floods.MB))
    assert answer.status_code == 413
    assert "一次最多送 128 MB" in answer.content.decode()


def test_who_has_not_signed_in_sends_no_files(db: None) -> None:
    assert post(Client(), str(6 * floods.MB)).status_code == 413
    assert "一次最多送 5 MB" in post(Client(), str(6 * floods.MB)).content.decode()


def test_a_size_that_is_no_number_is_refused(village: Any, client_as: Any) -> None:
    assert post(client_as(village.secretary), "-1").status_code == 413


def test_a_resident_may_send_photos_but_no_roster(db: None) -> None:
    through = floods.refuse_floods(lambda request: HttpResponse(status=204))

    def sent(size: int) -> int:
        return through(RequestFactory().post("/p/310199001001/say/", CONTENT_LENGTH=str(size))).status_code

    assert (sent(49 * floods.MB), sent(20 * floods.MB)) == (413, 204)
