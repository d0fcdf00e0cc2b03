"""Rosters for tests of the door: made on the spot, so that each test shows what it drops."""

import datetime
import io
from collections.abc import Sequence
from typing import Any

import openpyxl
from django.apps import apps

from liren.sample.invented import resident_id

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


FATHER = resident_id(datetime.date(1961, 3, 2), male=True, sequence=411)
MOTHER = resident_id(datetime.date(1963, 8, 19), male=False, sequence=412)
FAMILY = (
    (1, "3号楼", "1", "401", "闻人松", "户主", "闻人松", "男", FATHER, "14200001111", ""),
    (2, "3号楼", "1", "401", "闻人松", "配偶", "祝晓燕", "女", MOTHER, "14200002222", "志愿者"),
)


def snapshot() -> dict[str, Any]:
    """Every value about people and places, without sources and the history of changes, which keep both ways."""
    kept = [
        model
        for model in apps.get_models()
        if model._meta.app_label in ("people", "places") and model.__name__ not in ("Source", "Change")
    ]
    return {
        f"{model.__name__} {row['id']} {column}": value
        for model in kept
        for row in model.objects.values()
        for column, value in row.items()
    }
