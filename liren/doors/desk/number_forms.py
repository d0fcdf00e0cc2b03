"""Forms for numbers of law and for days off: the field fits what is counted."""

import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from liren.core import rules
from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.rules.bulletin import Said
from liren.core.rules.limits import UNITS
from liren.core.rules.models import OfficialDay

from .staff_forms import DATE, ISO, Indented


def _field(unit: str) -> forms.Field:
    """A time of day, a choice between what the unit names, whole lengths of time, or any number."""
    if unit == rules.CLOCK:
        return forms.TimeField(label="几点", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    if named := rules.choices(unit):
        return forms.TypedChoiceField(label="怎么定", choices=[*named.items()], coerce=int)
    if unit in UNITS:
        return forms.IntegerField(label=f"多少{'个' * (unit == '工作日')}{unit}", min_value=0)
    return forms.DecimalField(label=f"数字（{unit}）", max_digits=10, decimal_places=2, min_value=0)


def _shown(value: Decimal, unit: str) -> Any:
    if unit == rules.CLOCK:
        return datetime.time(int(value) // 60, int(value) % 60)
    return int(value) if value == int(value) else value


class NumberForm(forms.Form):
    """A number from a day on, with the paper that says so."""

    area = Indented(label="在哪里算数", queryset=Area.objects.none(), empty_label=None)
    from_on = forms.DateField(
        label="从哪天起",
        widget=forms.DateInput(DATE, format=ISO),
        initial=timezone.localdate,
        help_text="可以是以后的日子，到那天自动起算",
    )
    basis = forms.CharField(label="依据", max_length=200, help_text="哪份文件、第几条")
    confirmed = forms.BooleanField(label="已经对照原文核过", required=False)
    field_order = ("value", "area", "from_on", "basis", "confirmed")

    def __init__(self, manager: User, number: rules.Number, here: Area | None, data: Any = None) -> None:
        now = {"value": _shown(number.value, number.unit), "basis": number.basis, "area": here}
        super().__init__(data, initial=now)
        self.fields["value"] = _field(number.unit)
        areas = manager.areas_for("rules.edit").exclude(level=Area.Level.GRID)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]

    def clean_value(self) -> Decimal:
        """As the rules hold it: a time of day in minutes."""
        value = self.cleaned_data["value"]
        return Decimal(value.hour * 60 + value.minute if isinstance(value, datetime.time) else value)


class EndForm(forms.Form):
    """Which number ends, and on which day."""

    rule = forms.IntegerField()
    to_on = forms.DateField(label="到哪天为止", widget=forms.DateInput(DATE, format=ISO))


class NoticeForm(forms.Form):
    """The yearly notice as pasted."""

    year = forms.IntegerField(label="哪一年的", min_value=2004, max_value=2099, widget=forms.HiddenInput)
    text = forms.CharField(
        label="通知全文",
        max_length=20_000,
        strip=False,
        widget=forms.Textarea({"rows": 8}),
        help_text="从中国政府网把通知整篇复制过来，标题和落款不用删",
    )


class DayForm(forms.Form):
    """One day off or at work, with its paper."""

    day = forms.DateField(label="哪天", widget=forms.DateInput(DATE, format=ISO))
    kind = forms.ChoiceField(label="放假还是上班", choices=OfficialDay.Kind.choices)
    name = forms.CharField(label="因为什么", max_length=40, help_text="如 国庆节、全市调休")
    basis = forms.CharField(label="依据", max_length=200, help_text="哪份文件")

    @property
    def said(self) -> list[Said]:
        """The day as a notice would say it."""
        facts = self.cleaned_data
        return [Said(facts["day"], facts["kind"], facts["name"])]


class RemoveForm(forms.Form):
    """The first and the last of the days that are taken out."""

    first = forms.DateField()
    last = forms.DateField()

    @property
    def days(self) -> list[datetime.date]:
        """Every day from the first to the last, a year of them at most."""
        first, last = self.cleaned_data["first"], self.cleaned_data["last"]
        return [first + datetime.timedelta(days=n) for n in range(min((last - first).days + 1, 366))]
