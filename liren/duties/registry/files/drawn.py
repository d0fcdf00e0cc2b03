"""Rows as they are drawn (行): a page of a hundred rows has a thousand cells, which templates draw too slowly.

By plain texts for the same reason: what comes from people goes through `escape`, all else is written here.
"""

from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from liren.core.pages.templatetags.pages import badge, icon, tag
from liren.core.people.models import Person

MENU = (
    ("registry:person", "user", "看档案"),
    ("registry:person_edit", "pencil", "改资料"),
    ("registry:label_new", "bookmark", "贴标签"),
    ("registry:move_out", "logout", "办迁出"),
)


@lru_cache(maxsize=16)
def pattern(name: str) -> str:
    """The address of a page about a record, with 0 for the record."""
    return reverse(name, args=[0])


def address(name: str, pk: int) -> str:
    """The address of a page about one record: putting the number in is cheaper than reversing."""
    return pattern(name).replace("/0/", f"/{pk}/")


@lru_cache(maxsize=4)
def _menu(ways: int) -> SafeString:
    lines = ((pattern(name), icon(sign), said) for name, sign, said in MENU[:ways])
    return format_html_join("", '<a href="{}">{}{}</a>', lines)


# A label stands in many rows, and looks the same in each.
_tag = lru_cache(maxsize=512)(tag)
CLASSES = {"num": "num", "id": "id soft"}


@dataclass(slots=True)
class Cell:
    """One cell: text, and how it is drawn — num · id · soft · soon · tags."""

    text: str
    kind: str = ""
    tags: tuple[tuple[str, str], ...] = ()
    url: str = ""

    @property
    def drawn(self) -> SafeString:
        """The cell of the table."""
        if self.kind == "tags":
            inner = "".join([_tag(*each) for each in self.tags])
            return _safe(f'<td><span class="row gap-1">{inner}</span></td>')
        text = escape(self.text) or "—"
        if self.url:
            return _safe(f'<td class="id soft"><a href="{escape(self.url)}">{text}</a></td>')
        if self.kind in ("soft", "soon"):
            return _safe(f'<td class="nowrap"><span class="{self.kind}">{text}</span></td>')
        return _safe(f'<td class="{CLASSES.get(self.kind, "nowrap")}">{text}</td>')


@dataclass(slots=True)
class Row:
    """One person of the list; `off` stands back, because they are not here any more."""

    person: Person
    cells: tuple[Cell, ...]
    note: str = ""
    may_edit: bool = False
    off: bool = False

    @property
    def drawn(self) -> SafeString:
        """The row of the table: name, cells, and the menu of what one may do next."""
        pk, name = self.person.pk, escape(self.person.name)
        gone = f" {badge(self.person.get_status_display(), 'plain')}" if self.off else ""
        note = f'<br><small class="muted">{escape(self.note)}</small>' if self.note else ""
        return _safe(
            f"<tr{OFF if self.off else ''}>"
            f'<td class="nowrap"><a href="{address("registry:person", pk)}" class="strong">{name}</a>{gone}{note}</td>'
            f"{''.join([cell.drawn for cell in self.cells])}"
            f'<td class="tight no-print"><button class="btn ghost icon sm" type="button" popovertarget="row{pk}" '
            f'aria-label="{name}：更多">{_dots()}</button>'
            f'<div class="menu" popover id="row{pk}" role="region" aria-label="{name}">{self.menu}</div></td></tr>\n'
        )

    @property
    def menu(self) -> SafeString:
        """What one may do next."""
        ways = (4 if self.person.present else 2) if self.may_edit else 1
        return _safe(_menu(ways).replace("/0/", f"/{self.person.pk}/"))


OFF = ' class="off"'


@lru_cache(maxsize=1)
def _dots() -> SafeString:
    return icon("dots")


def _safe(drawn: str) -> SafeString:
    """Marks what is drawn here as drawn: whatever came from people has gone through `escape`."""
    return mark_safe(drawn)  # noqa: S308
