"""Plain facts (登记项目): what is written down of a person. Those that change in a life are told as of a day."""

import datetime
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import timezone

from liren.core.facts import Fact, Kind, declare
from liren.core.people import codes

from ..persons import IdentityPaper, Person, Phone
from ..records import Change
from .ages import yes_no_holds


def is_past(on: datetime.date) -> bool:
    """Whether the register is asked about a day before today."""
    return on < timezone.localdate()


# What stands for "not said" in columns.
EMPTY = ("", "unknown")


def _known(value: Any) -> Any:
    return NullIf(NullIf(value, Value("")), Value("unknown"), output_field=CharField())


def as_written(field: str) -> Callable[[datetime.date], Any]:
    """A column of Person as it stands."""
    return lambda on: _known(F(field))


def as_of(field: str) -> Callable[[datetime.date], Any]:
    """A column of Person as it stood on a day: before the first change that came later."""

    def expression(on: datetime.date) -> Any:
        if not is_past(on):
            return _known(F(field))
        later = Change.objects.filter(person=OuterRef("pk"), fact=field, on__gt=on).order_by("id")
        return _known(Coalesce(Subquery(later.values("before")[:1]), F(field), output_field=CharField()))

    return expression


def text_holds(field: str) -> Callable[[str, Any, datetime.date, Sequence[int]], Q | None]:
    """A column compared as it is today, so that its index can answer."""
    written = Q(**{f"{field}__isnull": False}) & ~Q(**{f"{field}__in": EMPTY})

    def holds(op: str, value: Any, on: datetime.date, where: Sequence[int] = ()) -> Q | None:
        if is_past(on):
            return None
        plain: dict[str, Callable[[], Q]] = {
            "=": lambda: Q(**{field: value}),
            "!=": lambda: written & ~Q(**{field: value}),
            "in": lambda: Q(**{f"{field}__in": value}),
            "not_in": lambda: written & ~Q(**{f"{field}__in": value}),
            "contains": lambda: Q(**{f"{field}__icontains": value}),
            "lacks": lambda: written & ~Q(**{f"{field}__icontains": value}),
            "known": lambda: written,
            "blank": lambda: ~written,
        }
        return plain[op]()

    return holds


def without_unknown(choices: Sequence[tuple[str, Any]]) -> list[tuple[str, str]]:
    """Choices that say something."""
    return [(code, str(name)) for code, name in choices if code not in EMPTY]


def _choices(table: str) -> Callable[[], Sequence[tuple[str, str]]]:
    return lambda: codes.choices(table)


def _coded(key: str, name: str, table: str, *, synonyms: tuple[str, ...] = (), **more: Any) -> Fact:
    return declare(
        Fact(
            f"person.{key}",
            name,
            Kind.CODE,
            as_of(key),
            holds=text_holds(key),
            choices=_choices(table),
            synonyms=synonyms,
            **more,
        )
    )


NAME = declare(
    Fact(
        "person.name",
        "姓名",
        Kind.TEXT,
        as_written("name"),
        holds=text_holds("name"),
        sort=("pinyin",),
        synonyms=("名字",),
    )
)
SEX = declare(
    Fact("person.sex", "性别", Kind.CODE, as_written("sex"), holds=text_holds("sex"), choices=_choices("sex"))
)
KIND = declare(
    Fact(
        "person.kind",
        "人口类别",
        Kind.CODE,
        as_of("kind"),
        holds=text_holds("kind"),
        choices=lambda: without_unknown(Person.Kind.choices),
        synonyms=("人员类别", "人口性质"),
    )
)
STATUS = declare(
    Fact(
        "person.status",
        "居住状态",
        Kind.CODE,
        as_written("status"),
        holds=text_holds("status"),
        choices=lambda: Person.Status.choices,
        synonyms=("人员状态",),
    )
)
# On forms and papers, never a way to choose people (handbook 2.6).
ETHNICITY = _coded("ethnicity", "民族", "ethnicity", filters=False)
EDUCATION = _coded("education", "文化程度", "education", synonyms=("学历",))
MARITAL = _coded("marital", "婚姻状况", "marital", synonyms=("婚姻",))
POLITICAL = _coded("political", "政治面貌", "political")
EMPLOYMENT = _coded("employment", "就业状况", "employment", synonyms=("职业",))
WORK_UNIT = declare(
    Fact(
        "person.work_unit",
        "工作单位",
        Kind.TEXT,
        as_of("work_unit"),
        holds=text_holds("work_unit"),
        synonyms=("服务处所", "单位"),
    )
)


def _has(key: str, name: str, model: type[IdentityPaper] | type[Phone], synonyms: tuple[str, ...]) -> Fact:
    def there(on: datetime.date) -> Exists:
        rows = model.objects.filter(person=OuterRef("pk"))
        open_then = Q(ended_on=None) | Q(ended_on__gt=on) if is_past(on) else Q(ended_on=None)
        return Exists(rows.filter(open_then))

    return declare(
        Fact(
            key,
            name,
            Kind.YES_NO,
            there,
            holds=lambda op, value, on, where: yes_no_holds(op, value, Q(there(on)), ~Q(there(on))),
            synonyms=synonyms,
            group="号码",
        )
    )


HAS_PAPER = _has("person.has_paper", "有证件号", IdentityPaper, ("身份证号",))
HAS_PHONE = _has("person.has_phone", "有电话", Phone, ("联系电话",))
