"""Attachments on a page: each family as one uses it, links for whoever looks, and no query per document."""

import re

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from liren.core.documents import actions

from . import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(village):
    facts = {"community": village.community, "purpose": "事项附件", "by": village.secretary}
    kinds = {
        "楼道.jpg": files.jpeg((300, 200)),
        "电话.mp3": files.mp3(),
        "语音.amr": files.amr(),
        "录像.mp4": files.movie(),
        "勘验单.pdf": files.pdf(),
        "台账.xlsx": files.xlsx(),
        "旧照.jpg": files.jpeg((30, 20)),
    }
    documents = [actions.receive_attachment(content, name=name, **facts) for name, content in kinds.items()]
    actions.dispose(documents[-1], by=village.secretary)
    return documents


def rendered(text, user, **facts):
    request = RequestFactory().get("/")
    request.user = user
    return Template("{% load documents %}" + text).render(Context({"request": request, **facts}))


def test_each_family_is_shown_as_one_uses_it(village, sent, client_as):
    page = rendered("{% attachments documents %}", village.secretary, documents=sent)
    assert 'alt="照片 1：楼道"' in page and page.count("<img") == 1
    assert page.count("<audio") == 1 and page.count("<video") == 1
    assert "电话录音，下载后播放" in page and "PDF · " in page and "Excel 表格 · " in page and "3 秒" in page
    assert "旧照" in page and "已按期销毁" in page
    links = set(re.findall(r'(?:href|src)="(/documents/[^"]+)"', page))
    client = client_as(village.secretary)
    assert len(links) == 12 and {client.get(link).status_code for link in links} == {200}


def test_ten_documents_ask_no_more_than_one(village, sent, django_assert_num_queries):
    for documents in (sent[:1], sent * 3):
        with django_assert_num_queries(1):
            rendered("{% attachments documents %}", village.secretary, documents=documents)


def test_other_doors_show_documents_to_their_own_holders(village, sent, client_as):
    page = rendered("{% attachments documents 'resident:5' %}", None, documents=sent[:1])
    [link] = set(re.findall(r'href="([^"]+)"', page))
    assert client_as(village.secretary).get(link).status_code == 404


def test_the_field_says_its_limits_and_opens_the_camera(village):
    page = rendered("{% upload_field 'photos' '现场照片' 'photo' %}", village.secretary)
    assert "照片 25 MB" in page and "一次最多 9 个" in page and page.count('name="photos"') == 2
    assert 'capture="environment"' in page and "image/*" not in page and "audio" not in page
    page = rendered("{% upload_field families='paper' hint='只收 PDF' %}", village.secretary)
    assert "capture" not in page and "只收 PDF" in page and 'name="files"' in page
