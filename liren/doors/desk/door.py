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
            MenuItem(
                "人员与岗位",
                "desk:staff",
                icon="users",
                ability="accounts.manage",
                group="foot",
                order=81,
                words="账号 密码 renyuan ry gangwei gw zhanghao zh",
            ),
            MenuItem(
                "区域与网格",
                "desk:areas",
                icon="map-pin",
                ability="areas.manage",
                group="foot",
                order=82,
                words="街道 社区 quyu qy wangge wg",
            ),
            MenuItem(
                "规定的数字",
                "desk:numbers",
                icon="gavel",
                ability="rules.edit",
                group="foot",
                order=83,
                words="规则 依据 期限 guiding gd shuzi qixian",
            ),
            MenuItem(
                "放假与调休",
                "desk:days",
                icon="calendar-event",
                ability="rules.edit",
                group="foot",
                order=84,
                words="工作日 节假日 日历 fangjia fj tiaoxiu tx",
            ),
            MenuItem(
                "留痕",
                "desk:traces",
                icon="history",
                ability="trace.read",
                group="foot",
                order=85,
                words="日志 谁看过 liuhen lh rizhi",
            ),
        ),
    )
)
