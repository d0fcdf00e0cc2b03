"""The desk (工作台): what office computers open in the morning."""

from collections.abc import Iterable
from typing import Any

from liren.core.duty import Door, Hit, MenuItem, register_door
from liren.core.duty.asked import asked


def open_matters(user: Any) -> int:
    """How many matters are open where this user works; the list has counted them before the menu asks."""
    from liren.core.matters.models import Matter

    return asked(("open matters", user.pk), lambda: int(Matter.objects.visible_to(user).open().count()))


def find_matters(user: Any, text: str, limit: int) -> Iterable[Hit]:
    """Matters by number or words."""
    from .matters.finding import in_palette

    return in_palette(user, text, limit)


register_door(
    Door(
        key="desk",
        name="工作台",
        finders=(find_matters,),
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
                "事项台账",
                "desk:matters",
                icon="notebook",
                ability="matters.see",
                group="top",
                order=2,
                words="事情 诉求 隐患 办理 shixiang sx taizhang tz",
                count=open_matters,
            ),
            MenuItem(
                "登记事项",
                "desk:matter_choose",
                icon="plus",
                ability="matters.open",
                group="palette",
                order=3,
                words="新建 接件 dengji dj xinjian xj",
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
                "对外通道",
                "desk:channels",
                icon="send",
                ability="notices.manage",
                group="foot",
                order=85,
                words="群机器人 企业微信 钉钉 飞书 短信 邮件 duiwai dw tongdao td",
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
