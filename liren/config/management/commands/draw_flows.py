"""draw_flows (画流程): writes docs/flows.md and its drawings anew from the tables of the flows."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from liren.core.matters.flowbook import pages

DOCS = Path(__file__).resolve().parents[4] / "docs"


class Command(BaseCommand):
    """draw_flows (画流程): after a flow has changed."""

    help = "照流程表重画 docs/flows.md 和流程图"

    def handle(self, *args: Any, **options: Any) -> None:
        (DOCS / "flows").mkdir(exist_ok=True)
        wanted = pages()
        for path in (DOCS / "flows").glob("*.svg"):
            if f"flows/{path.name}" not in wanted:
                path.unlink()
        for name, text in wanted.items():
            (DOCS / name).write_text(text, "utf-8")
        self.stdout.write(f"画好了 {len(wanted) - 1} 张流程图")
