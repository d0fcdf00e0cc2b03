"""Forms of places (地方): estates, buildings, doors, and what is known of a house."""

from typing import Any

from django import forms

from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.people.actions.closing import HEAD
from liren.core.people.codes import choices
from liren.core.people.models import Residence
from liren.core.places.models import Building, Estate, House

from ..doors import household_in
from .fields import AddressField, DayField, PhonesField, read_house


class EstateForm(forms.Form):
    """A housing estate."""

    name = forms.CharField(label="小区名称", max_length=60)
    property_firm = forms.CharField(label="物业公司", max_length=80, required=False)


class BuildingForm(forms.Form):
    """A building and its shape."""

    name = forms.CharField(label="楼栋叫法", max_length=40, help_text="照居民说的写：3号楼、12弄7号")
    estate = forms.ModelChoiceField(
        label="小区", queryset=Estate.objects.none(), required=False, empty_label="不归小区"
    )
    area = forms.ModelChoiceField(
        label="网格", queryset=Area.objects.none(), required=False, empty_label="不分网格"
    )
    kind = forms.ChoiceField(label="类型", choices=Building.Kind.choices, initial="walk_up")
    units = forms.IntegerField(label="单元数", min_value=0, max_value=30, initial=0)
    floors = forms.IntegerField(label="层数", min_value=0, max_value=120, initial=0)
    per_floor = forms.IntegerField(label="每单元每层几户", min_value=0, max_value=60, initial=0)
    elevator = forms.BooleanField(label="有电梯", required=False)
    built_in = forms.IntegerField(label="建成年份", min_value=1840, max_value=2100, required=False)
    address = forms.CharField(label="门牌地址", max_length=120, required=False)
    head_name = forms.CharField(label="楼组长", max_length=40, required=False)

    def __init__(self, *args: Any, community: Area, **kwargs: Any):
        super().__init__(*args, **kwargs)
        estate, area = self.fields["estate"], self.fields["area"]
        assert isinstance(estate, forms.ModelChoiceField) and isinstance(area, forms.ModelChoiceField)  # noqa: S101
        estate.queryset = Estate.objects.filter(community=community)
        area.queryset = Area.objects.filter(parent=community, level=Area.Level.GRID, closed_on=None)


class HouseNewForm(forms.Form):
    """One more door."""

    unit = forms.CharField(label="单元", max_length=10, required=False, help_text="没有单元就空着")
    room = forms.CharField(label="室号", max_length=20, help_text="501、二楼前楼、底层客堂")
    floor = forms.IntegerField(label="第几层", min_value=-5, max_value=120, required=False)
    use = forms.ChoiceField(label="用途", choices=House.Use.choices, initial="unknown")

    def clean(self) -> dict[str, Any]:
        """A floor that is not told is read from the room."""
        data = self.cleaned_data
        if data.get("floor") is None:
            data.pop("floor", None)
        return data


class HouseForm(forms.Form):
    """What is known of a house."""

    use = forms.ChoiceField(label="用途", choices=House.Use.choices)
    ownership = forms.CharField(
        label="产权性质", max_length=20, required=False, help_text="商品房、售后公房、公租房"
    )
    square_metres = forms.DecimalField(
        label="面积（㎡）", max_digits=8, decimal_places=2, min_value=0, required=False
    )
    owner_name = forms.CharField(label="产权人", max_length=60, required=False)
    owner_phone = PhonesField(label="产权人电话", max_length=40, required=False, help_text="空着就不改")
    lease_from = DayField(label="租约从", required=False)
    lease_to = DayField(label="租约到", required=False)

    @classmethod
    def of(cls, house: House) -> dict[str, Any]:
        """What the register says now; the telephone stays sealed."""
        return {name: getattr(house, name) for name in cls.base_fields if name != "owner_phone"}

    def clean_owner_phone(self) -> str:
        """One number at most."""
        numbers = self.cleaned_data["owner_phone"]
        if len(numbers) > 1:
            raise forms.ValidationError("这里只记一个号码")
        return numbers[0] if numbers else ""

    def changed(self) -> dict[str, Any]:
        """The facts that became otherwise."""
        return {name: self.cleaned_data[name] for name in self.base_fields if name in self.changed_data}


class PlaceForm(forms.Form):
    """Where somebody comes to live, and as whom: a household of their own, or one that is joined."""

    address = AddressField(required=False)
    join = forms.ChoiceField(
        label="怎么立户",
        choices=[("new", "新立一户"), ("join", "并入现住的一户")],
        initial="new",
        required=False,
        widget=forms.RadioSelect,
    )
    head_name = forms.CharField(
        label="并入哪一户", max_length=60, required=False, help_text="填户主姓名；这所房子只有一户时不用填"
    )
    relation = forms.ChoiceField(
        label="与户主关系", required=False, initial=HEAD, choices=[("", "未登记"), *choices("relation")]
    )
    tenure = forms.ChoiceField(label="居住方式", choices=Residence.Tenure.choices, initial="unknown")

    def __init__(self, *args: Any, user: Any, community: Area, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user, self.community = user, community

    def clean(self) -> dict[str, Any]:
        """The house behind the address, and the household to join."""
        data: dict[str, Any] = self.cleaned_data
        data["house"] = house = read_house(self, "address", self.community, self.user)
        data["household"] = None
        if data.get("join") != "join":
            data["relation"] = HEAD
        elif house:
            try:
                data["household"] = household_in(house, data.get("head_name", ""))
            except Refused as refusal:
                self.add_error("head_name", str(refusal))
        elif not self.errors:
            self.add_error("address", "要并入一户，先写住址")
        return data
