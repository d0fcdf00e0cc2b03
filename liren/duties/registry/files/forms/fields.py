"""Fields (栏目) that read what people type: birth dates, papers, telephones, addresses, days."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.duty import Refused
from liren.core.people import codes, identity
from liren.core.people.dates import read_date
from liren.core.people.phones import read_phones
from liren.core.places.models import House

from ..doors import house_at

PAPERS = [
    ("resident_id", "居民身份证"),
    ("hmt_residence", "港澳台居民居住证"),
    ("foreign_residence", "外国人永久居留证"),
    ("passport", "护照"),
    ("hk_macau_pass", "港澳通行证"),
    ("taiwan_pass", "台胞证"),
    ("other", "其他证件"),
]


class DayField(forms.DateField):
    """A day as the browser's date field gives it, or as people type it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_error_messages = {"invalid": "日期写成 2026-07-14"}


def today_field(label: str, **facts: Any) -> DayField:
    """The day of an event, today unless told."""
    return DayField(label=label, initial=timezone.localdate, **facts)


class BirthField(forms.CharField):
    """A birth date as far as it is known: 1962-05-07, 1962.5, 62年5月, 1962."""

    default_error_messages = {"unread": "没看懂这个日期。写成 1962-05-07、1962-05 或 1962"}

    def clean(self, value: Any) -> str:
        """As the register keeps it; what may mean two days is asked about."""
        said = super().clean(value)
        if not said:
            return ""
        read = read_date(said, as_of=timezone.localdate())
        if read.choices:
            raise forms.ValidationError(f"这个日期可能是{'或'.join(read.choices)}，请写清楚")
        if read.problem or not read.text:
            raise forms.ValidationError(self.error_messages["unread"])
        return read.text


class CodeField(forms.ChoiceField):
    """A coded fact, chosen by its words; empty means not said."""

    def __init__(self, table: str, *, empty: str = "未登记", **facts: Any):
        super().__init__(choices=[("", empty), *codes.choices(table)], required=False, **facts)


class PhonesField(forms.CharField):
    """Telephones, several of them with commas; gives the numbers."""

    def clean(self, value: Any) -> tuple[str, ...]:
        """The numbers; whatever looks like one but is not is named."""
        said = super().clean(value)
        read = read_phones(said)
        if read.bad or (said and not read.numbers):
            raise forms.ValidationError(f"「{'、'.join(read.bad) or said}」不像电话号码，对一对位数")
        return read.numbers


class AddressField(forms.CharField):
    """An address as people write it; the form that has one reads it with `read_house`."""

    def __init__(self, **facts: Any):
        facts.setdefault("label", "住址")
        facts.setdefault("help_text", "照平时说的写：3号楼2单元501、3-2-501、12弄7号二楼前楼")
        super().__init__(max_length=120, **facts)


def read_house(form: forms.Form, name: str, community: Area, user: Any) -> House | None:
    """The house of an address field; what is not found is said at the field."""
    said = form.cleaned_data.get(name)
    if not said:
        return None
    try:
        return house_at(said, community, user)
    except Refused as refusal:
        form.add_error(name, str(refusal))
        return None


def read_paper(form: forms.Form, name: str, kind: str = "") -> identity.IdentityCheck | None:
    """The number of a paper field, checked; what is wrong with it is said at the field."""
    said = form.cleaned_data.get(name)
    if not said:
        return None
    read = identity.check(said, on=timezone.localdate(), kind="" if kind == "resident_id" else kind)
    if read.problem or not read.number:
        form.add_error(name, read.message or "证件号不对，对照证件再看看")
        return None
    return read


def day_in_words(day: datetime.date) -> str:
    """``2026年7月14日``."""
    return f"{day.year}年{day.month}月{day.day}日"
