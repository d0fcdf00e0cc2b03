"""Whole numbers leave only in a file, with a reason, few at a time, and each with a trace of its own."""

import io

import openpyxl
import pytest
from django.utils import timezone

from liren.core.audit.models import Trace
from liren.core.duty import Refused
from liren.core.matters.actions import PartyDraft, open_matter
from liren.core.matters.ledgers import columns, ledger_of_kind
from liren.core.sheets.narrowing import narrowed
from liren.doors.ledgers import actions
from liren.doors.ledgers.forms import ExportForm

pytestmark = pytest.mark.django_db
PHONE = "13812345678"
ERRANDS = ledger_of_kind("governance.errand", name="代办台账", columns=columns("number", "title", "phone"))
STATED = {
    "purpose": "逐户回访", "receiver": "社区自用 苏敏", "maker": "苏敏", "reviewer": "", "day": timezone.localdate(),
}  # fmt: skip


@pytest.fixture
def errand(village):
    return open_matter(
        "governance.errand", community=village.community, title="代办老年卡", house=village.house,
        parties=[PartyDraft(name="王先生", phone=PHONE)], by=village.secretary,
    )  # fmt: skip


def taken(user, **more):
    file = actions.export_ledger(narrowed(ERRANDS, {}, user), by=user, **(STATED | more))
    with file:
        sheet = openpyxl.load_workbook(io.BytesIO(file.read())).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()][4]


def test_covered_unless_a_reason_is_given(village, errand):
    assert taken(village.secretary)[3] == "138****5678"
    with pytest.raises(Refused, match="理由"):
        taken(village.secretary, whole=True, reason="要")
    assert taken(village.secretary, whole=True, reason="银行要求核对号码")[3] == PHONE
    own = Trace.objects.get(action="ledgers.export", target=f"matters.matter:{errand.pk}")
    assert own.purpose == "银行要求核对号码" and own.particulars["receiver"] == STATED["receiver"]
    assert PHONE not in "".join(str(trace.particulars) for trace in Trace.objects.all())


def test_covered_on_paper_always(village, errand):
    user = village.secretary
    said = {key: STATED[key] for key in ("purpose", "maker", "reviewer", "day")}
    paper = actions.print_ledger(narrowed(ERRANDS, {}, user), **said, by=user)
    assert paper.lines == [[errand.number, "代办老年卡", "138****5678"]]


def test_few_at_a_time_and_only_who_may_reveal(village, errand, monkeypatch):
    monkeypatch.setattr(actions, "MOST_WHOLE", 0)
    with pytest.raises(Refused, match="最多"):
        taken(village.secretary, whole=True, reason="银行要求核对号码")
    with pytest.raises(Refused, match="岗位"):
        taken(village.street_admin)
    monkeypatch.setattr(
        type(village.deputy), "can", lambda self, ability, area=None: ability != "people.reveal"
    )
    with pytest.raises(Refused, match="带走完整号码"):
        taken(village.deputy, whole=True, reason="银行要求核对号码")


def test_the_form_offers_it_only_where_something_is_covered(village):
    plain = ledger_of_kind("governance.errand", name="代办台账", columns=columns("number"))
    for ledger, offered in ((ERRANDS, True), (plain, False)):
        form = ExportForm(user=village.secretary, ledger=ledger, size=actions.BIG + 1)
        assert ("whole" in form.fields, "confirmed" in form.fields) == (offered, True)
    assert "confirmed" not in ExportForm(user=village.secretary, ledger=plain, size=1).fields
