"""Which database: SQLite in the data folder, or PostgreSQL when an address is given."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# WAL lets readers work while one writes; FULL so that what was acknowledged survives a power cut.
SQLITE_START = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
    "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
)


def database(url: str, folder: Path) -> dict[str, Any]:
    """Django's settings for one database.

    An empty url means SQLite in `folder`; otherwise ``postgresql://user:password@host:port/name?option=value``.
    Raises ValueError for another scheme.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "liren.sqlite3",
            # Kept from request to request; begun anew each hour, because only then it learns how tables have grown.
            "CONN_MAX_AGE": 3600,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 60, "init_command": SQLITE_START},
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("LIREN_DATABASE_URL has to start with postgresql://")
    options = dict(parse_qsl(parts.query))
    host = options.pop("host", None) or parts.hostname or ""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Generic plans and skewed Chinese text do not mix; just-in-time compiling slows our small queries.
        "OPTIONS": {"prepare_threshold": None, "options": "-c jit=off", **options},
    }
