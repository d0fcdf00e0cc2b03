"""Forms of taking a ledger along."""

from typing import Any

from django import forms
from django.utils import timezone

from liren.core.sheets.ledger import Ledger

from .actions import BIG


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PaperForm(forms.Form):
    """Who made it, who looks it through, what it is for."""

    purpose = forms.CharField(label="做什么用", max_length=100, help_text="写在每页页脚，也记进留痕")
    maker = forms.CharField(label="制表人", max_length=20, required=False)
    reviewer = forms.CharField(
        label="审核人", max_length=20, required=False, help_text="空着就留一条线，手签"
    )
    day = forms.DateField(label="制表日期", widget=DayInput)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        first = {"maker": user.name, "day": timezone.localdate(), "purpose": self.usual}
        super().__init__(*args, **{**kwargs, "initial": first})

    usual = "存档备查"


class ExportForm(PaperForm):
    """The same, and to whom it goes; whether the answers will do is the action's business."""

    usual = ""
    receiver = forms.CharField(label="交给谁", max_length=60, help_text="单位和人；自己用就写自己的名字")
    whole = forms.BooleanField(label="带完整的号码", required=False)
    reason = forms.CharField(
        label="为什么要完整号码", max_length=100, required=False, help_text="勾了上面一项才要写，居民可以查到"
    )
    confirmed = forms.BooleanField(label="条数很多，确实需要这么多", required=False)
    field_order = ("purpose", "receiver", "maker", "reviewer", "day", "whole", "reason", "confirmed")

    def __init__(self, *args: Any, user: Any, ledger: Ledger, size: int, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        if size <= BIG:
            del self.fields["confirmed"]
        if not user.can("people.reveal") or not any(column.mask for column in ledger.columns):
            del self.fields["whole"], self.fields["reason"]
