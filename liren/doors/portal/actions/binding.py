"""Binding an account to a person of the register: by number, or by the staff."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.audit.actions import record
from liren.core.duty import Refused
from liren.core.people import identity
from liren.core.people.models import IdentityPaper, Person
from liren.core.people.naming import same_name
from liren.core.privacy.cipher import blind

from ..accounts import ResidentAccount
from ..bindings import Binding, BindingRequest, person_of

# One sentence for every way in which it can fail: whoever guesses learns nothing from it.
NO_MATCH = "没有核对上，请到社区办理或等工作人员核对"


def bind_by_number(
    account: ResidentAccount, *, name: str, number: str, born: datetime.date, by: Any = None
) -> Binding:
    """Binds when exactly one living person of the community bears this number, this birth date and this name, and
    nobody else has claimed them. A failure is traced and says always the same.
    """
    with transaction.atomic():
        person = _person(account, name, number, born)
        free = person is not None and not _is_claimed(person)
        if person is not None and free and person_of(account) is None:
            return _bind(account, person, Binding.How.NUMBER, by=None)
        record("portal.match_failed", target=account, by=account.voice)
    raise Refused(NO_MATCH)


def _person(account: ResidentAccount, name: str, number: str, born: datetime.date) -> Person | None:
    """The one person; the same questions are asked whatever is wrong, so that time tells nothing either."""
    checked = identity.check(number, on=timezone.localdate())
    hashed = blind(checked.number or number, "paper")
    papers = IdentityPaper.objects.filter(community=account.community, hash=hashed, ended_on=None)
    found = [
        paper.person
        for paper in papers.select_related("person")[:2]
        if checked.number and paper.person.is_present
    ]
    if len(found) != 1 or found[0].birth_on != born or not same_name(found[0].name, name):
        return None
    return found[0]


def _is_claimed(person: Person) -> bool:
    """Whether an account bears this person already; of two that claim them at once, the second waits and is told."""
    Person.objects.select_for_update().filter(pk=person.pk).values_list("pk").first()
    return Binding.objects.open().filter(person=person).exists()


def _bind(account: ResidentAccount, person: Person, how: str, *, by: Any) -> Binding:
    now = timezone.now()
    Binding.objects.open().filter(account=account).update(ended_at=now)
    binding = Binding.objects.create(
        community=account.community, account=account, person=person, how=how, made_by=by
    )
    record("portal.bind", target=account, person=person.pk, how=str(how), by=by or account.voice)
    return binding


@transaction.atomic
def ask_staff(
    account: ResidentAccount, *, name: str, place: str, note: str = "", by: Any = None
) -> BindingRequest:
    """Asks the community to find out who one is. Refuses a second request while one waits, or a bound account."""
    if person_of(account):
        raise Refused("您的身份已经核对过了")
    ResidentAccount.objects.select_for_update().get(pk=account.pk)
    if BindingRequest.objects.open().filter(account=account).exists():
        raise Refused("申请已经交过了，工作人员核对后会告诉您")
    request = BindingRequest.objects.create(
        community=account.community,
        account=account,
        name=name.strip()[:60],
        place=place.strip()[:80],
        note=note.strip()[:200],
    )
    record("portal.ask_staff", target=request, by=account.voice)
    return request


@transaction.atomic
def withdraw_request(request: BindingRequest, *, by: Any = None) -> BindingRequest:
    """The resident takes the request back."""
    request = _waiting(request)
    request.state, request.decided_at = BindingRequest.State.WITHDRAWN, timezone.now()
    request.save()
    record("portal.withdraw_request", target=request, by=request.account.voice)
    return request


@transaction.atomic
def confirm_request(request: BindingRequest, *, person: Person, by: Any) -> BindingRequest:
    """A colleague has found out that it is this person. Refuses somebody of another community, somebody gone, and
    somebody whom another account has claimed: that one has to be sorted out first.
    """
    request = _waiting(request)
    if person.community_id != request.community_id or not person.is_present:
        raise Refused("这个人不在本社区的在册居民里")
    if _is_claimed(person):
        raise Refused(f"{person.name}已经有一个账号了，先请本人注销那一个，或核实是不是冒用")
    request.binding = _bind(request.account, person, Binding.How.STAFF, by=by)
    record("portal.confirm_request", target=request, person=person.pk, by=by)
    return _decide(request, BindingRequest.State.CONFIRMED, "", by=by)


@transaction.atomic
def refuse_request(request: BindingRequest, *, reason: str, by: Any) -> BindingRequest:
    """A colleague could not find out; the resident reads the reason. Refuses one without a reason."""
    request = _waiting(request)
    if not reason.strip():
        raise Refused("请写一句理由，居民看得到")
    record("portal.refuse_request", target=request, by=by)
    return _decide(request, BindingRequest.State.REFUSED, reason.strip(), by=by)


def _waiting(request: BindingRequest) -> BindingRequest:
    request = (
        BindingRequest.objects.select_for_update(of=("self",)).select_related("account").get(pk=request.pk)
    )
    if request.state != BindingRequest.State.OPEN:
        raise Refused(f"这份申请{request.get_state_display()}了，不用再办")
    return request


def _decide(request: BindingRequest, state: str, reason: str, *, by: Any) -> BindingRequest:
    request.state, request.reason = state, reason[:120]
    request.decided_by, request.decided_at = by, timezone.now()
    request.save()
    return request


@transaction.atomic
def take_decision_back(request: BindingRequest, *, by: Any) -> BindingRequest:
    """Undoes a confirmation or a refusal: the binding ends, the request waits again."""
    request = (
        BindingRequest.objects.select_for_update(of=("self",)).select_related("account").get(pk=request.pk)
    )
    if not request.can_be_taken_back_by(by):
        raise Refused("这份申请现在撤不回来：没有办过，或居民又交了新的")
    if request.binding_id:
        Binding.objects.open().filter(pk=request.binding_id).update(ended_at=timezone.now())
    request.state, request.reason, request.binding = BindingRequest.State.OPEN, "", None
    request.decided_by = request.decided_at = None
    request.save()
    record("portal.take_decision_back", target=request, by=by)
    return request
