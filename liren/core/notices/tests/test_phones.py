"""Texts to phones: on the console of a demo, by a gateway, and never more than a phone may get."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from liren.core.duty import Refused
from liren.core.notices import jobs
from liren.core.notices.actions import forget_old, send_again, send_sms
from liren.core.notices.models import Message
from liren.core.notices.slots import Unfit
from liren.core.privacy.cipher import unseal

pytestmark = [pytest.mark.django_db, pytest.mark.enable_socket]
PHONE, FACTS = "13912345678", {"code": "482913", "minutes": 10}


def code(key="code:1", **facts):
    return send_sms(PHONE, template="portal.code", facts={**FACTS, **facts}, key=key, by=None)


def tried(message):
    jobs.deliver.call(message.pk)
    message.refresh_from_db()
    return message


def test_the_console_of_a_demo_shows_the_code_and_no_whole_number(village, settings, capsys):
    settings.LIREN_SMS = "console"
    assert tried(code()).state == Message.State.SENT
    said = capsys.readouterr().out
    assert "482913" in said and "139****5678" in said and PHONE not in said


def test_a_gateway_is_given_phone_text_and_number(village, settings, house_gateway):
    settings.LIREN_SMS = f"webhook:{house_gateway.url}"
    message = tried(code())
    [got] = house_gateway.got
    assert got["facts"]["phone"] == PHONE and "482913" in got["facts"]["text"]
    assert got["facts"]["id"] == str(message.reference) and message.state == Message.State.SENT


def test_nothing_of_phone_or_code_lies_open_and_the_text_goes_when_it_is_sent(
    village, settings, house_gateway
):
    settings.LIREN_SMS = f"webhook:{house_gateway.url}"
    message = code()
    assert unseal(message.phone_sealed) == PHONE and "482913" in unseal(message.text_sealed)
    for field in ("text", "phone_hint", "phone_hash", "key", "last_error"):
        value = getattr(message, field)
        assert PHONE not in value and "482913" not in value
    assert tried(message).text_sealed is None


def test_a_code_comes_once_for_each_key_and_tells_who_has_none(village, settings):
    settings.LIREN_SMS = "console"
    assert code() == code(code="999999")
    with pytest.raises(Unfit):
        code(key="2", code="不是码")


def test_without_a_gateway_it_is_refused(village, settings):
    settings.LIREN_SMS = ""
    with pytest.raises(Refused, match="还没有接通"):
        code()


def test_a_phone_gets_only_so_many_a_day(village, settings):
    settings.LIREN_SMS = "console"
    for n in range(10):
        code(key=f"code:{n}")
    with pytest.raises(Refused, match="太多了"):
        code(key="code:10")
    other = send_sms("13800000000", template="portal.code", facts=FACTS, key="other", by=None)
    assert other.phone_hash != Message.objects.get(key="code:1").phone_hash
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1, minutes=1)):
        assert code(key="code:11")


def test_a_code_too_late_is_not_sent(village, settings, house_gateway):
    settings.LIREN_SMS = f"webhook:{house_gateway.url}"
    message = code()
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=11)):
        assert tried(message).state == Message.State.GIVEN_UP
        assert message.text_sealed is None and not message.can_go_again
        with pytest.raises(Refused, match="过了时候"):
            send_again(message, by=village.secretary)
    assert not house_gateway.got


def test_the_text_of_a_code_that_was_refused_goes_the_next_day(village, settings, house_gateway):
    settings.LIREN_SMS = f"webhook:{house_gateway.url}"
    house_gateway.answers = [400]
    message = tried(code())
    assert message.state == Message.State.FAILED and message.text_sealed
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1)):
        forget_old(by=None)
    message.refresh_from_db()
    assert message.text_sealed is None


@pytest.mark.parametrize("named", ["etwas", "unknown://service"])
def test_a_setting_that_is_none_loses_nothing(village, settings, named):
    settings.LIREN_SMS = named
    assert tried(code()).state in {Message.State.WAITING, Message.State.FAILED}
    assert "LIREN_SMS" in message_of()


def message_of():
    return Message.objects.get().last_error


def test_another_service_of_the_library(village, settings, house_gateway):
    settings.LIREN_SMS = f"json://{house_gateway.place}/sms/{{phone}}"
    assert tried(code()).state == Message.State.SENT
    assert (
        house_gateway.got[0]["path"].startswith(f"/sms/{PHONE}")
        and "482913" in house_gateway.got[0]["facts"]["message"]
    )
    house_gateway.answers = [500]
    assert tried(code(key="code:2")).state == Message.State.UNCERTAIN


def test_who_looks_after_every_community_sees_what_belongs_to_none(village, settings):
    settings.LIREN_SMS = "console"
    message = code()
    assert message in Message.objects.visible_to(village.system_admin)
    for who in (village.secretary, village.outsider, village.grid_worker):
        assert message not in Message.objects.visible_to(who)
