"""What takes seconds — reading a form, filling it, setting it in type — is never done while others wait for the database."""

import ast
import datetime
from pathlib import Path

import pytest
from django.utils import timezone

from liren.core.duty import Refused
from liren.duties.registry import onesheet
from liren.duties.registry.onesheet import actions
from liren.duties.registry.onesheet.models import Filling, HandOut
from liren.sample.tests.blank_forms import listed

SLOW = {"filled_now", "on_paper", "fingerprint_of", "marked", "locked", "_made", "fill", "plan_of", "in_pdf"}
STATED = {"purpose": "高龄津贴发放", "basis": "duty", "receiver": "街道民政科"}
MODULES = sorted((Path(onesheet.__file__).parent / "actions").glob("*.py"))


def called(node):
    """The names that are called in it."""
    calls = (call.func for call in ast.walk(node) if isinstance(call, ast.Call))
    return {func.id for func in calls if isinstance(func, ast.Name)}


def whole(tree):
    """All that runs inside a transaction of its own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            if any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list):
                yield node
        elif isinstance(node, ast.With) and any("atomic" in ast.unparse(item) for item in node.items):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_nothing_slow_stands_inside_a_transaction(path):
    for node in whole(ast.parse(path.read_text())):
        slow = called(node) & SLOW
        assert not slow, f"{path.name}:{node.lineno}: {'、'.join(sorted(slow))} before the transaction"


def test_the_slow_ones_are_still_called():
    assert called(ast.parse((MODULES[0].parent / "handing.py").read_text())) >= {"filled_now", "on_paper"}


@pytest.mark.django_db
def test_what_changed_while_it_was_being_made_does_not_leave(village):
    content = listed("80周岁以上老年人花名册", "序号|姓名|身份证号|开户行")
    filling = actions.begin_filling(
        village.community, content=content, name="高龄名册.xlsx", by=village.secretary
    )
    stale = Filling.objects.get(pk=filling.pk)
    actions.answer_place(filling, place="Sheet|开户行|6", asked="", by=village.secretary)
    with pytest.raises(Refused, match="刚才又改过"):
        actions.hand_out(stale, by=village.secretary, **STATED)
    assert village.secretary.can("people.export")
    village.secretary.posts.update(to_on=timezone.localdate() - datetime.timedelta(days=1))
    with pytest.raises(Refused, match="岗位"):
        actions.hand_out(filling, by=village.secretary, **STATED)
    assert not HandOut.objects.exists()
