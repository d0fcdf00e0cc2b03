"""The residents' portal (居民端): residents on their phones, and the colleagues who answer them."""

from liren.core.duty import Ability, Door, MenuItem, register_door

from .panel import waiting
from .sending import text_answered

register_door(
    Door(
        key="portal",
        name="居民端",
        abilities=(
            Ability("portal.residents", "核对居民账号"),
            Ability("portal.announce", "发社区通知"),
        ),
        panels=(waiting,),
        hears={"matter.moved": text_answered, "matter.answered": text_answered},
        menu=(
            MenuItem(
                "居民账号",
                "portal_desk:requests",
                icon="user-plus",
                ability="portal.residents",
                order=70,
                words="居民端 核对身份 认领 jumin jm zhanghao zh",
            ),
            MenuItem(
                "社区通知",
                "portal_desk:announcements",
                icon="message",
                ability="portal.announce",
                order=71,
                words="公告 居民端 shequ tongzhi sqtz gonggao gg",
            ),
        ),
    )
)
