"""Templates: a form remembered with what was said of it, filled again in one click, put away."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core.audit.actions import record
from liren.core.duty import Refused

from ..arranging import filled_now
from ..models import Filling, FormTemplate
from ..overlaps import asked_by
from .turns import filled_from, open_turn


@transaction.atomic
def fill_again(template: FormTemplate, *, by: Any) -> Filling:
    """The same form once more, as things are today. Refuses one that was put away."""
    return filled_from(template, on=timezone.localdate(), by=by)


def keep_template(
    filling: Filling, *, period: str, due_day: int | None = None, receiver: str = "", by: Any
) -> FormTemplate:
    """Remembers a form with what was said of it, for the next time."""
    # Filling takes its time: not while others wait for the database.
    asks = asked_by(filled_now(filling, by, masked=True).report)
    with transaction.atomic():
        known = FormTemplate.objects.in_use().filter(
            community=filling.community, fingerprint=filling.fingerprint
        )
        template = known.select_for_update().first() or FormTemplate(
            community=filling.community,
            document=filling.document,
            name=filling.name,
            fingerprint=filling.fingerprint,
            made_by=by,
        )
        template.told, template.people_told = filling.told, filling.people_told
        template.period, template.due_day, template.receiver = period, due_day, receiver.strip()
        template.asks = asks
        template.save()
        filling.template = template
        filling.save(update_fields=["template"])
        record("onesheet.keep", target=template, community=filling.community, period=period, by=by)
        open_turn(template, by=by)
    return template


@transaction.atomic
def drop_template(template: FormTemplate, *, by: Any) -> FormTemplate:
    """Puts a template away; what was filled by it stays."""
    if template.dropped_at:
        raise Refused("这张表样已经收起来了")
    template.dropped_at = timezone.now()
    template.save(update_fields=["dropped_at"])
    record("onesheet.drop", target=template, community=template.community, by=by)
    return template
