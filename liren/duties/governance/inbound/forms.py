"""Forms of the room."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from liren.core.accounts.roles import LINES
from liren.core.areas.models import Area

from .models import CHANNELS, LISTS, OFTEN, DutyItem

WRITTEN = "%Y-%m-%dT%H:%M"


def moment_field(**facts: Any) -> forms.DateTimeField:
    """A day with its time, as the browser's field gives it."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WRITTEN)
    wrong = {"invalid": "时间写成 2026-11-25 17:30"}
    return forms.DateTimeField(
        widget=widget,
        input_formats=[WRITTEN, "%Y-%m-%d %H:%M", f"{WRITTEN}:%S"],
        error_messages=wrong,
        **facts,
    )


class ItemField(forms.ModelChoiceField):
    """An item of the lists, with the list's name before it."""

    def label_from_instance(self, obj: Any) -> str:
        """``协助清单 · 独居老人关爱走访``."""
        return f"{obj.get_kind_display()} · {obj.title}"


def item_field(community: Area | None, user: Any) -> ItemField:
    """A choice among what holds today."""
    rows = DutyItem.objects.visible_to(user).holding().filter(community=community)
    return ItemField(queryset=rows, label="对照清单", required=False, empty_label="还没对上清单")


class TaskForm(forms.Form):
    """What a task from above has beside what every matter has."""

    sender_unit = forms.CharField(label="来件单位", required=False, max_length=60)
    sender_person = forms.CharField(label="来件人", required=False, max_length=30)
    channel = forms.ChoiceField(label="怎么来的", choices=CHANNELS, initial="chat")
    due_at = moment_field(label="要求什么时候", required=False)
    basis = forms.CharField(
        label="依据", required=False, max_length=300, help_text="文件名、文号，没有就空着"
    )
    about_line = forms.ChoiceField(label="条线", required=False, choices=[("", "说不准"), *LINES.items()])
    period = forms.CharField(label="报哪个时期的", required=False, max_length=40)
    forms_often = forms.ChoiceField(label="多久填一次", required=False, choices=[("", "不填表"), *OFTEN])
    form_fields = forms.CharField(
        label="表里要填什么", required=False, max_length=300, help_text="用顿号隔开：姓名、住址、电话"
    )
    received_text = forms.CharField(label="原文", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    reply_wanted = forms.BooleanField(label="要回复收到", required=False)
    # The last of the class: from here on the name is the field's.
    forms = forms.IntegerField(label="要填几张表", required=False, min_value=0, max_value=999)

    def clean_forms(self) -> int:
        """None is none."""
        return self.cleaned_data.get("forms") or 0


class ListedForm(TaskForm):
    """The same with the lists of one community: for the page on which a task is held against them."""

    def __init__(self, *args: Any, community: Area | None, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"] = item_field(community, user)


class DraftForm(ListedForm):
    """One task as it was read from a message, before it is kept."""

    title = forms.CharField(label="什么事", max_length=80)
    keep = forms.BooleanField(label="收下这件", required=False)

    def __init__(self, *args: Any, places: Mapping[str, str], items: list[DutyItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["received_text"]
        self.fields["place"] = forms.ChoiceField(
            label="落在哪里", choices=list(places.items()), required=False
        )
        item: Any = self.fields["item"]
        # Asked for once for all the tasks of a message.
        item.choices = [
            ("", item.empty_label),
            *((each.pk, item.label_from_instance(each)) for each in items),
        ]

    def details(self) -> dict[str, Any]:
        """What the room keeps beside the matter."""
        return {
            key: value for key, value in self.cleaned_data.items() if key not in ("title", "keep", "place")
        }


class WorkForm(forms.Form):
    """How long a piece of work took."""

    minutes = forms.IntegerField(label="花了多少分钟", min_value=1, max_value=1440)
    what = forms.CharField(label="做了什么", max_length=200, required=False)


class DutyItemForm(forms.Form):
    """One item of the lists."""

    kind = forms.ChoiceField(label="哪张清单", choices=LISTS)
    title = forms.CharField(label="事项", max_length=80)
    words = forms.CharField(
        label="认得它的词", max_length=200, required=False, help_text="消息里出现这些词就会想到它，用顿号隔开"
    )
    unit = forms.CharField(label="牵头部门", max_length=60, required=False)
    basis = forms.CharField(label="依据", max_length=200)
    instead = forms.CharField(
        label="该去哪里办", max_length=120, required=False, help_text="负面清单里的，写清去哪里办"
    )
    from_on = forms.DateField(
        label="从哪天起",
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class SheetForm(forms.Form):
    """A sheet of items: a file, or the rows as they were read from one and perhaps mended."""

    file = forms.FileField(label="清单文件", required=False)
    rows = forms.CharField(
        label="读到的行", required=False, widget=forms.Textarea(attrs={"rows": 10}), max_length=200_000
    )


class SendForm(TaskForm):
    """A task that a section of the street sends."""

    communities = forms.ModelMultipleChoiceField(
        label="派给哪些社区", queryset=Area.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    title = forms.CharField(label="什么事", max_length=80)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas: Any = self.fields["communities"]
        areas.queryset = user.areas_for("inbound.send").communities()
        self.fields["basis"].required = True
        self.fields["due_at"].required = True
        self.fields["sender_unit"].required = True
        for name in ("channel", "reply_wanted", "about_line"):
            del self.fields[name]
        self.fields["received_text"].label = "具体要求"
        self.fields["basis"].help_text = "文件名、文号，或社区协助清单的条目"

    def clean_due_at(self) -> datetime:
        """Nothing is asked for by a time that is past."""
        due: datetime = self.cleaned_data["due_at"]
        if due <= timezone.now():
            raise forms.ValidationError("要求的时间已经过了")
        return due


class OwnItemForm(forms.Form):
    """Something that this community does every year."""

    title = forms.CharField(label="做什么", max_length=60)
    month = forms.IntegerField(label="哪个月", min_value=1, max_value=12)
    day = forms.IntegerField(
        label="哪天前", min_value=0, max_value=31, required=False, help_text="空着是月底前"
    )
    kind = forms.ChoiceField(label="办成哪一类")
    basis = forms.CharField(label="依据", max_length=200, required=False)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = kinds
