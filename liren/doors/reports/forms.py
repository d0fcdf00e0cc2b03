"""Forms of the brief and of taking the figures along."""

from typing import Any

from django import forms
from django.utils import timezone


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class BriefForm(forms.Form):
    """Who made it, who looks it through, what for, and a word of one's own."""

    purpose = forms.CharField(label="做什么用", max_length=100, help_text="写在页脚，也记进留痕")
    day = forms.DateField(label="制表日期", widget=DayInput)
    maker = forms.CharField(label="制表人", max_length=20, required=False)
    reviewer = forms.CharField(
        label="审核人", max_length=20, required=False, help_text="空着就留一条线，手签"
    )
    remark = forms.CharField(
        label="想补充的话",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="下月打算、需要街道帮忙的；写在数字后面",
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        first = {"maker": user.name, "day": timezone.localdate(), "purpose": "工作月报"}
        super().__init__(*args, **{**kwargs, "initial": first})


class ExportForm(forms.Form):
    """What for and to whom."""

    purpose = forms.CharField(label="做什么用", max_length=100)
    receiver = forms.CharField(label="交给谁", max_length=60, help_text="单位和人；自己用就写自己的名字")
