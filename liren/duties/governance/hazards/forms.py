"""Forms of the room."""

from typing import Any

from django import forms

from liren.core.areas.models import Area
from liren.core.places.models import Building

from .catalogue import OBJECT_CHOICES
from .models import GRADES, RESPONSIBLE, CheckPoint, Dissuasion, HazardPaper


class HazardForm(forms.Form):
    """What a hazard has beside what every matter has."""

    grade = forms.ChoiceField(
        label="等级", choices=GRADES, initial="minor", required=False, widget=forms.RadioSelect,
        help_text="重大：随时可能伤人、起火，马上报告",
    )  # fmt: skip
    responsible_kind = forms.ChoiceField(
        label="责任方是谁", required=False, choices=[("", "还不清楚"), *RESPONSIBLE]
    )
    responsible_name = forms.CharField(
        label="责任方名称", required=False, max_length=60, help_text="例如：安居物业、302 室住户、老张面馆"
    )


class CorrectForm(HazardForm):
    """What kind of hazard it is, and what stands beside it."""

    cause = forms.ChoiceField(label="哪一类隐患", choices=[("", "请选"), *OBJECT_CHOICES])
    field_order = ("cause", "grade", "responsible_kind", "responsible_name")


class DissuadeForm(forms.Form):
    """Who was talked to, and what came of it."""

    whom = forms.CharField(label="劝的是谁", max_length=60, help_text="例如：302 室住户、安居物业值班经理")
    said = forms.CharField(label="怎么说的", widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)
    present = forms.CharField(label="在场的人", max_length=100, required=False)
    result = forms.ChoiceField(label="结果", choices=Dissuasion.RESULTS, widget=forms.RadioSelect)


class ServeForm(forms.Form):
    """How a paper reached them."""

    served = forms.ChoiceField(label="怎么送达的", choices=HazardPaper.SERVED, widget=forms.RadioSelect)
    receiver = forms.CharField(label="签收人", max_length=60, required=False)
    witness = forms.CharField(
        label="见证人", max_length=60, required=False, help_text="拒绝签字、张贴的，写一位在场的人"
    )


class PointForm(forms.Form):
    """One more check point."""

    area = forms.ModelChoiceField(label="网格", queryset=Area.objects.none(), empty_label=None)
    building = forms.ModelChoiceField(
        label="楼栋", queryset=Building.objects.none(), required=False, empty_label="不在楼里"
    )
    place = forms.CharField(label="位置", max_length=60, help_text="例如：东门消防通道、地下车库入口")
    look_for = forms.ChoiceField(label="看什么", choices=OBJECT_CHOICES)

    def __init__(self, *args: Any, areas: Any, buildings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        self.fields["building"].queryset = buildings  # type: ignore[attr-defined]


class PointField(forms.ModelChoiceField):
    """A check point, by place and by what is looked for."""

    def label_from_instance(self, obj: Any) -> str:
        """``楼道``; ``东门 · 消防通道`` where place and kind differ."""
        kind = obj.get_look_for_display()
        return str(obj.place if kind in obj.place else f"{obj.place} · {kind}")


class RoundHazardForm(forms.Form):
    """A hazard found on a round: what and how grave may be left as they stand."""

    point = PointField(label="在哪一处", queryset=CheckPoint.objects.none(), empty_label=None)
    title = forms.CharField(label="看到什么", max_length=80, required=False, help_text="不写也行，照检查点记")
    grade = forms.ChoiceField(label="等级", choices=GRADES, initial="minor", widget=forms.RadioSelect)

    def __init__(self, *args: Any, points: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["point"].queryset = points  # type: ignore[attr-defined]


class FinishForm(forms.Form):
    """A word at the end of a round."""

    note = forms.CharField(label="补充一句（可不写）", max_length=200, required=False)
