"""Shapes of what this room asks of its users."""

from typing import Any

from django import forms

from ..files.exporting import BASES
from .models import FormTemplate


class HandOutForm(forms.Form):
    """What for, to whom, on what ground."""

    purpose = forms.CharField(label="做什么用", max_length=100, help_text="写具体：六月高龄津贴发放")
    receiver = forms.CharField(label="交给谁", max_length=60, help_text="单位和人")
    basis = forms.ChoiceField(label="依据", choices=list(BASES.items()))
    paper = forms.BooleanField(
        label="也要一份 PDF，盖章用",
        required=False,
        help_text="版式和表一样，每页带上谁、什么时候、交给谁",
    )
    password = forms.CharField(
        label="打开密码",
        required=False,
        min_length=8,
        max_length=60,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="可不设；设了，文件要输密码才打得开",
    )


class KeepForm(forms.Form):
    """How often a form comes, when it is due, to whom it goes."""

    period = forms.ChoiceField(label="多久交一次", choices=FormTemplate.Period.choices)
    due_day = forms.IntegerField(label="每期几号交", min_value=1, max_value=31, required=False)
    receiver = forms.CharField(label="交给谁", max_length=60, required=False)


class DayForm(forms.Form):
    """The day for which the form tells things."""

    on = forms.DateField(label="哪天的情况", required=False, widget=forms.DateInput(attrs={"type": "date"}))


class PeopleForm(forms.Form):
    """Which conditions hold for a sheet: those of the form that stay, and a grid."""

    sheet = forms.CharField(max_length=60, widget=forms.HiddenInput)
    keep = forms.MultipleChoiceField(label="按这些条件", required=False, widget=forms.CheckboxSelectMultiple)
    grid = forms.ChoiceField(label="只填哪个网格", required=False)
    away = forms.BooleanField(label="户在人不在的也算", required=False)

    def __init__(self, *args: Any, parts: list[str], grids: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep, grid = self.fields["keep"], self.fields["grid"]
        keep.choices = [(str(place), words) for place, words in enumerate(parts)]  # type: ignore[attr-defined]
        grid.choices = [("", "全社区"), *((name, name) for name in grids)]  # type: ignore[attr-defined]
