import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from liren.core.duty.keys import new_key


def test_keys_of_one_moment_differ_and_keep_their_order(monkeypatch: Any) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 1_790_000_000_000_000_000)
    keys = [new_key() for _ in range(20_000)]
    assert len(set(keys)) == 20_000
    assert keys == sorted(keys)


def test_keys_of_threads_never_meet() -> None:
    with ThreadPoolExecutor(4) as pool:
        keys = [
            key for some in pool.map(lambda _: [new_key() for _ in range(2_000)], range(4)) for key in some
        ]
    assert len(set(keys)) == 8_000


def test_a_clock_set_back_gives_no_key_twice(monkeypatch: Any) -> None:
    before = new_key()
    monkeypatch.setattr(time, "time_ns", lambda: 1_590_000_000_000_000_000)
    assert new_key() > before
