"""Forms of a person (居民): entering somebody, correcting facts, papers, telephones, hukou."""

from typing import Any

from django import forms

from liren.core.people.drafts import PersonDraft
from liren.core.people.lookalikes import Sketch
from liren.core.people.models import Hukou, Person, Phone
from liren.core.privacy.cipher import blind, blind_tail

from .fields import (
    PAPERS,
    BirthField,
    CodeField,
    DayField,
    PhonesField,
    read_paper,
    today_field,
)
from .places import PlaceForm

SEXES = [("1", "男"), ("2", "女"), ("0", "未知")]


class FactsForm(forms.Form):
    """The plain facts of a person."""

    name = forms.CharField(label="姓名", max_length=60)
    former_name = forms.CharField(label="曾用名", max_length=60, required=False)
    sex = forms.ChoiceField(label="性别", choices=SEXES, initial="0")
    birth = BirthField(
        label="出生日期", max_length=20, required=False, help_text="只知道年月就写年月，不用凑"
    )
    kind = forms.ChoiceField(label="人口类别", choices=Person.Kind.choices, initial="unknown")
    ethnicity = CodeField("ethnicity", label="民族")
    nationality = forms.CharField(label="国籍", max_length=20, required=False)
    education = CodeField("education", label="文化程度")
    marital = CodeField("marital", label="婚姻状况")
    political = CodeField("political", label="政治面貌")
    employment = CodeField("employment", label="就业状况")
    work_unit = forms.CharField(label="工作单位", max_length=120, required=False)
    remark = forms.CharField(label="备注", max_length=200, required=False, help_text="不写病情、案情和评价")

    @classmethod
    def of(cls, person: Person) -> dict[str, str]:
        """What the register says now."""
        return {name: getattr(person, name) for name in cls.base_fields}

    def changed(self) -> dict[str, str]:
        """The facts that became otherwise."""
        return {name: self.cleaned_data[name] for name in self.base_fields if name in self.changed_data}


class PaperForm(forms.Form):
    """A new number of a paper."""

    kind = forms.ChoiceField(label="证件", choices=PAPERS)
    number = forms.CharField(
        label="号码", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def clean(self) -> dict[str, Any]:
        """The number as the state writes it."""
        data = self.cleaned_data
        if data.get("kind") == "other":
            return data
        if read := read_paper(self, "number", data.get("kind", "")):
            data["number"], data["kind"] = read.number, read.kind or data["kind"]
        return data


class PhonesForm(forms.Form):
    """Which telephones stay, and which are new."""

    keep = forms.MultipleChoiceField(label="还在用的", required=False, widget=forms.CheckboxSelectMultiple)
    new = PhonesField(label="新号码", max_length=80, required=False, help_text="几个号码用顿号隔开")

    def __init__(self, *args: Any, phones: list[Phone], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.phones = phones
        options = [(str(phone.pk), phone.masked) for phone in phones]
        keep = self.fields["keep"]
        assert isinstance(keep, forms.MultipleChoiceField)  # noqa: S101
        keep.choices, keep.initial = options, [pk for pk, _ in options]
        if not phones:
            del self.fields["keep"]

    def numbers(self) -> list[str]:
        """The numbers as they shall be."""
        kept = self.cleaned_data.get("keep", [])
        return [p.number for p in self.phones if str(p.pk) in kept] + list(self.cleaned_data["new"])


class HukouForm(forms.Form):
    """Where somebody is registered with the police."""

    HERE = {"yes": True, "no": False, "": None}
    here = forms.ChoiceField(
        label="户口在本社区", required=False, choices=[("yes", "在"), ("no", "不在"), ("", "不清楚")]
    )
    address = forms.CharField(label="户籍地址", max_length=160, required=False)
    household_number = forms.CharField(label="户号", max_length=30, required=False)
    on = today_field("从哪天起")

    @classmethod
    def of(cls, row: Hukou | None) -> dict[str, Any]:
        """What the register says now."""
        if row is None:
            return {}
        said = {True: "yes", False: "no", None: ""}[row.here]
        return {"here": said, "address": row.address, "household_number": row.household_number}

    def clean_here(self) -> bool | None:
        """Yes, no, or unknown."""
        return self.HERE[self.cleaned_data["here"]]


class NewPersonForm(PlaceForm, FactsForm):
    """Everything that may be known of somebody who is entered at the desk."""

    number = forms.CharField(
        label="证件号", max_length=40, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    phones = PhonesField(label="电话", max_length=80, required=False, help_text="几个号码用顿号隔开")
    from_on = DayField(label="从哪天住起", required=False)
    confirmed = forms.BooleanField(label="不是他们，照样登记", required=False)
    field_order = (
        "name", "number", "sex", "birth", "phones", "address", "join", "head_name", "relation", "tenure", "from_on", "kind"
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["sex"].required = False
        self.paper: tuple[str, str] | None = None

    def clean(self) -> dict[str, Any]:
        """A resident's number says sex and birth; what was typed besides must agree with it."""
        super().clean()
        data = self.cleaned_data
        data["sex"] = data.get("sex") or "0"
        if read := read_paper(self, "number"):
            self.paper = (read.kind or "other", read.number or "")
            born = read.birth.isoformat() if read.birth else None
            self._from_paper("sex", read.sex, "0", "身份证上是另一种性别，对一对")
            self._from_paper("birth", born, "", "和身份证上的生日不一样，对一对")
        return data

    def _from_paper(self, name: str, told: str | None, unknown: str, mistake: str) -> None:
        typed = self.cleaned_data.get(name) or unknown
        if not told:
            return
        if typed not in (unknown, told) and not (name == "birth" and told.startswith(typed)):
            self.add_error(name, mistake)
        self.cleaned_data[name] = told

    def sketch(self) -> Sketch:
        """What is known, for looking whether somebody is on the register already."""
        data = self.cleaned_data
        house, number = data.get("house"), self.paper[1] if self.paper else ""
        return Sketch(
            key=0,
            name=data["name"],
            sex=data["sex"],
            birth=data["birth"],
            house=house.pk if house else None,
            building=house.building_id if house else None,
            phones=data["phones"],
            paper=blind(number, "paper") if number else "",
            tail=blind_tail(number, "paper") if number else "",
        )

    def ask_to_confirm(self) -> None:
        """Asks to look at those who may be the same person first."""
        self.add_error("confirmed", "先看看是不是已经登记过的人")

    def draft(self) -> PersonDraft:
        """The person as the action wants it."""
        data = self.cleaned_data
        facts = {name: data[name] for name in FactsForm.base_fields}
        return PersonDraft(
            **facts,
            papers=(self.paper,) if self.paper else (),
            phones=data["phones"],
            house=data["house"],
            household=data["household"],
            household_key="new" if data["house"] and not data["household"] else None,
            relation=data["relation"],
            tenure=data["tenure"],
            from_on=data["from_on"],
        )
