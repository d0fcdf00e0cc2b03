"""Keys (编码): primary keys that tell the order of time but never how many others there are.

A gap between running ids would tell an outsider that a restricted matter lies between two others.
"""

import secrets
import time
from threading import Lock

BEGINNING = 1_577_836_800_000  # 2020-01-01 in milliseconds
RANDOM_BITS = 20


_lock = Lock()
# What this process gave out in the present millisecond: entries by the hundred would meet by chance once in a while.
_given: dict[int, set[int]] = {}


def new_key() -> int:
    """Milliseconds since 2020, then twenty random bits: 63 bits for some two hundred years."""
    moment = time.time_ns() // 1_000_000 - BEGINNING
    with _lock:
        if moment not in _given:
            _given.clear()
        taken = _given.setdefault(moment, set())
        while (drawn := secrets.randbits(RANDOM_BITS)) in taken:
            pass
        taken.add(drawn)
    return moment << RANDOM_BITS | drawn
