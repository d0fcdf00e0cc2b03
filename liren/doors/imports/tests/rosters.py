"""Rosters for tests of the door: made on the spot, so that each test shows what it drops."""

import io
from collections.abc import Sequence
from typing import Any

import openpyxl

HEAD = (
    "序号",
    "楼栋",
    "单元",
    "室号",
    "户主姓名",
    "与户主关系",
    "姓名",
    "性别",
    "身份证号",
    "联系电话",
    "备注",
)


def workbook(*rows: Sequence[Any], title: str = "里仁社区居民花名册", head: Sequence[str] = HEAD) -> bytes:
    """A roster with a title, a header and these rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "名册"
    sheet.append([title])
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
