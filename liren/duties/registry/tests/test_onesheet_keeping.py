"""How long filled forms are kept: the file goes, the line that says to whom it went stays."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from liren.core.audit.models import Trace
from liren.core.documents.models import Document
from liren.core.duty import Refused
from liren.core.rules import number, rule
from liren.duties.registry.onesheet import actions
from liren.duties.registry.onesheet.jobs import let_go_of_old_forms
from liren.duties.registry.onesheet.models import Filling, HandOut
from liren.sample.tests.blank_forms import listed

pytestmark = pytest.mark.django_db
URL = "/registry/onesheet/"
STATED = {"purpose": "高龄津贴发放", "basis": "duty", "receiver": "街道民政科"}


def begun(village):
    content = listed("80周岁以上老年人花名册", "序号|姓名|身份证号|开户行")
    return actions.begin_filling(
        village.community, content=content, name="高龄名册.xlsx", by=village.secretary
    )


def later(days):
    return time_machine.travel(timezone.now() + datetime.timedelta(days=number("onesheet.keep_days") + days))


def test_the_days_are_a_rule_to_be_confirmed():
    kept = rule("onesheet.keep_days")
    assert not kept.confirmed and "第十九条" in kept.basis


def test_the_file_goes_and_the_line_stays(village, client_as, django_capture_on_commit_callbacks):
    handout = actions.hand_out(begun(village), paper=True, by=village.secretary, **STATED)
    files = [handout.document.path, handout.paper.path]
    with later(-1):
        let_go_of_old_forms()
    assert all(path.exists() for path in files)
    with later(1), django_capture_on_commit_callbacks(execute=True):
        let_go_of_old_forms()
        let_go_of_old_forms()
    assert not any(path.exists() for path in files)
    handout = HandOut.objects.get(pk=handout.pk)
    assert (handout.receiver, handout.purpose) == ("街道民政科", "高龄津贴发放") and handout.rows
    assert handout.document.disposed_at and handout.paper.disposed_at
    assert Trace.objects.filter(action="onesheet.dispose", user_id=None).count() == 1
    assert Document.objects.get(pk=handout.filling.document_id).disposed_at is None, "the blank form stays"
    assert (
        "文件已按期销毁" in client_as(village.secretary).get(f"{URL}{handout.filling_id}/").content.decode()
    )
    with pytest.raises(Refused, match="销毁"):
        actions.fetch(handout, by=village.secretary)
    with pytest.raises(Refused, match="销毁过"):
        actions.dispose_hand_out(handout, by=None)


def typed(village, filling):
    actions.type_values(filling, values={"Sheet|#0|4": "工商银行"}, asked={}, by=village.secretary)
    return filling


def test_what_was_typed_goes_too_but_not_what_the_next_time_needs(village):
    once, first = typed(village, begun(village)), typed(village, begun(village))
    template = actions.keep_template(first, period="year", due_day=10, by=village.secretary)
    with later(-5):
        last = typed(village, actions.fill_again(template, by=village.secretary))
    with later(1):
        let_go_of_old_forms()
    kept = set(Filling.objects.exclude(typed_sealed=None).values_list("pk", flat=True))
    assert kept == {last.pk} and once.pk not in kept
    with later(400):
        let_go_of_old_forms()
        assert Filling.objects.get(pk=last.pk).typed_sealed, "it is the last of a form that comes again"
        actions.drop_template(template, by=village.secretary)
        let_go_of_old_forms()
    assert not Filling.objects.get(pk=last.pk).typed_sealed
    with pytest.raises(Refused, match="没有手填"):
        actions.forget_typed(last, by=None)


def test_what_was_handed_out_lately_keeps_what_was_typed(village):
    filling = typed(village, begun(village))
    with later(-1):
        actions.hand_out(Filling.objects.get(pk=filling.pk), by=village.secretary, **STATED)
    with later(1):
        let_go_of_old_forms()
    assert Filling.objects.get(pk=filling.pk).typed_sealed
