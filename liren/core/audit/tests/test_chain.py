"""The trace: what a record says, that nobody can rewrite it unseen, and that the database itself refuses."""

import datetime
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from liren.core.audit import chain
from liren.core.audit.actions import record, verify
from liren.core.audit.models import Trace, TraceHead, target_of
from liren.core.audit.said import deeds, kind_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def five(village):
    for number in range(5):
        record(
            "people.verify",
            target=village.alone,
            purpose=f"第{number}次",
            by=village.secretary,
            number=number,
        )
    return list(Trace.objects.order_by("-id")[:5])[::-1]


@pytest.fixture
def unguarded(five):
    """Somebody who owns the database: the triggers are out of the way."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_trace_no_update")
            cursor.execute("DROP TRIGGER audit_trace_no_delete")
        else:
            cursor.execute("ALTER TABLE audit_trace DISABLE TRIGGER audit_trace_append_only")
    return five


def breaks():
    return " ".join(verify())


def test_a_record_says_who_did_what_to_what_and_why(village):
    trace = record(
        "people.reveal", target=village.alone, purpose="办理需要" * 40, by=village.secretary, what="phone"
    )
    assert (trace.user_id, trace.user_name) == (village.secretary.pk, "苏敏")
    assert trace.target == f"people.person:{village.alone.pk}"
    assert trace.community_id == village.community.pk
    assert len(trace.purpose) == 120
    assert trace.particulars == {"what": "phone"}


def test_the_house_itself_records_as_the_system():
    trace = record("system.backup", by=None)
    assert (trace.user_id, trace.user_name, trace.target, trace.community_id) == (None, "系统", "", None)


def test_a_whole_chain_has_no_breaks(five, capsys):
    assert list(verify()) == []
    call_command("verify_trace")
    assert f"留痕完整，共 {Trace.objects.count()} 条" in capsys.readouterr().out.replace(",", "，")


def test_an_empty_house_has_a_whole_chain():
    assert list(verify()) == []


@pytest.mark.parametrize("change", [
    {"user_name": "别人"}, {"user_id": 1}, {"action": "people.see"}, {"purpose": "别的理由"}, {"target": ""},
    {"particulars": {}}, {"community_id": None}, {"at": datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)},
])  # fmt: skip
def test_a_row_that_was_altered_is_found(unguarded, change):
    Trace.objects.filter(pk=unguarded[2].pk).update(**change)
    assert f"第 {unguarded[2].pk} 条被改动过" in breaks()


def test_a_row_that_was_removed_is_found(unguarded):
    unguarded[2].delete()
    assert "删去" in breaks()


def test_a_row_that_was_put_in_is_found(unguarded):
    last = unguarded[-1]
    Trace.objects.create(
        at=last.at, user_name="苏敏", action="people.reveal", previous=last.mark, mark="f" * 64
    )
    assert "被改动过" in breaks()
    assert "添上" in breaks()


def test_a_copied_row_is_found(unguarded):
    with pytest.raises(DatabaseError), transaction.atomic():
        Trace.objects.create(
            **{f: getattr(unguarded[0], f) for f in ("at", "user_name", "action", "previous", "mark")}
        )


def test_a_tail_that_was_cut_is_found(unguarded):
    unguarded[-1].delete()
    assert "末尾有记录被删去" in breaks()


def test_a_tail_that_was_cut_together_with_a_head_set_back_is_found(unguarded):
    unguarded[-1].delete()
    head = TraceHead.objects.get()
    TraceHead.objects.update(count=head.count - 1, mark=unguarded[-2].mark)
    assert "链头被改动过" in breaks()


def test_a_head_that_was_edited_or_lost_is_found(five):
    TraceHead.objects.update(count=99)
    assert "链头被改动过" in breaks()
    TraceHead.objects.all().delete()
    assert "链头不见了" in breaks()


def test_everything_removed_is_found(unguarded):
    Trace.objects.all().delete()
    assert "实有 0 条" in breaks()


def test_another_key_makes_no_valid_chain(five, monkeypatch):
    chain.chain_key.cache_clear()
    monkeypatch.setattr(chain, "chain_key", lambda: b"another key")
    assert "被改动过" in breaks()


def test_the_command_fails_loudly(unguarded, capsys):
    unguarded[1].delete()
    with pytest.raises(CommandError, match="留痕不完整"):
        call_command("verify_trace")
    assert "删去" in capsys.readouterr().err


def test_the_database_itself_refuses_to_alter_or_remove(five):
    for deed in (lambda: Trace.objects.update(purpose=""), lambda: Trace.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            deed()
    assert list(verify()) == []


def test_what_was_taken_back_left_no_trace_and_no_gap(five):
    with pytest.raises(RuntimeError), transaction.atomic():
        record("people.verify", by=None)
        raise RuntimeError
    record("people.verify", by=None)
    assert list(verify()) == []


@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite of the tests lies in memory and is locked as one table"
)
@pytest.mark.django_db(transaction=True)
def test_writers_stand_in_line():
    def write():
        try:
            for _ in range(5):
                record("system.backup", by=None)
        finally:
            connection.close()

    writers = [threading.Thread(target=write) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert Trace.objects.count() == TraceHead.objects.get().count == 15
    assert list(verify()) == []


def test_a_key_is_made_once_and_for_its_owner_alone(tmp_path, settings):
    settings.DATA_DIR = tmp_path
    first = chain.key_file("x.key")
    assert len(first) == 32 and chain.key_file("x.key") == first
    assert (tmp_path / "keys" / "x.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["x.key"]


def test_two_processes_starting_at_once_agree_on_a_key(tmp_path, settings, monkeypatch):
    settings.DATA_DIR = tmp_path
    path_type = type(tmp_path)
    link = path_type.hardlink_to

    def late(self, target):
        if not self.exists():
            self.write_bytes(b"the other was first")
        return link(self, target)

    monkeypatch.setattr(path_type, "hardlink_to", late)
    assert chain.key_file("x.key") == b"the other was first"


def test_traces_are_found_by_what_they_are_about(village, five):
    assert Trace.objects.about(village.alone).filter(action="people.verify").count() == 5
    assert target_of(None) == ""


def test_deeds_and_things_have_chinese_words(village):
    assert deeds()["people.verify"] == "核实资料"
    assert kind_of(f"people.person:{village.alone.pk}") == "居民"
    assert kind_of("accounts.user:1") == "工作人员"
    assert kind_of("nonsense:1") == "nonsense"
    assert kind_of("gone.model:1") == "gone.model"


def test_a_trace_reads_as_a_line(five):
    assert str(five[0]).endswith("苏敏 people.verify")
    assert str(TraceHead.objects.get()) == str(TraceHead.objects.get().count)
