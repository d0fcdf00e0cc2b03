"""The form of an export: what for, to whom, on what ground, with which columns."""

from typing import Any

from django import forms

from ..columns import DEFAULT, allowed_columns
from ..exporting import BASES


class ExportForm(forms.Form):
    """Shape of the questions; whether the answers will do is the action's business."""

    purpose = forms.CharField(label="做什么用", max_length=100, help_text="写具体：高温慰问 80 岁以上老人")
    receiver = forms.CharField(label="交给谁", max_length=60, help_text="单位和人；自己用就写自己的名字")
    basis = forms.ChoiceField(label="依据", choices=list(BASES.items()))
    columns = forms.MultipleChoiceField(
        label="带哪些列",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="只带用得着的。姓名总是带着",
    )
    whole = forms.BooleanField(label="带完整的证件号和电话", required=False)
    reason = forms.CharField(
        label="为什么要完整号码", max_length=100, required=False, help_text="勾了上面一项才要写，居民可以查到"
    )
    password = forms.CharField(
        label="打开密码",
        required=False,
        min_length=8,
        max_length=60,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="可不设；至少 8 位，忘了只能重新导出",
    )
    confirmed = forms.BooleanField(label="人很多，确实需要这么多", required=False)

    def __init__(self, *args: Any, user: Any, big: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns = self.fields["columns"]
        columns.choices = [(each.key, each.name) for each in allowed_columns(user)]  # type: ignore[attr-defined]
        if not big:
            del self.fields["confirmed"]
        if not user.can("people.reveal"):
            del self.fields["whole"], self.fields["reason"]

    @staticmethod
    def first(columns: tuple[str, ...]) -> dict[str, Any]:
        """What stands in the form at first: the columns on screen."""
        return {"columns": list(columns or DEFAULT)}
