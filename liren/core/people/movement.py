"""Movement (人口变动): who came, left, was born or died, and on whom labels were put, within some months — by the dated
records of the register, so that late entries count in the month in which it happened.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from liren.core.figures.periods import Period
from liren.core.privacy.tiers import Tier

from .labelling import CATALOGUE
from .persons import Person
from .records import Label
from .residences import Residence

# Labels of every colleague's work: changes of others would say too much to those outside their line.
OPEN_LABELS = tuple(code for code, kind in CATALOGUE.items() if kind.tier <= Tier.T1)


@dataclass(frozen=True)
class Event:
    """One kind of movement: its name, how it is counted, and whom it concerns from a day to before another."""

    name: str
    meaning: str
    whom: Callable[[date, date], Q]


def _born(first: date, after: date) -> Q:
    return Q(birth__gte=f"{first:%Y-%m}", birth__lt=f"{after:%Y-%m}")


def _moved_in(first: date, after: date) -> Q:
    """A residence begun that continues none: who only changed houses or heads was here before."""
    before = Residence.objects.filter(person=OuterRef("person"), to_on=OuterRef("from_on"))
    begun = Residence.objects.filter(from_on__gte=first, from_on__lt=after).exclude(Exists(before))
    return Q(pk__in=begun.values("person_id")) & ~_born(first, after)


def _moved_out(first: date, after: date) -> Q:
    left = Residence.objects.filter(
        to_on__gte=first, to_on__lt=after, end_reason=Person.Status.MOVED_OUT
    ).values("person_id")
    return Q(pk__in=left) | Q(status=Person.Status.MOVED_OUT, status_on__gte=first, status_on__lt=after)


def _died(first: date, after: date) -> Q:
    return Q(status=Person.Status.DECEASED, status_on__gte=first, status_on__lt=after)


def _labels(column: str) -> Callable[[date, date], Q]:
    def whom(first: date, after: date) -> Q:
        asked = {"code__in": OPEN_LABELS, f"{column}__gte": first, f"{column}__lt": after}
        return Q(pk__in=Label.objects.filter(**asked).values("person_id"))

    return whom


ONLY_OPEN = "只数各条线都能看的标签。"
EVENTS: Mapping[str, Event] = {
    "moved_in": Event("迁入", "期间内从外面住进来的人，按登记的入住日期；社区里换房、换户主的不算，新生儿另计。", _moved_in),
    "moved_out": Event("迁出", "期间内搬离本社区的人，按登记的迁出日期。", _moved_out),
    "born": Event("出生", "出生日期在期间内、已经登记的人。", _born),
    "died": Event("去世", "期间内登记去世的人，按去世日期。", _died),
    "labelled": Event("新贴标签", f"期间内有标签开始的人，一人只算一次。{ONLY_OPEN}", _labels("from_on")),
    "unlabelled": Event("取下标签", f"期间内有标签结束的人，一人只算一次；去世的也算。{ONLY_OPEN}", _labels("to_on")),
}  # fmt: skip


def happened(event: str, period: Period) -> Q:
    """Persons to whom this happened; KeyError for what nobody declares."""
    return EVENTS[event].whom(period.first, period.after.first)


def words(event: str, period: Period) -> str:
    """2026年10月迁入."""
    return f"{period.name}{EVENTS[event].name}"
