"""The form of a new matter: only the line of what it is must be filled in."""

from typing import Any

from django import forms

from liren.core.areas.models import Area
from liren.core.matters.actions import PartyDraft
from liren.core.matters.kinds import Kind
from liren.core.matters.outcomes import SOURCES
from liren.core.people.models import Person

from .fields import FilesField, NoteField, PhoneField, chosen_among, colleagues

# Sources that people do not choose by hand.
BY_ITSELF = ("portal", "hotline", "calendar")


class OpeningForm(forms.Form):
    """What every kind asks for; the room's own fields stand beside it."""

    more = ("body", "cause", "danger", "area")

    title = forms.CharField(
        label="什么事", max_length=80, help_text="写一句话就够，例如「楼道灯坏了」",
        error_messages={"required": "写一句话就够，例如「楼道灯坏了」"},
    )  # fmt: skip
    where = forms.CharField(
        label="在哪里", max_length=120, required=False,
        help_text="照平时说的写：3号楼2单元501、3-2-501、小区东门",
    )  # fmt: skip
    person = forms.ModelChoiceField(label="谁的事", queryset=Person.objects.none(), required=False)
    name = forms.CharField(label="称呼", max_length=60, required=False)
    phone = PhoneField()
    keeps_name = forms.BooleanField(label="不愿公开姓名", required=False)
    source = forms.ChoiceField(
        label="怎么来的", choices=[pair for pair in SOURCES if pair[0] not in BY_ITSELF], initial="counter"
    )
    files = FilesField()  # type: ignore[assignment]
    body = NoteField(label="详细情况", required=False)
    danger = forms.BooleanField(label="有人身或财产危险", required=False, help_text="勾上会排到最前面")

    def __init__(self, *args: Any, of: Kind, user: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["person"].queryset = Person.objects.visible_to(user)  # type: ignore[attr-defined]
        self.fields["person"].widget = forms.HiddenInput()
        self._areas()
        own = self.initial["area"]
        users = [user, *colleagues(own, without=user)] if own else [user]
        self.fields["holder"] = chosen_among(
            users, label="主办", required=False, initial=user.pk, empty_label="先放着，等人接手"
        )
        if of.causes:
            choices = [("", "还不清楚"), *of.causes]
            self.fields["cause"] = forms.ChoiceField(label=of.cause_label, choices=choices, required=False)

    def _areas(self) -> None:
        """Where this user opens matters: asked only when there is a choice, and found by the place anyway."""
        areas = self.user.areas_for("matters.open").filter(level__in=("community", "grid"))
        choices = list(areas.select_related("parent"))
        whole = [area for area in choices if area.level == Area.Level.COMMUNITY]
        self.initial["area"] = (whole or choices or [None])[0]
        field = forms.ModelChoiceField(label="哪个网格", queryset=areas, empty_label=None)
        if len(choices) < 2:
            field.widget = forms.HiddenInput()
        self.fields["area"] = field

    def chosen(self) -> Any:
        """The person of the register who is picked already, by the address or before a mistake was found."""
        said = self["person"].value()
        if not str(said or "").isdecimal():
            return None
        return Person.objects.visible_to(self.user).filter(pk=str(said)[:18]).first()

    def parties(self) -> list[PartyDraft]:
        """Whose matter it is, when that was said."""
        said = self.cleaned_data
        if not (said["person"] or said["name"] or said["phone"]):
            return []
        facts = {"person": said["person"], "name": said["name"], "phone": said["phone"]}
        return [PartyDraft(role="asker", keeps_name=said["keeps_name"], **facts)]
