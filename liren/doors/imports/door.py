"""The door 导入: rosters in, as they are."""

from liren.core.duty import Door, MenuItem, register_door

DOOR = register_door(
    Door(
        key="imports",
        name="导入",
        menu=(
            MenuItem(
                "导入名册",
                "imports:index",
                icon="upload",
                ability="imports.run",
                order=62,
                words="daoru excel 花名册",
                first_step="花名册照原样拖进来就行，合并单元格、同上、备注都认得",
            ),
        ),
    )
)
