"""Forms for colleagues and their posts, areas and the search in the trace."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.accounts.roles import LINES, ROLES
from liren.core.areas.models import Area
from liren.core.audit.said import deeds

DATE = {"type": "date"}
ISO = "%Y-%m-%d"  # what a date field of a browser reads
IN = {"class": "in"}


class Indented(forms.ModelChoiceField):
    """Areas as a tree: each level one step further in."""

    def label_from_instance(self, area: Any) -> str:
        """``　　第一网格``."""
        return "　" * (area.path.count(".") - 1) + area.name


class PostForm(forms.Form):
    """A role, where it is held, and for which lines."""

    role = forms.ChoiceField(label="岗位", choices=[(r.key, r.name) for r in ROLES.values()])
    area = Indented(label="在哪里", queryset=Area.objects.none(), empty_label="请选")
    lines = forms.MultipleChoiceField(
        label="条线", choices=list(LINES.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    to_on = forms.DateField(
        label="到哪天为止", required=False, widget=forms.DateInput(DATE, format=ISO), help_text="不填就是一直"
    )

    def __init__(self, manager: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = manager.areas_for("accounts.manage")
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]
        levels = set(areas.order_by().values_list("level", flat=True).distinct())
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.key, role.name) for role in ROLES.values() if levels & set(role.levels)
        ]


class StaffForm(PostForm):
    """A new colleague with a first post."""

    name = forms.CharField(label="姓名", max_length=40)
    username = forms.CharField(
        label="登录账号",
        max_length=40,
        help_text="小写字母和数字，如 zhouhl",
        widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off"}),
    )
    phone = forms.CharField(label="工作电话", max_length=20, required=False)
    field_order = ("name", "username", "phone", "role", "area", "lines")
    to_on = None  # type: ignore[assignment]


class AreaForm(forms.Form):
    """A new area below another; the level follows from where it lies."""

    parent = Indented(label="设在哪里下面", queryset=Area.objects.none(), empty_label="请选")
    name = forms.CharField(label="名称", max_length=40)
    code = forms.CharField(
        label="代码", max_length=20, required=False, help_text="街道 9 位，社区 12 位；网格可以不填，自动排"
    )

    def __init__(self, manager: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = manager.areas_for("areas.manage").exclude(level=Area.Level.GRID)
        self.fields["parent"].queryset = above  # type: ignore[attr-defined]


class AreaWordsForm(forms.Form):
    """What an area is called; the committee and the addresses of a community."""

    name = forms.CharField(label="名称", max_length=40)
    organisation = forms.CharField(label="居委会全称", max_length=80, required=False)
    address_prefix = forms.CharField(label="地址前缀", max_length=120, required=False)

    def __init__(self, area: Area, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if area.level != Area.Level.COMMUNITY:
            del self.fields["organisation"], self.fields["address_prefix"]


class TraceForm(forms.Form):
    """Who, what, about which record, in which days."""

    who = forms.ModelChoiceField(
        label="谁",
        queryset=User.objects.none(),
        required=False,
        empty_label="所有人",
        widget=forms.Select(IN),
    )
    action = forms.ChoiceField(label="做了什么", required=False, widget=forms.Select(IN))
    target = forms.CharField(label="对象", max_length=80, required=False, widget=forms.HiddenInput)
    from_on = forms.DateField(label="从", required=False, widget=forms.DateInput(DATE | IN, format=ISO))
    to_on = forms.DateField(label="到", required=False, widget=forms.DateInput(DATE | IN, format=ISO))

    def __init__(self, reader: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].queryset = User.objects.visible_to(reader).order_by("name")  # type: ignore[attr-defined]
        self.fields["action"].choices = [("", "所有事"), *sorted(deeds().items(), key=lambda d: d[0])]  # type: ignore[attr-defined]

    def found_in(self, traces: Any) -> Any:
        """The traces that match; all of them when the form makes no sense."""
        if not self.is_valid():
            return traces
        said = self.cleaned_data
        wanted = {
            "action": said["action"],
            "target": said["target"],
            "user_id": said["who"] and said["who"].pk,
        }
        traces = traces.filter(**{field: value for field, value in wanted.items() if value})
        for field, day, plus in (("at__gte", said["from_on"], 0), ("at__lt", said["to_on"], 1)):
            if day and 1900 < day.year < 2200:
                start = datetime.datetime.combine(day + datetime.timedelta(days=plus), datetime.time())
                traces = traces.filter(**{field: timezone.make_aware(start)})
        return traces
