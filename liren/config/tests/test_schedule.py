import os
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from liren.config import schedule

pytestmark = pytest.mark.django_db


def run():
    with pytest.raises(SystemExit) as end:
        call_command("daily")
    return end.value.code


def test_what_is_old_goes_and_what_is_not_stays(tmp_path, settings, capsys):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    now = timezone.now()
    for name, age in (("old", timedelta(days=40)), ("new", timedelta(minutes=5))):
        Session.objects.create(session_key=name, session_data="", expire_date=now + timedelta(hours=1) - age)
        attempt = AccessAttempt.objects.create(username=name, failures_since_start=1)
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=now - age)
        (tmp_path / name).touch()
        os.utime(tmp_path / name, times=(now.timestamp() - age.total_seconds(),) * 2)
    assert run() == 0
    assert list(Session.objects.values_list("session_key", flat=True)) == ["new"]
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["new"]
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
    assert f"{len(schedule.DAILY)}/{len(schedule.DAILY)}" in capsys.readouterr().out


def test_one_that_fails_does_not_keep_the_others(monkeypatch, capsys):
    ran = []
    monkeypatch.setitem(schedule.DAILY, "sessions", lambda: 1 / 0)
    monkeypatch.setitem(schedule.DAILY, "stray uploads", lambda: ran.append(True))
    assert run() == 1
    assert ran and f"{len(schedule.DAILY) - 1}/{len(schedule.DAILY)}" in capsys.readouterr().out
