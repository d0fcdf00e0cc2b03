"""How traces are chained: each mark is a keyed hash over the row and the mark before it.

The key lies in the data folder, not in the database: whoever can only write to the database cannot forge a chain.
"""

import hashlib
import hmac
import json
import secrets
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from .models import Trace

FIRST = "0" * 64


def key_file(name: str, size: int = 32) -> bytes:
    """A key of the data folder, made when missing, readable by its owner only."""
    path = Path(settings.DATA_DIR) / "keys" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = path.with_name(f"{name}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_bytes(secrets.token_bytes(size))
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass  # another process was first: its key stands
        finally:
            draft.unlink()
    return path.read_bytes()


@lru_cache(maxsize=1)
def chain_key() -> bytes:
    """The key of the chain."""
    return key_file("trace.key")


def seal(*parts: Any) -> str:
    """A keyed hash over any values that JSON knows."""
    said = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.new(chain_key(), said.encode(), hashlib.sha256).hexdigest()


def mark_of(trace: "Trace") -> str:
    """The mark that this row ought to carry."""
    return seal(
        trace.at.timestamp(),
        trace.user_id,
        trace.user_name,
        trace.action,
        trace.target,
        trace.community_id,
        trace.purpose,
        trace.particulars,
        trace.previous,
        # Traces from before there were hidden ones keep the mark they have.
        *(["hidden"] if trace.hidden else []),
    )
