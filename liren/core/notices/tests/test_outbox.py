"""The outbox against a real gateway on this machine: once, with retries that end, and by a person again."""

import datetime

import pytest
import time_machine
from apprise.plugins.wecombot import NotifyWeComBot
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from liren.core.audit.models import Trace
from liren.core.duty import Refused
from liren.core.notices import jobs
from liren.core.notices.actions import close_channel, forget_old, send_again, send_to_groups, tell_user
from liren.core.notices.actions.results import LEASE, pick_up, settle, take
from liren.core.notices.models import Message, Notice
from liren.core.notices.outcomes import Outcome
from liren.core.notices.senders import posting

from .gateway import nobody

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket]
State = Message.State
FACTS = {"number": "治-2026-0137", "kind": "邻里纠纷", "due": datetime.date(2026, 7, 14), "link": "/"}


@pytest.fixture
def channel(house_gateway, opened):
    return opened(kind="webhook", address=house_gateway.url)


def tell(village, key="治-2026-0137:overdue", by=None):
    return send_to_groups(
        village.community, occasion="overdue", template="matters.overdue", facts=FACTS, key=key, by=by
    )


def tried(message):
    """One try as the worker makes it, when it is due."""
    with time_machine.travel(max(message.next_try_at, timezone.now()), tick=True):
        jobs.deliver.call(message.pk)
    message.refresh_from_db()
    return message


def test_a_message_arrives_with_its_number(village, house_gateway, channel):
    [message] = tell(village)
    assert message.state == State.WAITING and not house_gateway.got
    assert tried(message).state == State.SENT and message.sent_at and message.tries == 1
    [got] = house_gateway.got
    assert got["facts"]["id"] == got["headers"]["Idempotency-Key"] == str(message.reference)
    assert "治-2026-0137" in got["facts"]["text"] and got["facts"]["occasion"] == "overdue"
    assert Trace.objects.filter(action="notices.send_to_groups").count() == 1


def test_the_same_key_goes_out_once(village, house_gateway, channel):
    [message] = tell(village)
    assert tell(village) == []
    tried(message)
    jobs.deliver.call(message.pk)
    assert tell(village) == [] and len(house_gateway.got) == 1


def test_only_groups_that_hear_of_it_are_told(village, opened, channel):
    opened(name="书记群", occasions=["daily"])
    opened(name="隔壁群", community=village.neighbour, by=village.outsider)
    assert [message.channel for message in tell(village)] == [channel]
    with pytest.raises(ValueError, match="no occasion"):
        send_to_groups(village.community, occasion="x", template="matters.due", facts=FACTS, key="1", by=None)


def test_a_deed_taken_back_takes_its_message_and_its_job_along(village, channel):
    with pytest.raises(Refused), transaction.atomic():
        tell(village)
        raise Refused("还是不办")
    assert not Message.objects.exists() and not DBTaskResult.objects.exists()


def test_row_and_job_are_written_together(village, channel):
    [message] = tell(village)
    deliver, watch = DBTaskResult.objects.order_by("task_path")
    assert deliver.args_kwargs["args"] == [message.pk] and watch.task_path.endswith("keep_watch")
    tell(village, key="another")
    assert DBTaskResult.objects.filter(task_path=watch.task_path).count() == 1


def test_a_gateway_that_is_busy_is_asked_again_with_growing_pauses(village, house_gateway, channel):
    house_gateway.answers = [503, 429, 500, 200]
    [message] = tell(village)
    pauses = []
    for _ in range(3):
        before = max(message.next_try_at, timezone.now())
        assert tried(message).state == State.WAITING
        pauses.append(round((message.next_try_at - before).total_seconds() / 60))
        queued = (
            DBTaskResult.objects.filter(task_path=jobs.deliver.module_path)
            .order_by("run_after")
            .values_list("run_after", flat=True)
        )
        assert message.next_try_at in list(queued)
    assert pauses == [1, 4, 16]
    assert tried(message).state == State.SENT and house_gateway.numbers == {str(message.reference)}


def test_it_is_not_sent_before_its_time(village, house_gateway, channel):
    house_gateway.answers = [503]
    [message] = tell(village)
    tried(message)
    jobs.deliver.call(message.pk)
    assert len(house_gateway.got) == 1


def test_after_a_long_stop_or_an_old_backup_nothing_goes_out_by_itself(village, house_gateway, channel):
    [message] = tell(village)
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=13)):
        jobs.deliver.call(message.pk)
        message.refresh_from_db()
        assert message.state == State.GIVEN_UP and "很久" in message.last_error and not house_gateway.got
        send_again(message, by=village.secretary)
        message.refresh_from_db()
        assert tried(message).state == State.SENT


def test_tries_end(village, settings, opened, house_gateway):
    gone = nobody()
    settings.LIREN_GATEWAYS = [gone]
    opened(kind="webhook", address=f"http://{gone}/")
    [message] = tell(village)
    for _ in range(message.tries_allowed):
        assert message.state == State.WAITING
        tried(message)
    assert message.state == State.GIVEN_UP and message.tries == 6
    assert message.last_error == "连不上对方的服务器" and not house_gateway.got


@pytest.mark.parametrize("status", [400, 404, 302])
def test_a_refusal_is_final(village, house_gateway, channel, status):
    house_gateway.answers = [status]
    [message] = tell(village)
    assert tried(message).state == State.FAILED and str(status) in message.last_error
    assert len(house_gateway.got) == 1


