"""From an address as people write it to the house behind the door."""

from typing import Any

from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.people.actions.closing import HEAD
from liren.core.people.models import Household
from liren.core.places.addresses import AddressBook
from liren.core.places.addresses import Building as Spelt
from liren.core.places.models import Building, House

PROBLEMS = {
    "address_unknown": "没有找到「{said}」这个地址。对照楼栋图看看楼号、单元和室号",
    "address_missing": "地址还缺室号，写到门牌，例如 3号楼2单元501",
    "address_suspect_date": "「{said}」像是被表格改成了日期，请照原样写楼号和室号",
}


def address_book(community: Area) -> AddressBook:
    """The buildings of a community, for reading addresses."""
    buildings = Building.objects.filter(community=community).select_related("estate")
    known = (
        Spelt(
            key=str(b.pk),
            name=b.name,
            lane=b.lane,
            number=b.number,
            units=b.units,
            floors=b.floors,
            compound=b.estate.name if b.estate else "",
        )
        for b in buildings
    )
    return AddressBook(known, within=community.address_prefix)


def house_at(text: str, community: Area, user: Any) -> House:
    """The house that an address means, among those the user works with. Refuses unknown and unclear ones."""
    read = address_book(community).parse(text)
    if read.problem:
        raise Refused(PROBLEMS.get(read.problem, PROBLEMS["address_unknown"]).format(said=text))
    houses = House.objects.visible_to(user).filter(building_id=read.building, room=read.room)
    if read.unit:
        houses = houses.filter(unit=read.unit)
    found: list[House] = list(houses.select_related("building", "area", "community")[:2])
    if not found:
        raise Refused(PROBLEMS["address_unknown"].format(said=text))
    if len(found) > 1:
        raise Refused(f"「{text}」有几个单元都有这一室，请写上单元")
    return found[0]


def household_in(house: House, head_name: str) -> Household:
    """The household that lives in a house; when there are several, the one of that head. Refuses what is unclear."""
    stands = Household.objects.filter(house=house, closed_on=None, residences__to_on=None).distinct()
    if head_name:
        stands = stands.filter(
            residences__person__name=head_name, residences__relation=HEAD, residences__to_on=None
        )
    found = list(stands[:2])
    if not found:
        raise Refused(f"{house.spelt}现在没有这样一户")
    if len(found) > 1:
        raise Refused(f"{house.spelt}不止一户，请填户主姓名")
    return found[0]
