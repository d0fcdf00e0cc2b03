import time
from typing import Any

from liren.core.matters.keys import new_key


def test_keys_of_one_moment_differ(monkeypatch: Any) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 1_790_000_000_000_000_000)
    assert len({new_key() for _ in range(20_000)}) == 20_000
