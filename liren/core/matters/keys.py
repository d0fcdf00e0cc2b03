"""Keys (编码): primary keys that tell the order of time but never how many others there are.

A gap between running ids would tell an outsider that a restricted matter lies between two others.
"""

import secrets
import time

BEGINNING = 1_577_836_800_000  # 2020-01-01 in milliseconds
RANDOM_BITS = 20


def new_key() -> int:
    """Milliseconds since 2020, then twenty random bits: 63 bits for some two hundred years."""
    return (time.time_ns() // 1_000_000 - BEGINNING) << RANDOM_BITS | secrets.randbits(RANDOM_BITS)
