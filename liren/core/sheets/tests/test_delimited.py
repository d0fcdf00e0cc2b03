"""Delimited text: encodings, delimiters, quotes, and what spreadsheets put around numbers."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liren.core.sheets.delimited import decode
from liren.core.sheets.workbook import open_workbook

TEXT = '姓名,身份证,备注\n王小明,"=""310199199001011234""","第一行\n第二行"\n\n李龘,\t310199,完\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_bytes(TEXT.encode(encoding))
    rows = open_workbook(path).sheets[0].rows
    assert rows[1] == ["王小明", "310199199001011234", "第一行\n第二行"]
    assert rows[2] == []
    assert rows[3] == ["李龘", "310199", "完"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters(delimiter: str, tmp_path: Path) -> None:
    path = tmp_path / "名册.txt"
    path.write_text("标题\n" + "\n".join(delimiter.join(["a", "b", str(n)]) for n in range(5)), "utf-8")
    assert open_workbook(path).sheets[0].rows[3] == ["a", "b", "2"]


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(codec="gb18030"), max_size=40))
def test_any_chinese_text_survives(text: str) -> None:
    # short texts may by chance be sound UTF-8; with a common word in front they are not
    text = "居民姓名" + text.replace("\x00", "")
    assert decode(text.encode("gb18030")) == text
    assert decode(text.encode("utf-16")) == text
