"""Rows as they are drawn (行): a page of a hundred rows has a thousand cells, which templates draw too slowly."""

from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from liren.core.pages.templatetags.pages import icon, tag
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


@dataclass(frozen=True)
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
            return format_html(
                '<td><span class="row gap-1">{}</span></td>',
                format_html_join("", "{}", ((tag(*t),) for t in self.tags)),
            )
        text = self.text or "—"
        if self.url:
            return format_html('<td class="id soft"><a href="{}">{}</a></td>', self.url, text)
        if self.kind in ("soft", "soon"):
            return format_html('<td class="nowrap"><span class="{}">{}</span></td>', self.kind, text)
        return format_html(
            '<td class="{}">{}</td>', {"num": "num", "id": "id soft"}.get(self.kind, "nowrap"), text
        )


@dataclass(frozen=True)
class Row:
    """One person of the list."""

    person: Person
    cells: tuple[Cell, ...]
    note: str = ""
    may_edit: bool = False

    @property
    def url(self) -> str:
        """The person's file."""
        return address("registry:person", self.person.pk)

    @property
    def drawn(self) -> SafeString:
        """The cells after the name."""
        return format_html_join("", "{}", ((cell.drawn,) for cell in self.cells))

    @property
    def menu(self) -> SafeString:
        """What one may do next."""
        ways = (4 if self.person.present else 2) if self.may_edit else 1
        return mark_safe(_menu(ways).replace("/0/", f"/{self.person.pk}/"))  # noqa: S308 - a number into fixed text
