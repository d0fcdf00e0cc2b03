"""The register: search as one types, conditions that combine, groups, columns, pages."""

from functools import cache, lru_cache
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from liren.core.areas.models import Area
from liren.core.duty import Refused, menu_for
from liren.core.facts import Fact, Kind, fact, facts_for
from liren.core.facts.comparisons import OPS, word
from liren.core.pages import show
from liren.core.pages.permits import needs
from liren.core.people.search import scope

from ..asking import Asked, asked_by
from ..columns import allowed_columns, chosen_columns
from ..groups import counts_of, groups_for, with_counts
from ..models import SavedView
from ..register import COUNT_UP_TO, page_asked_for, people_asked_for, rows_of, was_here

SORT_OF = {"person.name": "name", "person.age": "age", "house.code": "house", "person.verified": "verified"}


@needs("people.see")
def register(request: HttpRequest) -> HttpResponse:
    """The list, for the page and for htmx as the search goes on."""
    user: Any = request.user
    asked = asked_by(request)
    building = builder(request)
    # Links of the page carry what was understood, not how it was typed.
    request.GET = canonical(request, asked)  # type: ignore[assignment]
    communities = communities_asked_for(user, asked)
    counts = group_counts(user, asked, communities, ask=False)
    # What only the whole page shows is asked when it is drawn: fragments come with each letter that is typed.
    total = cache(lambda: everybody_of(user, asked, communities).order_by().count())
    views = cache(lambda: SavedView.objects.visible_to(user).select_related("owner"))
    found = people_asked_for(user, asked, communities)
    plain = not (asked.narrowed or asked.on or asked.gone)
    known = min(total(), COUNT_UP_TO + 1) if plain else None
    page = page_asked_for(request, found.people, asked.sort, total=known, searched=bool(asked.text))
    columns = chosen_columns(user, list(asked.columns))
    context = {
        "asked": asked,
        "words": found.words,
        "understood": any(word.condition for word in found.words),
        "capped": found.capped and page.capped,
        "page": page,
        "rows": rows_of(user, list(page.rows), columns, asked),
        "columns": [(column, SORT_OF.get(column.key, "")) for column in columns],
        "everybody": total,
        "in_all": (counts or {}).get(""),
        "groups": chips_of(with_counts(groups_for(user), counts), asked),
        "count_url": "" if counts else reverse("registry:register_groups") + asked.address(),
        "builder": building,
        "choosable": lambda: [(column, column in columns) for column in allowed_columns(user)],
        "views": views,
        "own_views": cache(lambda: views().filter(owner_id=user.pk)),
        "areas": cache(lambda: areas_for(user)),
        "may_edit": user.can("people.edit"),
        "may_export": user.can("people.export"),
        "ways_in": lambda: ways_in(user),
        "area": asked.area or ("all" if communities is None else str(communities[0])),
    }
    response = show(request, "registry/files/register.html", context, fragment="found")
    if not building["chosen"]:
        response["HX-Push-Url"] = f"{request.path}?{request.GET.urlencode()}" if request.GET else request.path
    return response


def canonical(request: HttpRequest, asked: Asked) -> QueryDict:
    """The address again, with only what was understood, and the page."""
    query = QueryDict(mutable=True)
    for key, value in asked.pairs():
        query.appendlist(key, value)
    for key in ("page", "per"):
        if value := request.GET.get(key, ""):
            query[key] = value
    return query


@needs("people.see")
def register_groups(request: HttpRequest) -> HttpResponse:
    """The chips with their counts, fetched after the page stands."""
    asked = asked_by(request)
    communities = communities_asked_for(request.user, asked)
    counts = group_counts(request.user, asked, communities, ask=True)
    groups = with_counts(groups_for(request.user), counts)
    context = {"groups": chips_of(groups, asked), "asked": asked, "in_all": (counts or {}).get("")}
    return show(request, "registry/files/register_groups.html", context, fragment="chips")


def everybody_of(user: Any, asked: Asked, communities: list[int] | None) -> Any:
    """Everybody who is here in the communities listed; on a past day, who was."""
    people = scope(user, gone=bool(asked.on))
    people = people if communities is None else people.filter(community_id__in=communities)
    return people.filter(was_here(asked)) if asked.on else people


def group_counts(
    user: Any, asked: Asked, communities: list[int] | None, *, ask: bool
) -> dict[str, int] | None:
    """Counts of the groups of one community; over many it would take longer than it is worth."""
    where = communities or list(dict.fromkeys(user.community_ids()))
    if len(where) != 1:
        return None
    return counts_of(user, lambda: everybody_of(user, asked, where), asked.day, where, ask=ask)


def communities_asked_for(user: Any, asked: Asked) -> list[int] | None:
    """The communities to list: one for who works in several, until words are looked for or all are asked for."""
    known = user.community_ids()
    if len(set(known)) < 2 or asked.area == "all":
        return None
    if asked.area and int(asked.area) in known:
        return [int(asked.area)]
    return None if asked.text else [user.community.pk]


def areas_for(user: Any) -> list[Area]:
    """The communities to choose from, for who works in several."""
    known = set(user.community_ids())
    return list(Area.objects.filter(pk__in=known).only("name", "path")) if len(known) > 1 else []


def ways_in(user: Any) -> list[tuple[str, str]]:
    """Pages by which residents come into the register, as doors offer them: name and address."""
    found = []
    for item in menu_for(user):
        if item.first_step and item.ability:
            try:
                found.append((item.name, reverse(item.url)))
            except NoReverseMatch:
                continue
    return found


def chips_of(groups: list[Any], asked: Asked) -> list[dict[str, Any]]:
    """Groups as chips: pressed when in force; pressing adds or takes away."""
    chips = []
    for group in groups:
        on = group.code in asked.codes
        codes = tuple(c for c in asked.codes if c != group.code) if on else (*asked.codes, group.code)
        chips.append({"group": group, "on": on, "url": asked.address(codes=codes)})
    return chips


def builder(request: HttpRequest) -> dict[str, Any]:
    """The condition builder: which facts may be asked by, and the comparisons and values of the one chosen."""
    facts = [each for each in facts_for(request.user) if each.filters]
    chosen = None
    if (key := request.GET.get("fact", "")) and not request.GET.get("op"):
        try:
            chosen = fact(key)
        except Refused:
            chosen = None
    if chosen not in facts:
        chosen = None
    options = _options(tuple(facts), chosen.key if chosen else "")
    return {"options": options, "chosen": chosen, **(_chosen(chosen) if chosen else {})}


@lru_cache(maxsize=64)
def _options(facts: tuple[Fact, ...], chosen: str) -> SafeString:
    """The facts as options, by group: drawn once for all who may ask by the same ones."""
    groups: dict[str, list[tuple[str, SafeString, str]]] = {}
    for each in facts:
        mark = mark_safe(" selected" if each.key == chosen else "")  # noqa: S308 - two fixed words
        groups.setdefault(each.group, []).append((each.key, mark, each.name))
    drawn = (
        (group, format_html_join("", '<option value="{}"{}>{}</option>', rows))
        for group, rows in groups.items()
    )
    return format_html_join("", '<optgroup label="{}">{}</optgroup>', drawn)


def _chosen(chosen: Fact) -> dict[str, Any]:
    signs = [(op, word(chosen, op)) for op in OPS[chosen.kind] if op not in ("in", "not_in")]
    return {
        "ops": signs,
        "choices": list(chosen.choices()),
        "control": {Kind.LABEL: "yes_no"}.get(chosen.kind, str(chosen.kind)),
    }
