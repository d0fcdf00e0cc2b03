"""Forms of the room."""

from typing import Any

from django import forms

from . import classes
from .models import GROUNDS, SYSTEMS


class AppealForm(forms.Form):
    """What an appeal has beside what every matter has."""

    urgency_class = forms.ChoiceField(label="办理时限分类", required=False)
    outer_system = forms.ChoiceField(
        label="哪个平台派来的", required=False, choices=[("", "不是平台派来的"), *SYSTEMS]
    )
    outer_number = forms.CharField(label="工单编号", required=False, max_length=60)
    asked_reply = forms.BooleanField(label="要求回电", required=False, initial=True)
    keeps_private = forms.BooleanField(label="要求保密", required=False, help_text="办理时不对外说是谁反映的")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["urgency_class"]
        field.choices = [("", "按一般诉求"), *classes.choices(None)]


class OrdersForm(forms.Form):
    """Which platform a dropped file comes from."""

    system = forms.ChoiceField(label="哪个平台导出来的", choices=SYSTEMS, initial="12345")
    file = forms.FileField(label="工单文件", allow_empty_file=True)


class ExemptForm(forms.Form):
    """Why an appeal is left out of the rates."""

    ground = forms.ChoiceField(label="理由", choices=[("", "请选"), *GROUNDS])
    reason = forms.CharField(
        label="说明", max_length=200, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="派单平台哪天、凭什么同意剔除的。以后查起来靠这句话。",
    )  # fmt: skip
