"""Party (当事人) and MatterLink (关联): who a matter is about, and what it has to do with other matters."""

from typing import Any

from django.db import models

from liren.core.duty.keys import new_key
from liren.core.people.models import Person
from liren.core.privacy.cipher import unseal
from liren.core.privacy.masks import mask_name, mask_phone

from .matters import Matter
from .seeing import OfMatter

# How those are called who left no name.
ANYBODY = ("居民", "市民", "群众", "匿名")


class PartyQuerySet(OfMatter):
    """Parties, by whose matter they are and who reads of them."""

    def read_by(self, user: Any) -> "PartyQuerySet":
        """With names as far as this user needs them: whole for who works where the matter lies, 孙** for who looks on
        from above (街道, decision 0011).
        """
        posts = user.current_posts
        working = [post for post in posts if "matters.work" in post.grants.abilities]
        if len(working) == len(posts):
            return self
        if not working:
            return self.annotate(veiled=models.Value(True))
        here = models.Q(matter__area__in=user.areas_for("matters.work"))
        return self.annotate(
            veiled=models.Case(models.When(here, then=models.Value(False)), default=models.Value(True))
        )


class Party(models.Model):
    """Party (当事人): a person of the register, or a name as it was told, with the part played in the matter."""

    ROLES = (
        ("asker", "诉求人"),
        ("party", "当事人"),
        ("affected", "受影响的人"),
        ("against", "被反映方"),
        ("responsible", "责任方"),
        ("witness", "知情人"),
        ("partner", "协办单位"),
    )

    id = models.BigIntegerField(primary_key=True, default=new_key, editable=False)
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="parties")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=12, choices=ROLES, default="party")
    name = models.CharField("称呼", max_length=60, blank=True)
    phone_sealed = models.BinaryField(null=True, blank=True)
    phone_hash = models.CharField(max_length=32, blank=True, db_index=True)
    # The asker wants no name on papers that others see.
    keeps_name = models.BooleanField("不愿公开姓名", default=False)

    objects = PartyQuerySet.as_manager()
    # Whether the reader looks on from above; `read_by` says so.
    veiled = False

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        """The name as known, as far as the reader needs it."""
        known = self.person.name if self.person else self.name
        if self.veiled and known and known not in ANYBODY:
            return "不愿公开姓名" if self.keeps_name else mask_name(known)
        return known or "未留姓名"

    @property
    def phone(self) -> str:
        """The whole number; every showing of it needs a reason and leaves a trace."""
        return unseal(self.phone_sealed) if self.phone_sealed else ""

    @property
    def masked_phone(self) -> str:
        """``138****5678``; empty when none was left."""
        return mask_phone(self.phone) if self.phone_sealed else ""


def has_asker(matter: Matter) -> bool:
    """Whether somebody asked who may read what is said to them: a person named so, or who wrote in the portal, with a
    name or without.
    """
    return matter.source == "portal" or Party.objects.filter(matter=matter, role="asker").exists()


class MatterLink(models.Model):
    """MatterLink (关联事项): two matters that have to do with each other, and why."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="links")
    other = models.ForeignKey(Matter, models.PROTECT, related_name="linked_from")
    why = models.CharField(max_length=60, blank=True)

    objects = OfMatter.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "other"], name="matter_link_once")]

    def __str__(self) -> str:
        return self.why
