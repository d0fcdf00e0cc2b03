"""Keys (编码): primary keys that tell the order of time but never how many others there are.

A gap between running ids would tell an outsider that a restricted matter lies between two others; so whatever may hang
on one and is named in an address has such a key: matters, todos, parties, work records, documents.
"""

import secrets
import time
from threading import Lock

BEGINNING = 1_577_836_800_000  # 2020-01-01 in milliseconds
RANDOM_BITS = 20
# How far two keys of one millisecond lie apart at most, where one process gives both.
STEP_BITS = 8

_lock = Lock()
# The last key of this process: what is written by the hundred within a millisecond never meets and keeps its order.
_last = 0


def new_key() -> int:
    """Milliseconds since 2020, then twenty random bits: 63 bits for some two hundred years."""
    global _last
    drawn = (time.time_ns() // 1_000_000 - BEGINNING) << RANDOM_BITS | secrets.randbits(RANDOM_BITS)
    with _lock:
        _last = max(drawn, _last + 1 + secrets.randbits(STEP_BITS))
        return _last
