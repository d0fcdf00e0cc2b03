"""The desk (工作台): what office computers open in the morning."""

from liren.core.duty import Door, MenuItem, register_door

register_door(
    Door(
        key="desk",
        name="工作台",
        menu=(
            MenuItem(
                "今日工作台",
                "desk:workbench",
                icon="sun-high",
                group="top",
                order=1,
                words="首页 gongzuotai gzt",
            ),
        ),
    )
)
