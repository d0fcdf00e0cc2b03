"""Life events (人口变动): each one form, one action."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from liren.core.duty import Refused
from liren.core.pages import found, refused_response, say
from liren.core.pages.permits import needs
from liren.core.people.actions import (
    add_relation,
    change_tenants,
    come_back,
    die,
    end_relation,
    give_birth,
    go_away,
    move_in,
    move_out,
    name_head,
    split_household,
)
from liren.core.people.models import Household, Person, Relation
from liren.core.places.models import House

from ..forms.events import (
    BirthForm,
    ContactForm,
    HeadForm,
    LeavingForm,
    MoveInForm,
    SplitForm,
    TenantsForm,
)
from .person import editable, person_url
from .steps import allow, one_step, worker


def _staying(person: Person) -> Any:
    """Those who stay when the head of a household goes; None when nobody has to take over."""
    residence = person.residences.open().select_related("household").first()
    if residence is None or residence.household is None or not residence.is_head:
        return None
    people = _people_of(residence.household).exclude(pk=person.pk)
    return people if people.exists() else None


def _people_of(household: Household) -> Any:
    return Person.objects.filter(residences__household=household, residences__to_on=None).with_place()


@needs("people.edit")
def person_move_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Moves somebody in, from outside or from another house."""
    person = editable(request, pk)
    form = MoveInForm(
        request.POST or None, user=worker(request), community=person.community, staying=_staying(person)
    )

    def act(data: dict[str, Any]) -> Any:
        allow(worker(request), "people.edit", data["house"].area)
        names = ("house", "household", "relation", "tenure", "on")
        return move_in(
            person, new_head=data.get("new_head"), by=worker(request), **{name: data[name] for name in names}
        )

    return one_step(
        request,
        form,
        title=f"{person.name}{'搬家' if person.is_present else '迁入'}",
        verb="办好",
        lead="原来的住处到这一天为止，留在住过的地方里。" if person.is_present else "",
        back=person_url(person),
        act=act,
        done=lambda residence: f"{person.name}已住进{residence.house.spelt}",
    )


@needs("people.edit")
def person_move_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Moves somebody away."""
    person = editable(request, pk)
    return one_step(
        request,
        LeavingForm(request.POST or None, staying=_staying(person)),
        title=f"{person.name}迁出",
        verb="迁出",
        lead="档案留着，住处到这一天为止。回来了再办迁入。",
        back=person_url(person),
        act=lambda data: move_out(person, by=worker(request), **data),
        done=lambda gone: f"{gone.name}已迁出，档案还在",
    )


@needs("people.edit")
def person_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody goes away for long, or is back."""
    person = editable(request, pk)
    back = person.status == Person.Status.AWAY
    return one_step(
        request,
        LeavingForm(request.POST or None),
        title=f"{person.name}{'回来住了' if back else '外出（户在人不在）'}",
        verb="办好",
        lead="" if back else "户和住处都留着，只记下人长期不在。",
        back=person_url(person),
        act=lambda data: (come_back if back else go_away)(person, by=worker(request), **data),
        done=lambda turned: f"{turned.name}现在是「{turned.get_status_display()}」",
    )


@needs("people.edit")
def person_die(request: HttpRequest, pk: int) -> HttpResponse:
    """Enters a death."""
    person = editable(request, pk)
    return one_step(
        request,
        LeavingForm(request.POST or None, staying=_staying(person)),
        title=f"{person.name}死亡登记",
        verb="登记",
        lead="登记后住处和标签都到这一天为止，不再走访、不再发放。请先和家属或派出所核对。",
        back=person_url(person),
        act=lambda data: die(person, by=worker(request), **data),
        done=lambda gone: f"已为{gone.name}办死亡登记",
    )


