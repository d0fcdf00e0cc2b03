"""Machine (机器): on what a figure was taken."""

import os
import platform
import sqlite3
from pathlib import Path
from typing import Any

import django
from django.db import connection
from django.utils import timezone


def machine() -> dict[str, Any]:
    """Processor, memory, versions, and how busy it was."""
    return {
        "date": timezone.localdate().isoformat(),
        "system": f"{platform.system()} {platform.machine()}",
        "processor": _said("/proc/cpuinfo", "model name"),
        "cores": os.cpu_count(),
        "memory_gb": round(int(_said("/proc/meminfo", "MemTotal").split()[0]) / 1024**2, 1),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "django": django.__version__,
        "sqlite": sqlite3.sqlite_version,
    }


def _said(path: str, key: str) -> str:
    try:
        lines = Path(path).read_text().splitlines()
    except OSError:
        return "0"
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(key)), "0")


def database() -> str:
    """The database that is asked, with its version."""
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"
