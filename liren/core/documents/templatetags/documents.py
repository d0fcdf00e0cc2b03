"""Attachments (附件) on a page: `{% attachments documents %}` shows them, `{% upload_field %}` asks for them."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any, NamedTuple

from django import template
from django.template import Context

from liren.core.pages.words import file_size
from liren.core.rules import number

from ..kinds import FAMILIES, FILM, PAPER, PHOTO, SOUND
from ..links import DESK, holder_of, link_for
from ..models import Document
from ..receiving import accepted

register = template.Library()

NAMES = {
    ".pdf": "PDF",
    ".docx": "Word 文档",
    ".doc": "Word 文档",
    ".xlsx": "Excel 表格",
    ".xls": "Excel 表格",
    ".amr": "电话录音，下载后播放",
}
SHEETS = (".xlsx", ".xls")


class Shown(NamedTuple):
    """One document as it is shown: its links, and what stands beside it."""

    document: Document
    url: str
    small: str
    name: str
    words: str
    icon: str


@register.inclusion_tag("documents/attachments.html", takes_context=True)
def attachments(
    context: Context, documents: Iterable[Document], holder: str = "", route: str = DESK
) -> dict[str, Any]:
    """``{% attachments documents %}`` for whoever is signed in at the desk; other doors say holder and route.

    Asks the database for one number of the rules, however many documents there are.
    """
    if not holder:
        holder = holder_of(context["request"].user)
    minutes = number("documents.link_minutes")
    shown = [_shown(document, holder, route, minutes) for document in documents]
    living = [one for one in shown if one.url]
    return {
        "photos": [one for one in living if one.document.family == PHOTO],
        "sounds": [
            one for one in living if one.document.family == SOUND and one.document.mime != "audio/amr"
        ],
        "films": [one for one in living if one.document.family == FILM],
        "papers": [
            one
            for one in living
            if one.document.family not in (PHOTO, SOUND, FILM) or one.document.mime == "audio/amr"
        ],
        "gone": [one for one in shown if not one.url],
    }


def _shown(document: Document, holder: str, route: str, minutes: int) -> Shown:
    name = PurePath(document.file_name).stem
    if document.disposed_at:
        return Shown(document, "", "", name, "已按期销毁，只留下了登记", "file-text")

    def link(thumbnail: bool) -> str:
        return link_for(document, holder=holder, route=route, minutes=minutes, thumbnail=thumbnail)

    words = " · ".join(filter(None, (_kind(document), _length(document.seconds), file_size(document.size))))
    icon = "file-spreadsheet" if document.suffix in SHEETS else "file-text"
    small = link(True) if document.family == PHOTO else ""
    return Shown(document, link(False), small, name, words, icon)


def _kind(document: Document) -> str:
    return NAMES.get(document.suffix) or FAMILIES.get(document.family, "")


def _length(seconds: int | None) -> str:
    """``42 秒``, ``3 分 5 秒``."""
    if not seconds:
        return ""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} 分 {rest} 秒" if minutes and rest else f"{minutes} 分钟" if minutes else f"{rest} 秒"


@register.inclusion_tag("documents/upload_field.html")
def upload_field(
    name: str = "files",
    label: str = "附件",
    families: str = "photo,paper,sound,film",
    hint: str = "",
    camera: bool = True,
) -> dict[str, Any]:
    """``{% upload_field "files" "现场照片" "photo" %}`` in a form with enctype multipart/form-data.

    Read it with ``receiving.uploads(request.FILES.getlist("files"))``. `camera` adds a second field that opens it.
    """
    wanted = families.split(",")
    limits = "，".join(f"{FAMILIES[family]} {number(f'documents.{family}_mb')} MB" for family in wanted)
    return {
        "name": name,
        "label": label,
        "accept": accepted(wanted),
        "photos": accepted([PHOTO]),
        "camera": camera and PHOTO in wanted,
        "only_photos": wanted == [PHOTO],
        "papers": PAPER in wanted,
        "hint": hint or f"一次最多 {number('documents.at_once')} 个；每个不超过：{limits}",
    }
