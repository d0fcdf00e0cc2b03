"""Binding (认领): which person of the register an account belongs to, and the requests that staff decide on."""

from typing import Any

from django.db import models
from django.utils import timezone

from liren.core.accounts.models import User
from liren.core.areas.models import Area
from liren.core.duty.prepared import Prepared, key
from liren.core.people.models import Person

from .accounts import OfCommunity, ResidentAccount


class BindingQuerySet(OfCommunity):
    """Bindings, by whether they hold."""

    def open(self) -> "BindingQuerySet":
        """Those that nobody ended."""
        return self.filter(ended_at=None)


class Binding(models.Model):
    """Binding (认领): this account is that person. It widens what an account may do; it shows nothing of the register."""

    class How(models.TextChoices):
        NUMBER = "number", "本人核对证件"
        STAFF = "staff", "工作人员核对"

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    account = models.ForeignKey(ResidentAccount, models.CASCADE, related_name="bindings")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = BindingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(ended_at=None), name="binding_one_of_account"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(ended_at=None), name="binding_one_of_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} = {self.person_id}"


def person_of(account: ResidentAccount | None) -> Person | None:
    """The person whose account this is, while they stand on the register; None else. A record that went into another
    one leads to that.
    """
    if account is None:
        return None
    homes = ("person__house__building", "person__merged_into__house__building")
    held = Binding.objects.open().filter(account=account).select_related(*homes).first()
    person = (held.person.merged_into or held.person) if held else None
    return person if person and person.is_present else None


def home_grid_of(account: ResidentAccount | None) -> int | None:
    """The grid in which the home of `person_of` lies; the same, in one narrow query, for the page that everybody opens."""
    if account is None:
        return None
    for row in HOMES(account=account.pk):
        status, merged, grid = row[3:] if row[1] else row[:3]
        if status in Person.PRESENT and merged is None:
            return grid
    return None


STEPS = ("status", "merged_into", "house__area")
HOMES = Prepared(
    lambda: (
        Binding.objects.open()
        .filter(account=key("account"))
        .values_list(
            *(f"person__{step}" for step in STEPS), *(f"person__merged_into__{step}" for step in STEPS)
        )
    )
)


class BindingRequestQuerySet(OfCommunity):
    """Requests, by whether somebody decided."""

    def open(self) -> "BindingRequestQuerySet":
        """Those that wait."""
        return self.filter(state=BindingRequest.State.OPEN)


class BindingRequest(models.Model):
    """BindingRequest (核对申请): somebody whom the number alone did not find asks the staff to say who they are."""

    class State(models.TextChoices):
        OPEN = "open", "待核对"
        CONFIRMED = "confirmed", "已核对"
        REFUSED = "refused", "没核对上"
        WITHDRAWN = "withdrawn", "已撤回"

    community = models.ForeignKey(Area, models.PROTECT, related_name="+")
    account = models.ForeignKey(ResidentAccount, models.CASCADE, related_name="requests")
    name = models.CharField("姓名", max_length=60)
    place = models.CharField("住在哪里", max_length=80)
    note = models.CharField("补充", max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    binding = models.ForeignKey(Binding, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField("理由", max_length=120, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = BindingRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=models.Q(state="open"), name="binding_request_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.get_state_display()}"

    def can_be_taken_back_by(self, user: Any) -> bool:
        """Whether the decision can be undone: it stands, and nobody asked anew since."""
        decided = self.state in {self.State.CONFIRMED, self.State.REFUSED}
        waiting = BindingRequest.objects.open().filter(account=self.account).exists()
        return decided and not waiting and user.can("portal.residents", self.community)
