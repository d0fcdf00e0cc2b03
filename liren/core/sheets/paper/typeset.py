"""Typesetting (排版): the pages of a form as a PDF, with the fonts in it; locked when a password is given."""

import io
import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
from django.conf import settings
from PIL.Image import DecompressionBombError

from liren.core.duty import Refused

from .lettering import SANS, SERIF
from .letters import letter_pages
from .sheets import Laid, laid_out

HERE = Path(__file__).parent
# As press.py says it.
NO_FONTS = 3
MOST_SECONDS = 90


def in_pdf(
    content: bytes,
    ending: str,
    *,
    title: str = "",
    heads: Mapping[str, tuple[int, int]] | None = None,
    mark: str = "",
    password: str = "",
) -> bytes:
    """A filled form as a PDF. A workbook carries its mark in its footers, a Word form gets it here.

    Refuses one too long for paper, one whose sums it cannot reckon, and a machine without Chinese fonts.
    """
    form: dict[str, Any] = {"title": title, "pages": [], "pictures": []}
    if ending == "docx":
        form["pages"] = letter_pages(content, mark)
    else:
        laid = _sheets(content, heads, title)
        form |= {"pages": laid.pages, "pictures": laid.album.pictures}
    made = _pressed(form)
    return _locked(made, password) if password else made


def _sheets(content: bytes, heads: Mapping[str, tuple[int, int]] | None, title: str) -> Laid:
    try:
        laid = laid_out(content, heads, title)
    except DecompressionBombError:
        raise Refused("表里有一张图片大得不正常，没有出 PDF。请删掉那张图片，或只交 Excel") from None
    if laid.is_too_long:
        raise Refused(f"这张表有 {laid.rows:,} 行，打印出来太厚了。请把条件改窄一些，或只交 Excel")
    if laid.unreckoned:
        raise Refused(
            f"表里有 {laid.unreckoned} 个公式在这里算不出来，为免出错没有出 PDF。请用 Excel 打开后打印"
        )
    return laid


def _pressed(form: dict[str, Any]) -> bytes:
    """The PDF of a process of its own. Fonts are those of the machine and of the folder `fonts` beside the data."""
    own = Path(settings.DATA_DIR) / "fonts"
    order = {
        "form": form,
        "template": str(HERE / "form.typ"),
        "root": str(HERE),
        "fonts": [str(own)] if own.is_dir() else [],
        "families": [SANS, SERIF],
    }
    command = [sys.executable, "-I", str(HERE / "press.py")]
    said = json.dumps(order, ensure_ascii=False).encode()
    try:
        done = subprocess.run(command, input=said, capture_output=True, timeout=MOST_SECONDS)  # noqa: S603 - our own
    except subprocess.TimeoutExpired:
        raise Refused("这张表排版太久，没有出 PDF。请把条件改窄一些，或只交 Excel") from None
    if done.returncode == NO_FONTS:
        raise Refused("这台机器没有装中文字体，出不了 PDF。请装上 Noto CJK 字体，或先交 Excel")
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise Refused("这张表排不成 PDF，请用 Excel 打开后打印")
    return done.stdout


def _locked(made: bytes, password: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner=password, user=password, R=6))
    return out.getvalue()
