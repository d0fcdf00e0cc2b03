"""What places say of themselves about people."""

from liren.core.privacy.declared import Privacy, at, declare
from liren.core.privacy.tiers import Tier

LAW = "城市居民委员会组织法；个人信息保护法第十三条第一款第三项（履行法定职责）"

declare(
    "places.House",
    Privacy(
        name="房屋",
        purpose="知道每一扇门后面住没住人、谁的房子，应急时知道敲哪一家",
        basis=f"{LAW}；商品房屋租赁管理办法",
        retention="房屋在就留；产权人换了，原来的当天删去",
        fields={
            **at(Tier.T0, use="用途（自住、出租、空关……）", unit="单元", floor="楼层", room="室号", code="简写"),
            **at(
                Tier.T1, square_metres="面积", ownership="产权性质", owner_name="产权人姓名",
                lease_from="租期开始", lease_to="租期结束",
            ),
            **at(Tier.T2, owner_phone_sealed="产权人电话（加密保存，默认遮住）"),
        },
        plain=("community", "area", "building", "verified_on", "origin"),
    ),
)  # fmt: skip
declare(
    "places.Building",
    Privacy(
        name="楼栋",
        purpose="楼组长是谁，有事先找他",
        basis=LAW,
        retention="楼组长换了就改",
        fields=at(Tier.T0, head_name="楼组长姓名"),
        plain=(
            "community", "area", "estate", "name", "kind", "lane", "number", "address", "units", "floors",
            "per_floor", "elevator", "built_in", "sort",
        ),
    ),
)  # fmt: skip
