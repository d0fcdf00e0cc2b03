"""Forms of the portal, and of the staff behind it. Shape only; the rules stand in the actions."""

import datetime
import re
from typing import Any

from django import forms
from django.utils import timezone

from liren.core.people.dates import read_date
from liren.core.people.naming import tidy_name
from liren.core.people.phones import read_phones

from .announcements import Announcement

MOBILE = re.compile(r"1\d{10}")


def _input(**attributes: Any) -> forms.TextInput:
    return forms.TextInput(attributes)


class PhoneForm(forms.Form):
    """The phone to which a code goes."""

    phone = forms.CharField(
        label="手机号",
        max_length=30,
        widget=_input(inputmode="tel", autocomplete="tel", data_private=True),
        error_messages={"required": "请填手机号，11 位"},
    )
    agreed = forms.BooleanField(
        label="我看过并同意《个人信息怎么用》",
        error_messages={"required": "看过《个人信息怎么用》，同意了再打勾"},
    )

    def clean_phone(self) -> str:
        """Eleven figures, however they were typed."""
        numbers = read_phones(self.cleaned_data["phone"]).numbers
        if len(numbers) != 1 or not MOBILE.fullmatch(numbers[0]):
            raise forms.ValidationError("手机号是 11 位，再看看有没有少一位")
        return numbers[0]


class FiguresForm(forms.Form):
    """The six figures of the message."""

    figures = forms.CharField(
        label="短信里的 6 位数字",
        max_length=12,
        widget=_input(inputmode="numeric", autocomplete="one-time-code", pattern="[0-9 ]*"),
        error_messages={"required": "请填短信里的 6 位数字"},
    )

    def clean_figures(self) -> str:
        """Six figures, spaces forgiven."""
        figures = re.sub(r"\D", "", self.cleaned_data["figures"])
        if len(figures) != 6:
            raise forms.ValidationError("验证码是 6 位数字")
        return figures


class CalledForm(forms.Form):
    """How a resident wants to be called."""

    called = forms.CharField(
        label="怎么称呼您", max_length=20, required=False, help_text="比如：孙师傅、李阿姨。可以不填"
    )


class MatchForm(forms.Form):
    """Name, number and birth date, all three as on the paper."""

    name = forms.CharField(label="姓名", max_length=60, widget=_input(autocomplete="name", data_private=True))
    number = forms.CharField(
        label="身份证号",
        max_length=24,
        widget=_input(autocomplete="off", autocapitalize="characters", data_private=True),
        help_text="只用来核对一次，不保存",
    )
    born = forms.CharField(
        label="出生日期",
        max_length=20,
        widget=_input(inputmode="numeric", autocomplete="off", data_private=True),
        help_text="比如 19440312",
    )

    def clean_born(self) -> datetime.date:
        """A whole day."""
        text = re.sub(r"[\s年月.\-/]+", "-", self.cleaned_data["born"].strip()).strip("-日")
        if re.fullmatch(r"\d{8}", text):
            text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
        exact = read_date(text, as_of=timezone.localdate()).exact
        if exact is None:
            raise forms.ValidationError("年、月、日都要，比如 19440312")
        return exact


class AskStaffForm(forms.Form):
    """What the staff need in order to find out who somebody is."""

    name = forms.CharField(label="姓名", max_length=60, widget=_input(autocomplete="name", data_private=True))
    place = forms.CharField(label="住在哪里", max_length=80, help_text="比如：3 号楼 501，租住")
    note = forms.CharField(
        label="还想说的",
        max_length=200,
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="方便什么时候联系您、有谁认得您",
    )

    def clean_name(self) -> str:
        """A name without spaces and remarks."""
        name = tidy_name(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError("请写姓名")
        return name


class AnnouncementForm(forms.ModelForm):
    """An announcement as a colleague writes it."""

    class Meta:
        model = Announcement
        fields = ("title", "text", "from_on", "to_on", "urgent")
        widgets = {
            "text": forms.Textarea({"rows": 5}),
            "from_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "to_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }
        labels = {"urgent": "要紧：排在首页最上面"}
        help_texts = {
            "title": "一句话，40 字以内",
            "text": "人人都看得到，不写哪家哪户、不写姓名电话",
            "to_on": "不填就一直在",
        }


class ReasonForm(forms.Form):
    """Why a request is refused; the resident reads it."""

    reason = forms.CharField(
        label="理由", max_length=120, help_text="居民看得到，比如：名册里还没有您，请带身份证来登记"
    )
