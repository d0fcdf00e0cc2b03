"""Person file (一人一档): the page, its history, who looked; entering and correcting."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from liren.core.pages import found, say, show
from liren.core.pages.permits import needs
from liren.core.people.actions import (
    correct_hukou,
    correct_person,
    register_person,
    replace_paper,
    replace_phones,
    verify_person,
)
from liren.core.people.codes import name as code_name
from liren.core.people.models import Person

from .. import dossier
from ..forms.person import FactsForm, HukouForm, NewPersonForm, PaperForm, PhonesForm
from ..history import history_of
from ..likeness import alike
from ..looks import looks_at
from .steps import allow, asked_day, one_step, own_community, worker


def person_url(person: Person) -> str:
    """The address of a person's file."""
    return reverse("registry:person", args=[person.pk])


def the_person(request: HttpRequest, pk: int) -> Person:
    """The person whom this reader may see."""
    people = Person.objects.select_related(
        "house__building__estate", "area", "community", "source", "merged_into"
    )
    person: Person = found(people, worker(request), pk=pk)
    return person


def editable(request: HttpRequest, pk: int, ability: str = "people.edit") -> Person:
    """The person whom this reader may see and change."""
    person = the_person(request, pk)
    allow(worker(request), ability, person.area)
    return person


@needs("people.see")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, today or as of ``?on=``."""
    someone = the_person(request, pk)
    if someone.merged_into:
        say(request, f"这份档案已并入{someone.merged_into.name}的档案")
        return HttpResponseRedirect(person_url(someone.merged_into))
    day, user = asked_day(request), worker(request)
    file = dossier.dossier_of(someone, day)
    residence = file.standing.residence
    household = residence.household if residence else None
    context = {
        "person": someone,
        "file": file,
        "day": day,
        "residence": residence,
        "household": household,
        "relation": code_name("relation", residence.relation) if residence else "",
        "papers": someone.papers.filter(ended_on=None).order_by("id"),
        "phones": someone.phones.filter(ended_on=None).order_by("id"),
        "hukou": someone.hukou.on(day).order_by("-from_on").first(),
        "derived": dossier.derived_of(someone, file.standing, day),
        "labels": dossier.labels_of(someone, user, day),
        "members": dossier.members_of(household, user, day),
        "contacts": dossier.contacts_of(someone, day),
        "homes": someone.residences.select_related("house__building", "source").order_by(
            "-to_on", "-from_on", "-id"
        ),
        "namesakes": dossier.namesakes_of(someone, user),
        "merges": dossier.merges_of(someone, user),
        "changes": history_of(someone, user, limit=5),
        "looks": looks_at(someone, limit=3),
        "can": _abilities(user, someone),
        "paper_what": "证件号（未满14岁）" if file.guarded else "证件号",
        "phone_what": "手机号（未满14岁）" if file.guarded else "手机号",
    }
    return show(request, "registry/files/person.html", context)


def _abilities(user: Any, someone: Person) -> dict[str, bool]:
    keys = ("edit", "reveal", "merge")
    return {key: user.can(f"people.{key}", someone.area) for key in keys}


@needs("people.see")
def person_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every change of the file."""
    someone = the_person(request, pk)
    context = {"person": someone, "events": history_of(someone, worker(request))}
    return show(request, "registry/files/person_history.html", context)


@needs("people.see")
def person_looks(request: HttpRequest, pk: int) -> HttpResponse:
    """Who looked, for the resident to be shown; printable."""
    someone = the_person(request, pk)
    return show(request, "registry/files/person_looks.html", {"person": someone, "looks": looks_at(someone)})


@needs("people.edit")
def person_new(request: HttpRequest) -> HttpResponse:
    """Enters somebody new; those who may be the same person are shown first."""
    community = own_community(request)
    form = NewPersonForm(
        request.POST or None, user=worker(request), community=community, initial=request.GET.dict()
    )
    lookalikes = alike(form.sketch(), community, worker(request)) if form.is_bound and form.is_valid() else []
    if lookalikes and not form.cleaned_data["confirmed"]:
        form.ask_to_confirm()
    return one_step(
        request,
        form,
        title="登记居民",
        verb="登记",
        lead="姓名之外都可以以后再补。身份证号会自动算出性别和出生日期。",
        back=reverse("registry:register"),
        act=lambda data: register_person(form.draft(), community=community, by=worker(request)),
        done=lambda new: f"已登记{new.name}",
        onward=person_url,
        template="registry/files/person_new.html",
        fragment=None,
        lookalikes=lookalikes,
    )


@needs("people.edit")
def person_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrects plain facts."""
    someone = editable(request, pk)
    form = FactsForm(request.POST or None, initial=FactsForm.of(someone))
    return one_step(
        request,
        form,
        title=f"改{someone.name}的基本情况",
        verb="存",
        lead="每一处改动都记下改前、改后、谁改的。",
        back=person_url(someone),
        act=lambda data: correct_person(someone, facts=form.changed(), by=worker(request)),
        done=lambda changed: f"已更正{changed.name}的档案",
    )


@needs("people.edit")
def person_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a new number of a paper."""
    someone = editable(request, pk)
    form = PaperForm(request.POST or None, initial={"kind": "resident_id"})
    return one_step(
        request,
        form,
        title=f"登记{someone.name}的证件",
        verb="存",
        lead="换了证件就填新号码，旧号码停用，留在变更记录里。",
        back=person_url(someone),
        act=lambda data: replace_paper(someone, kind=data["kind"], number=data["number"], by=worker(request)),
        done=lambda paper: f"证件号已更新为 {paper.masked}",
    )


@needs("people.edit")
def person_phones(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds telephones, or ends those that no longer work."""
    someone = editable(request, pk)
    form = PhonesForm(request.POST or None, phones=list(someone.phones.filter(ended_on=None)))
    return one_step(
        request,
        form,
        title=f"改{someone.name}的电话",
        verb="存",
        back=person_url(someone),
        act=lambda data: replace_phones(someone, numbers=form.numbers(), by=worker(request)),
        done=lambda phones: f"已存，现有 {len(phones)} 个电话" if phones else "已存，没有留电话",
    )


@needs("people.edit")
def person_hukou(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrects the registration with the police."""
    someone = editable(request, pk)
    form = HukouForm(request.POST or None, initial=HukouForm.of(someone.hukou.filter(to_on=None).first()))
    return one_step(
        request,
        form,
        title=f"改{someone.name}的户籍",
        verb="存",
        back=person_url(someone),
        act=lambda data: correct_hukou(someone, by=worker(request), **data),
        done=lambda row: "户籍已更新",
    )


@needs("people.edit")
@require_POST
def person_verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Notes that somebody looked and all is still true."""
    someone = editable(request, pk)
    verify_person(someone, by=worker(request))
    say(request, f"记下了：今天核实过{someone.name}的档案")
    return HttpResponseRedirect(person_url(someone))