@needs("people.edit")
def person_birth(request: HttpRequest, pk: int) -> HttpResponse:
    """Enters a birth at the mother's or father's house."""
    parent = editable(request, pk)
    form = BirthForm(request.POST or None)
    return one_step(
        request,
        form,
        title=f"{parent.name}家登记新生儿",
        verb="登记",
        lead="孩子和家长住在一处、同一户；家长记作母亲或父亲。",
        back=person_url(parent),
        act=lambda data: give_birth(parent, child=form.draft(), by=worker(request)),
        done=lambda child: f"已登记{child.name}",
        onward=person_url,
    )


@needs("people.edit")
def house_tenants(request: HttpRequest, pk: int) -> HttpResponse:
    """The tenants of a house leave and others come."""
    house = found(House.objects.select_related("area", "community", "building"), worker(request), pk=pk)
    allow(worker(request), "people.edit", house.area)
    form = TenantsForm(request.POST or None)
    return one_step(
        request,
        form,
        title=f"{house.spelt}换租客",
        verb="办好",
        lead="现在的租客到这一天迁出，新租客住进来。房东一家不动。只搬走、没人来，就不填人。",
        back=reverse("registry:house", args=[house.pk]),
        act=lambda data: change_tenants(house, arrivals=form.drafts(), on=data["on"], by=worker(request)),
        done=lambda came: f"租客已换，新登记 {len(came)} 人" if came else "租客已迁出",
        template="registry/files/tenants.html",
    )


def _household(request: HttpRequest, pk: int) -> Household:
    household: Household = found(
        Household.objects.select_related("area", "house__building"), worker(request), pk=pk
    )
    allow(worker(request), "people.edit", household.area)
    return household


@needs("people.edit")
def household_split(request: HttpRequest, pk: int) -> HttpResponse:
    """Some members found a household of their own."""
    household = _household(request, pk)
    return one_step(
        request,
        SplitForm(request.POST or None, people=_people_of(household)),
        title="分户",
        verb="分户",
        lead="还住同一扇门，户分成两户。",
        back=reverse("registry:household", args=[household.pk]),
        act=lambda data: split_household(household, by=worker(request), **data),
        done=lambda new: "已分户",
        onward=lambda new: reverse("registry:household", args=[new.pk]),
    )


@needs("people.edit")
def household_head(request: HttpRequest, pk: int) -> HttpResponse:
    """Names the head of a household."""
    household = _household(request, pk)
    return one_step(
        request,
        HeadForm(request.POST or None, people=_people_of(household)),
        title="换户主",
        verb="办好",
        lead="换了户主，家里人与户主的关系会跟着变；推算不出的留空，请随后核对。",
        back=reverse("registry:household", args=[household.pk]),
        act=lambda data: name_head(household, by=worker(request), **data),
        done=lambda row: "户主已换，请核对家里人的关系",
    )


@needs("people.edit")
def contact_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Notes a guardian or contact."""
    person = editable(request, pk)
    residence = person.residences.open().select_related("household").first()
    household = residence.household if residence else None
    people = _people_of(household).exclude(pk=person.pk) if household else Person.objects.none()
    form = ContactForm(request.POST or None, people=people)

    def act(data: dict[str, Any]) -> Relation:
        phone = next(iter(data["phones"]), "")
        names = ("kind", "other", "name", "said")
        return add_relation(person, phone=phone, by=worker(request), **{name: data[name] for name in names})

    return one_step(
        request,
        form,
        title=f"给{person.name}加监护人或联系人",
        verb="存",
        back=person_url(person),
        act=act,
        done=lambda row: f"已记下{row.other_name}",
    )


@needs("people.edit")
@require_POST
def contact_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends a relation."""
    row = found(Relation.objects.select_related("person__area", "community"), worker(request), pk=pk)
    allow(worker(request), "people.edit", row.person.area)
    try:
        end_relation(row, by=worker(request))
    except Refused as refusal:
        return refused_response(request, refusal, person_url(row.person))
    say(request, f"已取下{row.other_name}，变更记录里还查得到")
    return HttpResponseRedirect(person_url(row.person))