def test_a_person_sends_it_again_with_the_same_number(village, house_gateway, channel):
    house_gateway.answers = [404]
    [message] = tell(village)
    tried(message)
    send_again(message, by=village.secretary)
    with pytest.raises(Refused, match="不用再发"):
        send_again(message, by=village.secretary)
    message.refresh_from_db()
    assert tried(message).state == State.SENT
    assert house_gateway.numbers == {str(message.reference)}
    assert Trace.objects.filter(action="notices.send_again").count() == 1


def test_a_gateway_that_hangs_up_or_is_silent_is_asked_again_because_it_knows_numbers(
    village, house_gateway, channel, monkeypatch
):
    monkeypatch.setattr(posting, "ANSWER", 0.2)
    house_gateway.answers = [0, -1]
    [message] = tell(village)
    assert tried(message).state == State.WAITING and "断了" in message.last_error
    assert tried(message).state == State.WAITING and "没有回话" in message.last_error
    assert tried(message).state == State.SENT and len(house_gateway.numbers) == 1


def test_errors_never_tell_the_address(village, house_gateway, channel, caplog):
    house_gateway.answers = [0, 404]
    [message] = tell(village)
    for _ in range(2):
        assert "geheim" not in tried(message).last_error
        assert house_gateway.place not in message.last_error
    assert "geheim" not in caplog.text


def test_a_gateway_no_longer_allowed_gets_nothing(village, house_gateway, channel, settings):
    [message] = tell(village)
    settings.LIREN_GATEWAYS = []
    assert tried(message).state == State.FAILED and not house_gateway.got


def test_a_channel_closed_between_taking_and_sending_gets_nothing(village, house_gateway, channel):
    [message] = tell(village)
    close_channel(channel, by=village.secretary)
    assert tried(message).state == State.GIVEN_UP and not house_gateway.got


def test_a_sender_that_breaks_leaves_no_message_hanging(village, house_gateway, opened, monkeypatch):
    opened()
    [message] = tell(village)
    monkeypatch.setattr(NotifyWeComBot, "notify_url", "https://{nobody}/")
    assert tried(message).state == State.UNCERTAIN and "出了错" in message.last_error


# After a kill: the row says `sending`, and nobody is at it any more.


def killed_while_sending(message):
    assert take(message.pk, by=None)
    Message.objects.filter(pk=message.pk).update(
        began_at=timezone.now() - LEASE - datetime.timedelta(seconds=1)
    )


def test_after_a_kill_a_robot_is_not_told_twice(village, opened):
    opened()
    [message] = tell(village)
    killed_while_sending(message)
    jobs.deliver.call(message.pk)
    assert pick_up(by=None) == 1
    message.refresh_from_db()
    assert message.state == State.UNCERTAIN and message.can_go_again
    assert pick_up(by=None) == 0


def test_after_a_kill_a_gateway_gets_the_same_number_again(village, house_gateway, channel):
    [message] = tell(village)
    killed_while_sending(message)
    pick_up(by=None)
    message.refresh_from_db()
    assert tried(message).state == State.SENT and house_gateway.numbers == {str(message.reference)}


def test_a_worker_that_is_alone_need_not_wait(village, house_gateway, channel):
    [message] = tell(village)
    assert take(message.pk, by=None)
    assert pick_up(alone=True, by=None) == 1
    message.refresh_from_db()
    assert tried(message).state == State.SENT and house_gateway.numbers == {str(message.reference)}


def test_what_is_being_sent_right_now_is_left_alone(village, channel):
    [message] = tell(village)
    assert take(message.pk, by=None) and take(message.pk, by=None) is None
    assert pick_up(by=None) == 0


def test_a_try_thought_lost_may_still_end_well_but_never_undoes_a_later_one(village, opened):
    opened()
    [message] = tell(village)
    first = take(message.pk, by=None)
    killed = Message.objects.filter(pk=message.pk)
    killed.update(began_at=timezone.now() - LEASE * 2)
    pick_up(by=None)
    assert settle(first, outcome=Outcome.SENT, by=None).state == State.SENT
    killed.update(state=State.WAITING)
    second = take(message.pk, by=None)
    first.tries = 1
    settle(first, outcome=Outcome.REFUSED, words="旧的", by=None)
    assert Message.objects.get(pk=message.pk).state == State.SENDING
    assert settle(second, outcome=Outcome.SENT, by=None).state == State.SENT


def test_a_message_that_lost_its_job_gets_a_new_one(village, house_gateway, channel):
    tell(village)
    DBTaskResult.objects.all().delete()
    Message.objects.update(next_try_at=timezone.now() - datetime.timedelta(minutes=5))
    assert jobs.keep_watch.call() == 1
    paths = sorted(DBTaskResult.objects.values_list("task_path", flat=True))
    assert paths == [jobs.deliver.module_path, jobs.keep_watch.module_path]


def test_the_watch_ends_when_nothing_is_under_way(village):
    assert jobs.keep_watch.call() == 0
    assert not DBTaskResult.objects.exists()


def test_old_ones_go_and_what_is_under_way_stays(village, house_gateway, channel):
    [old], [open_one] = tell(village), tell(village, key="open")
    tried(old)
    tell_user(village.grid_worker, text="从前的", key="old", by=None)
    past = timezone.now() - datetime.timedelta(days=200)
    Message.objects.update(made_at=past)
    Notice.objects.update(made_at=past)
    assert forget_old(by=None) == 2 and list(Message.objects.all()) == [open_one]
    assert forget_old(by=None) == 0 and not Notice.objects.exists()
