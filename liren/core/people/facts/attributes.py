"""What is said with a label, as facts (标签里的说明): 残疾等级, 失独还是伤残 — so that forms can ask for exactly these."""

import datetime
from collections.abc import Callable
from typing import Any

from django.db.models import CharField, OuterRef, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from liren.core.facts import Fact, Kind, declare

from ..labelling import CATALOGUE
from ..records import Label
from .dwelling import _since, span
from .plain import _known, as_of

SAID = {
    "disability.category": ("disability", "category", "残疾类别"),
    "disability.level": ("disability", "level", "残疾等级"),
    "bereaved.kind": ("bereaved", "kind", "计生特殊家庭类别"),
    "child_in_need.kind": ("child_in_need", "kind", "困境儿童分类"),
    "disabled_elder.level": ("disabled_elder", "level", "失能等级"),
    "veteran.kind": ("veteran", "kind", "退役军人类别"),
    "destitute.support_mode": ("destitute", "support_mode", "供养方式"),
    "corrections.kind": ("corrections", "kind", "矫正类别"),
    "mental_disorder.risk_level": ("mental_disorder", "risk_level", "危险性评估等级"),
    "pension_check.state": ("pension_check", "state", "认证状态"),
}


def _said(code: str, attribute: str) -> Callable[[datetime.date], Any]:
    def expression(on: datetime.date) -> Any:
        worn = Label.objects.filter(span(on), person=OuterRef("pk"), code=code).annotate(
            said=Cast(KT(f"attributes__{attribute}"), CharField())
        )
        return _known(Subquery(worn.values("said")[:1], output_field=CharField()))

    return expression


for _key, (_code, _attribute, _name) in SAID.items():
    declare(
        Fact(
            _key,
            _name,
            Kind.TEXT,
            _said(_code, _attribute),
            tier=CATALOGUE[_code].tier,
            line=CATALOGUE[_code].line,
            group="标签",
        )
    )

MOVED_IN = declare(
    Fact(
        "residence.from",
        "入住日期",
        Kind.DATE,
        lambda on: _known(_since(on)),
        group="房",
        synonyms=("来本社区日期", "迁入日期", "入住时间"),
    )
)
LEFT_ON = declare(
    Fact(
        "person.status_on",
        "状态日期",
        Kind.DATE,
        lambda on: Cast("status_on", CharField()),
        group="人",
        synonyms=("迁出日期", "死亡日期"),
    )
)
NATIONALITY = declare(
    Fact("person.nationality", "国籍", Kind.TEXT, as_of("nationality"), synonyms=("国别",), filters=False)
)
