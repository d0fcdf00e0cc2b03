"""Components (组件) as template tags: seals, badges, masked values, pagers … `docs/style.md` lists them with their use."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django import template
from django.template import Context
from django.template.base import Node, Parser, TextNode, Token
from django.template.library import SimpleNode
from django.templatetags.static import static
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from .. import words
from ..paging import Page

register = template.Library()

SEALS = {
    "zheng": "政策服务",
    "min": "民生保障",
    "zhi": "治理调解",
    "wen": "文化活动",
    "shu": "数据管理",
    "ji": "应急处置",
    "lian": "资源协同",
}
TRIAGE = {"ji": "急", "nan": "难", "chou": "愁", "pan": "盼"}
# Icons and seals are few, and say nothing of anybody: each is drawn once.
DRAWN = 1024
NOTE_ICONS = {"": "info-circle", "warn": "clock", "bad": "alert-triangle", "good": "circle-check"}

_WORDS: dict[str, Callable[..., str]] = {
    "day": words.day,
    "full_day": words.full_day,
    "book_day": words.book_day,
    "weekday": words.weekday,
    "clock": words.clock,
    "moment": words.moment,
    "left": words.left,
    "ago": words.ago,
    "partial_day": words.partial_day,
    "thousands": words.thousands,
    "file_size": words.file_size,
}
for _name, _filter in _WORDS.items():
    register.filter(_name, _filter)


def drawn(draw: Callable[..., SafeString]) -> Callable[..., SafeString]:
    """A simple tag. Where all that it is given stands in the template, it is drawn as the template is read, and not
    for every page.
    """
    register.simple_tag(draw)
    name = draw.__name__
    plain = register.tags[name]

    def read(parser: Parser, token: Token) -> Node:
        node = plain(parser, token)
        given = [*node.args, *node.kwargs.values()] if isinstance(node, SimpleNode) else []
        if node.target_var is not None or any(each.is_var or each.filters for each in given):
            return node
        return TextNode(node.render(Context()))

    register.tag(name, read)
    return draw


@register.filter
def share(part: float | None, whole: float | None) -> int:
    """A share in whole percent, 0 to 100, for the classes ``v-37`` of measures.css."""
    return max(0, min(100, round(100 * (part or 0) / whole))) if whole else 0


@drawn
def sprite() -> SafeString:
    """The address of the icon sprite."""
    return format_html("{}", static("pages/icons.svg"))


@lru_cache(maxsize=256)
def _use(symbol: str) -> SafeString:
    return format_html('<use href="{}#{}"/>', static("pages/icons.svg"), symbol)


@drawn
@lru_cache(maxsize=DRAWN, typed=True)
def icon(name: str, kind: str = "", label: str = "") -> SafeString:
    """``{% icon "users" %}``; `kind` adds classes (ok, soon, urgent, muted), `label` gives it a name for ears."""
    classes = f"i {kind}".strip()
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}">{}</svg>', classes, label, _use(f"i-{name}")
        )
    return format_html('<svg class="{}" aria-hidden="true">{}</svg>', classes, _use(f"i-{name}"))


@drawn
@lru_cache(maxsize=DRAWN, typed=True)
def seal(duty: str, size: str = "", line: bool = False, label: bool = True) -> SafeString:
    """``{% seal "shu" size="xl" line=True %}``: the square seal of a duty. `label=False` beside its name."""
    classes = " ".join(filter(None, ["seal", size, "line" if line else ""]))
    name = format_html('<span class="sr">{}</span>', SEALS[duty]) if label else ""
    svg = format_html('<svg aria-hidden="true">{}</svg>', _use(f"s-{duty}"))
    return format_html('<span class="{}" data-duty="{}">{}{}</span>', classes, duty, svg, name)


@drawn
@lru_cache(maxsize=DRAWN, typed=True)
def triage(urgency: str, size: str = "", label: bool = True) -> SafeString:
    """``{% triage "nan" %}``: the round seal of urgency."""
    name = format_html('<span class="sr">缓急：{}</span>', TRIAGE[urgency]) if label else ""
    svg = format_html('<svg aria-hidden="true">{}</svg>', _use(f"s-{urgency}"))
    return format_html('<span class="{}">{}{}</span>', f"triage {urgency} {size}".strip(), svg, name)


@drawn
def badge(text: str, kind: str = "") -> SafeString:
    """``{% badge "办理中" "go" %}``: where a matter stands; go · wait · late · done · info · plain."""
    return format_html('<span class="{}">{}</span>', f"badge {kind}".strip(), text)


@register.simple_tag
def tag(text: str, kind: str = "", duty: str = "", url: str = "") -> SafeString:
    """``{% tag "独居老人" "care" %}``: what a person or home is; care · stale, or coloured by a duty."""
    classes = f"tag {kind}".strip()
    colour = format_html(' data-duty="{}"', duty) if duty else ""
    if url:
        return format_html('<a class="{}"{} href="{}">{}</a>', classes, colour, url, text)
    return format_html('<span class="{}"{}>{}</span>', classes, colour, text)


@register.simple_tag
def avatar(name: str, size: str = "") -> SafeString:
    """One character of the name, in one of four colours that stay the same for the name."""
    colour = ("", "b", "c", "d")[sum(map(ord, name)) % 4]
    letter = name[-1:] if name else "·"
    return format_html(
        '<span class="{}" aria-hidden="true">{}</span>', " ".join(f"avatar {size} {colour}".split()), letter
    )


@register.simple_tag
def bar(value: float, whole: float = 100, label: str = "", kind: str = "") -> SafeString:
    """``{% bar 312 418 "走访覆盖" %}``: a bar that says its figure to ears; kind thin · thick · warn · bad."""
    per = share(value, whole)
    said = f"{label} {per}%".strip()
    return format_html(
        '<span class="{}" role="img" aria-label="{}"></span>', f"bar {kind} v-{per}".replace("  ", " "), said
    )


@register.simple_tag
def stat(
    label: str, value: Any, unit: str = "", note: str = "", hot: bool = False, icon_name: str = ""
) -> SafeString:
    """``{% stat "已逾期" 1 "件" hot=True %}`` inside ``<dl class="stats">``. `hot` only when someone must act."""
    shown = words.thousands(value) if isinstance(value, int | float) else value
    below = format_html('<dd class="d">{}</dd>', note) if note else ""
    before = icon(icon_name) if icon_name else ""
    small = format_html("<small>{}</small>", unit) if unit else ""
    return format_html(
        '<div class="stat{}"><dt>{}{}</dt><dd class="v">{}{}</dd>{}</div>',
        " hot" if hot else "", before, label, shown, small, below,
    )  # fmt: skip


@register.simple_tag
def stepper(steps: Any, current: int) -> SafeString:
    """``{% stepper steps 3 %}``: pairs of (name, note); those before `current` are past. Shows, does not navigate."""

    def state(place: int) -> SafeString:
        if place < current:
            return mark_safe(' class="past"')
        return mark_safe(' aria-current="step"') if place == current else mark_safe("")

    pairs = [(step, "") if isinstance(step, str) else step for step in steps]
    rows = [(state(place), name, note) for place, (name, note) in enumerate(pairs, 1)]
    inside = format_html_join("", "<li{}><b>{}</b><span>{}</span></li>", rows)
    return format_html('<ol class="stepper">{}</ol>', inside)


@register.simple_tag
def crumbs(*pairs: str) -> SafeString:
    """``{% crumbs "居民档案" url "8 号楼" url "302 室" %}``: name and address in turn, the last name alone."""
    names, urls = pairs[::2], pairs[1::2]
    rows = [
        (format_html('<a href="{}">{}</a>', urls[n], name),)
        if n < len(urls)
        else (format_html("<span>{}</span>", name),)
        for n, name in enumerate(names)
    ]
    return format_html(
        '<nav class="crumbs" aria-label="位置"><ol>{}</ol></nav>', format_html_join("", "<li>{}</li>", rows)
    )


@register.simple_tag
def masked(value: str, what: str, url: str = "") -> SafeString:
    """``{% masked phone.masked "手机号" url %}``: a masked value and the eye that asks for the reason."""
    if not value:
        return mark_safe('<span class="muted">未登记</span>')
    text = format_html("<span data-value>{}</span>", value)
    if not url:
        return format_html('<span class="masked">{}</span>', text)
    return format_html(
        '<span class="masked">{}<a href="{}" data-reveal="{}" data-what="{}" role="button" aria-label="{}">{}</a></span>',
        text, url, url, what, f"查看{what}（需说明理由）", icon("eye"),
    )  # fmt: skip


@register.simple_tag
def person_link(person: Any, url: str, note: str = "") -> SafeString:
    """``{% person_link person url "82 岁 · 8-302" %}``: never cut short; `note` tells namesakes apart."""
    small = format_html("<small>{}</small>", note) if note else ""
    return format_html(
        '<a class="person-link" href="{}">{}{}</a>', url, getattr(person, "name", person), small
    )


@register.simple_block_tag
def note(content: str, kind: str = "", icon_name: str = "") -> SafeString:
    """``{% note "warn" %}快到期 …{% endnote %}``: at most one at the top of a page; warn · bad · good."""
    role = mark_safe(' role="alert"') if kind == "bad" else ""
    classes = f"note {kind}".strip()
    return format_html(
        '<div class="{}"{}>{}<div>{}</div></div>', classes, role, icon(icon_name or NOTE_ICONS[kind]), content
    )


@register.inclusion_tag("pages/tags/empty.html")
def empty(title: str, text: str = "", link: str = "", url: str = "", kind: str = "") -> dict[str, Any]:
    """``{% empty "今天的都办完了" "明天有 5 件到期" "看重点户" url %}``; kind "bad" draws the house in the storm."""
    return {"title": title, "text": text, "link": link, "url": url, "kind": kind}


@register.inclusion_tag("pages/tags/pager.html", takes_context=True)
def pager(
    context: Context, page: Page, noun: str = "条", target: str = "", label: str = "翻页"
) -> dict[str, Any]:
    """``{% pager page "人" %}``; with `target="#list"` htmx changes only that part."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    return {"page": page, "noun": noun, "target": target, "label": label, "query": query.urlencode()}


@register.inclusion_tag("pages/tags/sorted_head.html", takes_context=True)
def sorted_head(context: Context, key: str, name: str, number: bool = False) -> dict[str, Any]:
    """``{% sorted_head "name" "姓名" %}``: a table head that sorts by ``?sort=name`` / ``?sort=-name``."""
    query = context["request"].GET.copy()
    now = query.get("sort", "")
    query.pop("page", None)
    query["sort"] = f"-{key}" if now == key else key
    direction = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    return {"name": name, "query": query.urlencode(), "direction": direction, "number": number}


@register.filter
def joined(values: Any, by: str = "、") -> str:
    """A list in words, empty ones left out."""
    return mark_safe(by.join(conditional_escape(v) for v in values if v))  # noqa: S308
