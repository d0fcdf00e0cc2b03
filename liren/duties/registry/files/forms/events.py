"""Forms of life events (人口变动): moving, dying, being born, tenants, splitting, contacts, labels."""

from typing import Any

from django import forms

from liren.core.people import labelling
from liren.core.people.actions.closing import HEAD
from liren.core.people.codes import choices
from liren.core.people.drafts import PersonDraft
from liren.core.people.models import Person, Relation
from liren.core.privacy.tiers import Tier, may_see

from .fields import BirthField, DayField, PhonesField, read_paper, today_field
from .person import SEXES
from .places import PlaceForm


class People(forms.ModelChoiceField):
    """One of some people, told apart by what is known of them."""

    def label_from_instance(self, obj: Any) -> str:
        """Name, sex, age, house."""
        return f"{obj.name}（{obj.told_apart}）"


class LeavingForm(forms.Form):
    """Somebody leaves: the day, and who heads the household when its head goes."""

    on = today_field("哪一天")
    new_head = People(
        label="家里由谁当户主", queryset=Person.objects.none(), required=False, empty_label="以后再定"
    )

    def __init__(self, *args: Any, staying: Any = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        head = self.fields["new_head"]
        assert isinstance(head, forms.ModelChoiceField)  # noqa: S101
        if staying is None:
            del self.fields["new_head"]
        else:
            head.queryset = staying


class MoveInForm(PlaceForm, LeavingForm):
    """Somebody moves: where to, as whom."""

    field_order = ("address", "on", "join", "head_name", "relation", "tenure", "new_head")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["address"].required, self.fields["address"].label = True, "搬到哪里"


class BirthForm(forms.Form):
    """A child is born."""

    name = forms.CharField(label="孩子姓名", max_length=60, help_text="还没起名就写「某某之子」，以后再改")
    sex = forms.ChoiceField(label="性别", choices=SEXES[:2], widget=forms.RadioSelect)
    birth = BirthField(label="出生日期", max_length=20)
    relation = forms.ChoiceField(label="与户主关系", choices=choices("relation"), initial="20")
    number = forms.CharField(label="身份证号（有就填）", max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        """The number, checked."""
        data = self.cleaned_data
        read = read_paper(self, "number")
        data["papers"] = ((read.kind or "other", read.number or ""),) if read else ()
        if read and read.birth and data.get("birth") and read.birth.isoformat() != data["birth"]:
            self.add_error("birth", "和身份证上的生日不一样，对一对")
        return data

    def draft(self) -> PersonDraft:
        """The child as the action wants it."""
        data = self.cleaned_data
        names = ("name", "sex", "birth", "relation", "papers")
        return PersonDraft(**{name: data[name] for name in names})


class TenantForm(forms.Form):
    """One new tenant."""

    name = forms.CharField(label="姓名", max_length=60)
    number = forms.CharField(label="身份证号", max_length=40, required=False)
    phones = PhonesField(label="电话", max_length=80, required=False)

    def clean(self) -> dict[str, Any]:
        """The number, checked; it says sex and birth."""
        self.cleaned_data["read"] = read_paper(self, "number")
        return self.cleaned_data

    def draft(self) -> PersonDraft:
        """The tenant as the action wants them."""
        data, read = self.cleaned_data, self.cleaned_data["read"]
        return PersonDraft(
            name=data["name"],
            sex=(read.sex if read else None) or "0",
            birth=read.birth.isoformat() if read and read.birth else "",
            papers=((read.kind or "other", read.number or ""),) if read else (),
            phones=data["phones"],
        )


TenantFormSet = forms.formset_factory(TenantForm, extra=4, max_num=10, absolute_max=10)


class TenantsForm(forms.Form):
    """The day on which tenants change; the people stand in a set of forms beside it."""

    on = today_field("哪一天换的")

    def __init__(self, data: Any = None, **kwargs: Any):
        super().__init__(data, **kwargs)
        self.people = TenantFormSet(data, prefix="tenant")

    def is_valid(self) -> bool:
        """Whether the day and every tenant are right."""
        return all([super().is_valid(), self.people.is_valid()])

    def drafts(self) -> list[PersonDraft]:
        """The new tenants, those lines left empty aside."""
        drafts = [form.draft() for form in self.people if form.has_changed()]
        for draft in drafts[:1]:
            draft.relation = HEAD
        return drafts


class SplitForm(forms.Form):
    """Who leaves a household to found another behind the same door."""

    members = forms.ModelMultipleChoiceField(
        label="谁分出去", queryset=Person.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    head = People(label="新户的户主", queryset=Person.objects.none())
    new_head = People(
        label="原户由谁当户主", queryset=Person.objects.none(), required=False, empty_label="不变，或以后再定"
    )
    on = today_field("哪一天")

    def __init__(self, *args: Any, people: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("members", "head", "new_head"):
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ModelChoiceField)  # noqa: S101
            chosen.queryset = people


class HeadForm(forms.Form):
    """Who is the head of a household."""

    head = People(label="户主", queryset=Person.objects.none())
    on = today_field("从哪天起")

    def __init__(self, *args: Any, people: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        head = self.fields["head"]
        assert isinstance(head, forms.ModelChoiceField)  # noqa: S101
        head.queryset = people


class ContactForm(forms.Form):
    """A guardian or contact."""

    kind = forms.ChoiceField(label="是什么人", choices=Relation.Kind.choices, initial="contact")
    other = People(
        label="同户的人", queryset=Person.objects.none(), required=False, empty_label="不是同户的人，在下面填"
    )
    name = forms.CharField(label="姓名", max_length=60, required=False)
    said = forms.CharField(label="怎么称呼", max_length=30, required=False, help_text="长子、邻居、祖母")
    phones = PhonesField(label="电话", max_length=40, required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        other = self.fields["other"]
        assert isinstance(other, forms.ModelChoiceField)  # noqa: S101
        other.queryset = people

    def clean(self) -> dict[str, Any]:
        """Somebody has to be named, with one telephone at most."""
        data = self.cleaned_data
        if not data.get("other") and not data.get("name"):
            self.add_error("name", "选同户的人，或者填姓名")
        if len(data.get("phones") or ()) > 1:
            self.add_error("phones", "这里只记一个号码")
        return data


class LabelForm(forms.Form):
    """A label with its evidence."""

    code = forms.ChoiceField(label="标签")
    detail = forms.CharField(
        label="详情", max_length=60, required=False, help_text="残疾类别和等级、证号之类，照证件写"
    )
    evidence = forms.CharField(
        label="依据", max_length=120, help_text="凭什么贴：证件、名册、哪天走访。不写病情和评价"
    )
    from_on = DayField(label="从哪天起", required=False)

    def __init__(self, *args: Any, person: Person, user: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        assert isinstance(code, forms.ChoiceField)  # noqa: S101
        code.choices = [("", "选一个"), *label_choices(person, user)]

    def attributes(self) -> dict[str, str]:
        """What is said besides, read by the words of the catalogue."""
        detail = self.cleaned_data["detail"].strip()
        known = labelling.CATALOGUE[self.cleaned_data["code"]]
        if not detail:
            return {}
        found = next((f for f in labelling.find(f"{known.name}({detail})") if f.code == known.code), None)
        return found.attributes if found and found.attributes else {"detail": detail}


def label_choices(person: Person, user: Any) -> list[tuple[str, str]]:
    """The labels that this worker may put on this person; computed ones are never put by hand."""
    restricted = user.can("people.restricted", person.area)
    return [
        (kind.code, kind.name)
        for kind in labelling.CATALOGUE.values()
        if not kind.derived
        and (
            restricted if kind.tier == Tier.T3 else may_see(user, kind.tier, line=kind.line, area=person.area)
        )
    ]
