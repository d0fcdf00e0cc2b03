"""Typesetting (排版): the pages of a form as a PDF, with the fonts in it; locked when a password is given."""

import io
import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import pikepdf
import typst
from django.conf import settings

from liren.core.duty import Refused

from .lettering import SANS, SERIF
from .letters import letter_pages
from .sheets import laid_out

TEMPLATE = Path(__file__).parent / "form.typ"
# Some 100 pages; more is handed on as a file, not sealed sheet by sheet.
MOST_ROWS = 4_000


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
    fonts = _fonts()
    if not {SANS, SERIF} & set(fonts.families()):
        raise Refused("这台机器没有装中文字体，出不了 PDF。请装上 Noto CJK 字体，或先交 Excel")
    pages = letter_pages(content, mark) if ending == "docx" else _sheets(content, heads, title)
    said = json.dumps({"title": title, "pages": pages}, ensure_ascii=False)
    made = typst.compile(
        str(TEMPLATE), root=str(TEMPLATE.parent), format="pdf", font_paths=fonts, sys_inputs={"form": said}
    )
    return _locked(bytes(made), password) if password else bytes(made)


def _sheets(content: bytes, heads: Mapping[str, tuple[int, int]] | None, title: str) -> list[dict[str, Any]]:
    laid = laid_out(content, heads, title)
    if laid.rows > MOST_ROWS:
        raise Refused(f"这张表有 {laid.rows:,} 行，打印出来太厚了。请把条件改窄一些，或只交 Excel")
    if laid.unreckoned:
        raise Refused(
            f"表里有 {laid.unreckoned} 个公式在这里算不出来，为免出错没有出 PDF。请用 Excel 打开后打印"
        )
    return laid.pages


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """The fonts of the machine, and those that its keeper put into the data folder (方正小标宋, 仿宋_GB2312)."""
    own = Path(settings.DATA_DIR) / "fonts"
    return typst.Fonts(font_paths=[str(own)] if own.is_dir() else [])


def _locked(made: bytes, password: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(made)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner=password, user=password, R=6))
    return out.getvalue()
