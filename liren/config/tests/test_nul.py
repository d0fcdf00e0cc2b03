"""Text with NUL in it is refused at the door, wherever it stands."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

pytestmark = pytest.mark.django_db


def test_no_address_and_no_parameter_holds_nul(village: Any, client_as: Any) -> None:
    client = client_as(village.secretary)
    for url in ("/?seal=%00", "/matters/?q=a%00b", "/matters/?%00=1", "/p/%00/"):
        answer = client.get(url)
        assert answer.status_code == 400, url
    assert client.get("/matters/?q=ab").status_code == 200


def test_no_cookie_holds_it(client: Client) -> None:
    assert client.get("/", headers={"Cookie": 'liren_desk="\\000abcdefghij"'}).status_code == 400


def test_no_field_of_a_form_holds_it_and_a_file_may(village: Any) -> None:
    home, client = f"/p/{village.community.code}/", Client()
    assert client.post(f"{home}look/", {"look": "large", "next": "\0"}).status_code == 400
    file = SimpleUploadedFile("a.bin", b"\0\0\0")
    assert client.post(f"{home}look/", {"look": "large", "photos": file}).status_code == 302
