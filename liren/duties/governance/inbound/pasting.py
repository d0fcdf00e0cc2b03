"""Pasting (粘贴收件): a message as lines of a form — each task with its guesses, its item of the lists, its double."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from liren.core.areas.models import Area
from liren.core.places.models import Building
from liren.core.rules.workdays import calendar, closing, local

from .days import Present
from .forms import DraftForm
from .matching import Likeness, likenesses
from .models import DutyItem, InboundTask
from .opening import known_units, same_text
from .reading import Draft, Known, read

CHANNEL = "chat"


@dataclass(frozen=True)
class Line:
    """One task as it is shown before it is kept."""

    number: int
    draft: Draft
    likes: list[Likeness]
    double: InboundTask | None
    form: DraftForm
    # The number of the double, for those who may know of it.
    known: str = ""

    @property
    def as_read(self) -> dict[str, Any]:
        """What is kept when nobody changes anything."""
        return {
            key: value for key, value in self.form.initial.items() if key not in ("title", "keep", "place")
        }


def present_in(area: Area | None) -> Present:
    """Now, on the calendar that holds today."""
    return Present(local(timezone.now()).replace(second=0, microsecond=0), calendar(), closing(area=area))


def home_of(user: Any) -> tuple[Area | None, list[Area]]:
    """The community in which this user takes tasks in, and where they may lie: all of it, or one's own grids."""
    areas = list(
        user.areas_for("matters.open").filter(level__in=("community", "grid")).select_related("parent")
    )
    community = next((area for area in areas if area.level == Area.Level.COMMUNITY), None)
    if community is None and areas:
        community = areas[0].parent
    return community, [area for area in areas if community is not None and community.covers(area)]


def lines_of(message: str, user: Any, data: Any = None, *, whole: bool = False) -> list[Line]:
    """The message as lines; bound to `data` where that was shown for this very message."""
    community, areas = home_of(user)
    if community is None:
        return []
    places = {f"area-{area.pk}": area.name for area in areas}
    buildings = Building.objects.visible_to(user).filter(community=community).values_list("pk", "name")
    known_places = {name: f"building-{pk}" for pk, name in buildings}
    known_places |= {area.name: f"area-{area.pk}" for area in areas if area.level == Area.Level.GRID}
    known = Known(places=known_places, units=known_units(community))
    drafts = read(message, present_in(community), known, whole=whole)
    items = list(DutyItem.objects.visible_to(user).holding().filter(community=community))
    lines = []
    for number, draft in enumerate(drafts):
        likes = likenesses(f"{draft.title}\n{draft.text}", items)
        double = same_text(community, draft.fingerprint)
        place = draft.guesses.get("place")
        named = {place.value: place.words} if place else {}
        form = DraftForm(
            data, prefix=f"t{number}", initial=initial_of(draft, likes, double, next(iter(places), "")),
            community=community, user=user, places={**places, **named}, items=items,
        )  # fmt: skip
        lines.append(Line(number, draft, likes, double, form, _number(double, user)))
    return lines


def _number(double: InboundTask | None, user: Any) -> str:
    if double is None or not InboundTask.objects.visible_to(user).filter(pk=double.pk).exists():
        return ""
    return str(double.matter.number)


def initial_of(draft: Draft, likes: list[Likeness], double: InboundTask | None, whole: str) -> dict[str, Any]:
    """What was understood, as the values of the form."""
    found: Mapping[str, Any] = draft.guesses
    return {
        "title": draft.title,
        "sender_unit": draft.sender.unit[:60],
        "sender_person": draft.sender.person[:30],
        "channel": CHANNEL,
        "due_at": draft.due,
        "basis": found["basis"].value if "basis" in found else "",
        "period": found["period"].value[:40] if "period" in found else "",
        "about_line": found["line"].value if "line" in found else "",
        "reply_wanted": "reply" in found,
        "forms": min(draft.forms.count, 999),
        "forms_often": draft.forms.often,
        "form_fields": "、".join(draft.forms.fields)[:300],
        "item": likes[0].item if likes else None,
        "place": found["place"].value if "place" in found else whole,
        "keep": double is None,
    }


def placed(said: str, user: Any) -> dict[str, Any]:
    """Where the task lies, as `receive_task` wants it."""
    what, _, pk = said.partition("-")
    if not pk.isdecimal() or len(pk) > 18:
        return {}
    if what == "building":
        building = Building.objects.visible_to(user).select_related("area").filter(pk=int(pk)).first()
        return {"building": building} if building else {}
    area = user.areas_for("matters.open").filter(pk=int(pk)).first()
    return {"area": area} if area else {}
