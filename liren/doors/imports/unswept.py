"""Unswept (暂不回收): long work over many small objects, none of which is garbage before it ends.

Python's collector of circles would walk them all again and again; without it a roster takes a quarter less time.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def unswept() -> Iterator[None]:
    """Rests the collector of circles, for a block or as a decorator; what nobody holds goes at once all the same."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
