"""The form of a work record: one box to write in; everything else may stay empty."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from liren.core.documents.cleaning import cleaned
from liren.core.documents.kinds import Clean
from liren.core.duty import Refused
from liren.core.logbook.actions import LONGEST, MOST_PHOTOS
from liren.core.logbook.kinds import KINDS
from liren.core.logbook.models import WorkRecord
from liren.core.matters.models import Matter
from liren.core.people.models import Person
from liren.core.places.models import Building, House

from .forms import DayInput


class TimeInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class SeveralFiles(forms.FileInput):
    """A field that takes several photos at once, straight from a phone's camera too."""

    allow_multiple_selected = True


class Photos(forms.FileField):
    """Photos (照片): each cleaned of where and with what it was taken, before anything is written."""

    def clean(self, data: Any, initial: Any = None) -> list[tuple[str, Clean]]:
        """Names with cleaned photos."""
        sent: list[UploadedFile] = [each for each in data or [] if each]
        if len(sent) > MOST_PHOTOS:
            raise ValidationError(f"一次最多 {MOST_PHOTOS} 张照片")
        try:
            return [(each.name or "照片", cleaned(each.read(), name=each.name or "照片")) for each in sent]
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None


class RecordForm(forms.Form):
    """Shape of a record; whether it will do is the action's business. What is picked comes as `people` and `at`."""

    text = forms.CharField(
        label="做了什么",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "placeholder": "一句话就行：去 3-2-501 看顾阿婆，血压平稳"}),
    )
    kinds = forms.MultipleChoiceField(
        label="归到哪几本台账",
        choices=[(kind.key, kind.name) for kind in KINDS.values()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    on = forms.DateField(label="哪一天", widget=DayInput, required=False)
    begun = forms.TimeField(label="几点", widget=TimeInput, required=False)
    place = forms.CharField(label="地点", max_length=80, required=False)
    companions = forms.CharField(label="同去或参加的人", max_length=120, required=False)
    headcount = forms.IntegerField(label="到场人数", min_value=0, required=False)
    minutes = forms.IntegerField(
        label="用了多少分钟", min_value=1, required=False, help_text="想记就记，不考核"
    )
    photos = Photos(label="照片", widget=SeveralFiles, required=False)
    people = forms.ModelMultipleChoiceField(Person.objects.none(), required=False)
    at = forms.CharField(required=False)
    matter = forms.ModelChoiceField(Matter.objects.none(), required=False, widget=forms.HiddenInput)
    once = forms.CharField(required=False, max_length=40)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        people: Any = self.fields["people"]
        people.queryset = Person.objects.visible_to(user).select_related("area__parent", "house__building")
        matter: Any = self.fields["matter"]
        matter.queryset = Matter.objects.visible_to(user).select_related("area__parent")

    def clean_at(self) -> House | Building | None:
        """The door or building picked: ``house:12``, ``building:3``."""
        return place_picked(self.user, self.cleaned_data["at"])

    def facts(self) -> dict[str, Any]:
        """What the actions take."""
        data = dict(self.cleaned_data)
        data["on"] = data["on"] or timezone.localdate()
        at = data.pop("at")
        data["house"] = at if isinstance(at, House) else None
        data["building"] = at if isinstance(at, Building) else None
        return data | {"people": list(data["people"])}


def first_of(kinds: list[str]) -> dict[str, Any]:
    """What stands in an empty form."""
    return {"on": timezone.localdate(), "kinds": [key for key in kinds if key in KINDS]}


def now_in(record: WorkRecord) -> dict[str, Any]:
    """What stands in the form of a correction."""
    plain = ("text", "on", "begun", "minutes", "place", "companions", "headcount")
    at = f"house:{record.house_id}" if record.house_id else ""
    at = at or (f"building:{record.building_id}" if record.building_id else "")
    people = [person.pk for person in record.people.all()]
    return {name: getattr(record, name) for name in plain} | {
        "matter": record.matter_id,
        "kinds": record.kind_keys,
        "at": at,
        "people": people,
    }


def place_picked(user: Any, said: str) -> House | Building | None:
    """A door or building by what the picker says of it, if this user may see it."""
    what, _, number = (said or "").partition(":")
    model: Any = {"house": House, "building": Building}.get(what)
    if model is None or not number.isdecimal() or len(number) > 18:
        return None
    found: House | Building | None = model.objects.visible_to(user).filter(pk=int(number)).first()
    return found
