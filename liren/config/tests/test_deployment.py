"""What check_deploy says of the ways out of the house."""

import pytest

from liren.config.deployment import running

pytestmark = pytest.mark.django_db


def test_codes_on_the_console_are_no_way_for_real_residents(settings):
    settings.LIREN_SMS = "console"
    assert any(found.state == "missing" and "LIREN_SMS" in found.text for found in running())
    settings.LIREN_SMS = "webhook:http://10.0.0.8/sms"
    assert not any("LIREN_SMS" in found.text for found in running())
