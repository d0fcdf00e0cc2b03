"""Fields (栏目) of the ledger's forms: days, moments, colleagues, words, files."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.matters import actions
from liren.core.matters.models import Matter
from liren.core.people.phones import read_phones
from liren.core.rules import number

WRITTEN = "%Y-%m-%dT%H:%M"


class NoteField(forms.CharField):
    """A few lines of words."""

    widget = forms.Textarea(attrs={"rows": "3"})

    def __init__(self, **facts: Any):
        facts.setdefault("max_length", 2000)
        super().__init__(**facts)


def day_field(**facts: Any) -> forms.DateField:
    """A day as the browser's field gives it."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(widget=widget, error_messages={"invalid": "日期写成 2026-07-14"}, **facts)


def moment_field(**facts: Any) -> forms.DateTimeField:
    """A day with its time."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WRITTEN)
    wrong = {"invalid": "时间写成 2026-07-14 17:30"}
    formats = [WRITTEN, "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S"]
    return forms.DateTimeField(widget=widget, input_formats=formats, error_messages=wrong, **facts)


class ColleagueField(forms.ModelChoiceField):
    """A colleague, by name and post."""

    def label_from_instance(self, obj: Any) -> str:
        """``方亮 · 网格员``."""
        roles = dict.fromkeys(post.grants.name for post in obj.current_posts)
        return " · ".join([str(obj), "、".join(roles)]) if roles else str(obj)


def colleagues(area: Area, *, without: User | None = None) -> list[User]:
    """Those who can hold a matter in an area, by name."""
    return [user for user in actions.holders_for(area) if without is None or user.pk != without.pk]


def holder_field(matter: Matter, *, without: User | None = None, **facts: Any) -> ColleagueField:
    """A choice among those who can hold this matter."""
    return chosen_among(colleagues(matter.area, without=without), **facts)


def chosen_among(users: list[User], **facts: Any) -> ColleagueField:
    """A choice among these colleagues, without asking for each again."""
    facts.setdefault("empty_label", "请选")
    field = ColleagueField(queryset=User.objects.filter(pk__in=[user.pk for user in users]), **facts)
    named = [(user.pk, field.label_from_instance(user)) for user in users]
    head = [("", facts["empty_label"])] if facts["empty_label"] else []
    field.choices = [*head, *named]
    return field


class PhoneField(forms.CharField):
    """One telephone number, as people write it."""

    def __init__(self, **facts: Any):
        facts.setdefault("label", "电话")
        facts.setdefault("required", False)
        super().__init__(max_length=40, **facts)

    def clean(self, value: Any) -> str:
        """The number in its common form; what only looks like one is named."""
        said = super().clean(value)
        if not said:
            return ""
        read = read_phones(said)
        if read.bad or len(read.numbers) != 1:
            raise forms.ValidationError(f"「{said}」不像一个电话号码，对一对位数")
        return str(read.numbers[0])


class Files(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; gives a list of (name, content)."""

    def __init__(self, **facts: Any):
        facts.setdefault("label", "照片、录音、文件")
        facts.setdefault("required", False)
        super().__init__(widget=Files(attrs={"multiple": True}), **facts)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Every file; none is an empty list. `cleaned_uploads` reads them."""
        files = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files if file]


def in_days(days: int) -> datetime.datetime:
    """The end of an office day so many days from now, to begin a form with."""
    day = timezone.localdate() + datetime.timedelta(days=days)
    minutes = number("rules.office_closes")
    at = datetime.time(minutes // 60, minutes % 60)
    return timezone.make_aware(datetime.datetime.combine(day, at))
