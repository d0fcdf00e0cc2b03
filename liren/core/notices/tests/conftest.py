"""A gateway on this machine, and a channel to it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from liren.core.notices.actions import open_channel
from liren.core.notices.models import Channel

from .gateway import Gateway, gateway


@pytest.fixture
def house_gateway(settings: Any) -> Iterator[Gateway]:
    """A gateway that the settings allow."""
    with gateway() as running:
        settings.LIREN_GATEWAYS = [running.place]
        yield running


@pytest.fixture
def opened(village: Any, settings: Any) -> Callable[..., Channel]:
    """Opens a channel: ``opened(kind="wecom", address=…)``."""

    def open_one(**facts: Any) -> Channel:
        community = facts.pop("community", village.community)
        by = facts.pop("by", village.secretary)
        told = {"name": "社工群", "kind": "wecom", "occasions": ["overdue", "urgent"], **facts}
        if told["kind"] == "wecom":
            told.setdefault(
                "address", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=" + "k" * 30 + "a1b2"
            )
        return open_channel(community, **told, by=by)

    return open_one
