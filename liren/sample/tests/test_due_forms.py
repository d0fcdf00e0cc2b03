"""Two duties together: the form is the registry's, its task from above is governance's; handing one out closes the other."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from liren.core.matters.actions import move
from liren.duties.governance.inbound.actions import add_item, correct_task
from liren.duties.registry.onesheet import actions
from liren.duties.registry.onesheet.jobs import list_due_forms

from .blank_forms import listed

pytestmark = pytest.mark.django_db
STATED = {"purpose": "高龄津贴发放", "basis": "duty", "receiver": "街道民政科"}


def kept(village):
    """A template that is due in some days."""
    content = listed("80周岁以上老年人花名册", "序号|姓名|性别|身份证号|联系电话")
    filling = actions.begin_filling(
        village.community, content=content, name="高龄名册.xlsx", by=village.secretary
    )
    due = timezone.localdate() + datetime.timedelta(days=3)
    more = {"period": "month", "due_day": due.day, "receiver": "街道民政科"}
    return actions.keep_template(filling, by=village.secretary, **more)


def listed_item(village, matter):
    """Held against the list of duties, as a colleague does it."""
    facts = {"kind": "own", "title": "老年人基本情况登记", "basis": "职责清单第 3 条"}
    item = add_item(village.community, facts=facts, by=village.secretary)
    correct_task(matter.inboundtask, facts={"item": item}, by=village.secretary)
    return item


def test_handing_a_form_out_closes_its_task(village):
    turn = kept(village).turns.get()
    listed_item(village, turn.matter)
    move(turn.matter, "take", by=village.secretary)
    actions.hand_out(actions.fill_turn(turn, by=village.secretary), by=village.secretary, **STATED)
    turn.refresh_from_db()
    assert turn.handed_at and turn.matter.stage == "done" and turn.matter.outcome == "done"


def test_the_next_turn_knows_what_the_last_was_held_against(village):
    template = kept(village)
    item = listed_item(village, template.turns.get().matter)
    actions.hand_out(
        actions.fill_turn(template.turns.get(), by=village.secretary), by=village.secretary, **STATED
    )
    assert template.turns.get().matter.stage == "done"
    with time_machine.travel(timezone.now() + datetime.timedelta(days=28)):
        list_due_forms()
        later = template.turns.latest("due_on")
        assert later.matter.inboundtask.item == item and later.matter.stage == "received"
        actions.hand_out(actions.fill_turn(later, by=village.secretary), by=village.secretary, **STATED)
    later.matter.refresh_from_db()
    assert later.matter.stage == "done"
