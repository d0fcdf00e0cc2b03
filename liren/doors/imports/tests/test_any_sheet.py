"""Whatever stands on a sheet, a reading ends with people and problems, never with an exception."""

import datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liren.core.sheets.workbook import Look, Sheet, Workbook
from liren.doors.imports.reading import Guide, read_workbook

GUIDE = Guide.from_places(Path(__file__).parent / "samples" / "places.json")
WORDS = (
    "姓名 户主 户主姓名 与户主关系 性别 身份证号 住址 室号 楼栋 单元 出生日期 联系电话 监护人 房东姓名 "
    "备注 人员类别 独居 残疾 类别 等级 "
    "序号 小计 合计 示例 同上 〃 男 女 户主 配偶 3号楼 一单元 3-1-101 12弄4号二楼前楼 王小明 李四 张三、李四 √ 是 否 无 / "
    "310199195507067478 31019919550706747X 3.10199E+17 14200000001 灰底为已迁出 红字为已故 姓名：王五 "
    "1962.1 62年5月 户号 网格员 "
    "同住:李强 制表人： 注：以上 状态 搬离日期 户籍地址 同住址 2-Jan"
).split()
CELLS = st.one_of(
    st.just(""),
    st.sampled_from(WORDS),
    st.text(max_size=8),
    st.integers(-5, 60000).map(float),
    st.floats(allow_nan=True, allow_infinity=True),
    st.dates(datetime.date(1900, 1, 1)),
    st.datetimes(),
    st.booleans(),
    st.just(datetime.time(3, 4)),
    st.just(datetime.timedelta(hours=30)),
)
LOOKS = st.dictionaries(
    st.integers(0, 12),
    st.dictionaries(st.builds(Look, st.sampled_from(["", "灰", "红"])), st.integers(0, 255)),
)
MERGES = st.lists(
    st.tuples(st.integers(0, 8), st.integers(0, 5), st.integers(0, 3), st.integers(0, 3)), max_size=4
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(st.lists(CELLS, max_size=9), max_size=14),
    LOOKS,
    MERGES,
    st.sampled_from(["", "3号楼", "Sheet1", "说明"]),
)
def test_any_sheet_can_be_read(
    rows: list[list[object]],
    looks: dict[int, dict[Look, int]],
    merges: list[tuple[int, int, int, int]],
    name: str,
) -> None:
    spans = [(top, left, top + down, left + right) for top, left, down, right in merges]
    sheet = Sheet(name, rows, spans, hidden_rows=frozenset({1, 3}), looks=looks)
    reading = read_workbook(Workbook("xlsx", [sheet]), GUIDE, "名册.xlsx")
    for person in reading.people:
        assert person.name and person.sources
    for problem in reading.problems:
        assert problem.message and problem.reason
