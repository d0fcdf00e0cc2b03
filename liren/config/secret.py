"""The key that signs sessions and forms: made once, kept in the data folder, readable by its owner only."""

import os
import secrets
from pathlib import Path


def secret_key(folder: Path) -> str:
    """The secret of LIREN_SECRET_KEY, or the one in `keys/session.key`, which is made when missing."""
    if given := os.environ.get("LIREN_SECRET_KEY"):
        return given
    path = folder / "keys" / "session.key"
    if path.exists():
        return path.read_text().strip()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_suffix(f".{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(64))
    try:
        # Two processes may start at once: whoever links first wins, the other reads what stands.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text().strip()
