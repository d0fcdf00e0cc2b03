"""The door 导入: rosters in, as they are."""

from liren.core.duty import Door, register_door

DOOR = register_door(
    Door(
        key="imports",
        name="导入",
    )
)
