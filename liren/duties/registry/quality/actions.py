"""Every write of this room: going through a community, and deciding on doubtful pairs."""

import datetime
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from liren.core import rules
from liren.core.areas.models import Area
from liren.core.audit.actions import record
from liren.core.duty import Refused
from liren.core.people.actions import review_label, verify_person
from liren.core.people.models import Label, Person

from . import sweeping
from .models import DoubtfulPair, PaperDoubt, Sweep

CHUNK = 1000


@transaction.atomic
def ask_for_sweep(community: Area, *, by: Any) -> Sweep:
    """Asks the worker to go through a community. Refuses while it is at it."""
    from .jobs import sweep

    row, _ = Sweep.objects.select_for_update().get_or_create(community=community)
    patience = datetime.timedelta(minutes=rules.number("quality.sweep_minutes", area=community))
    if row.is_running and row.asked_at and row.asked_at > timezone.now() - patience:
        raise Refused("正在找，找完会写在这里，先办别的")
    row.asked_at = timezone.now()
    row.save(update_fields=["asked_at"])
    record("quality.ask_for_sweep", target=row, by=by)
    transaction.on_commit(lambda: sweep.enqueue(community.pk))
    return row


def look_through(community: Area, *, by: Any) -> Sweep:
    """Goes through a community and notes what was found. What somebody decided on stays decided; what was mended
    since is forgotten. All the comparing is done before anything is locked.
    """
    people, found = sweeping.doubles(community)
    odd = list(sweeping.misfits(community))
    with transaction.atomic():
        row, _ = Sweep.objects.select_for_update().get_or_create(community=community)
        _note_pairs(community, found)
        PaperDoubt.objects.filter(community=community).delete()
        PaperDoubt.objects.bulk_create(
            [PaperDoubt(community=community, paper_id=o.paper, birth=o.birth, sex=o.sex) for o in odd],
            batch_size=CHUNK,
        )
        row.people, row.done_at = people, timezone.now()
        row.save(update_fields=["people", "done_at"])
        record("quality.look_through", target=row, people=people, pairs=len(found), papers=len(odd), by=by)
    return row


def _note_pairs(community: Area, found: list[sweeping.Double]) -> None:
    known = {(pair.one_id, pair.other_id): pair for pair in DoubtfulPair.objects.filter(community=community)}
    still, new = [], []
    for double in found:
        pair = known.pop((double.one, double.other), None)
        facts = {"score": double.score, "evidence": list(double.evidence), "against": list(double.against)}
        if pair is None:
            new.append(DoubtfulPair(community=community, one_id=double.one, other_id=double.other, **facts))
        elif pair.state == DoubtfulPair.State.OPEN:
            for name, value in facts.items():
                setattr(pair, name, value)
            still.append(pair)
    gone = [pair.pk for pair in known.values() if pair.state == DoubtfulPair.State.OPEN]
    DoubtfulPair.objects.filter(pk__in=gone).delete()
    DoubtfulPair.objects.bulk_update(still, ["score", "evidence", "against"], batch_size=200)
    DoubtfulPair.objects.bulk_create(new, batch_size=CHUNK)


@transaction.atomic
def tell_apart(pair: DoubtfulPair, *, by: Any) -> DoubtfulPair:
    """Says that the two are two people; it is not asked again. Refuses what is decided already."""
    pair = DoubtfulPair.objects.select_for_update().get(pk=pair.pk)
    if pair.state != DoubtfulPair.State.OPEN:
        raise Refused(f"这一对已经定过了：{pair.get_state_display()}")
    pair.state, pair.decided_by, pair.decided_at = DoubtfulPair.State.DIFFERENT, by, timezone.now()
    pair.save(update_fields=["state", "decided_by", "decided_at"])
    record("quality.tell_apart", target=pair, one=pair.one_id, other=pair.other_id, by=by)
    return pair


@transaction.atomic
def doubt_again(pair: DoubtfulPair, *, by: Any) -> DoubtfulPair:
    """Takes the word back that they are two people. Refuses where nobody said so."""
    pair = DoubtfulPair.objects.select_for_update().get(pk=pair.pk)
    if pair.state != DoubtfulPair.State.DIFFERENT:
        raise Refused("这一对没有认定过不是同一个人")
    pair.state, pair.decided_by, pair.decided_at = DoubtfulPair.State.OPEN, None, None
    pair.save(update_fields=["state", "decided_by", "decided_at"])
    record("quality.doubt_again", target=pair, one=pair.one_id, other=pair.other_id, by=by)
    return pair


@transaction.atomic
def verify_all(people: Sequence[Person], *, by: Any) -> int:
    """Notes that somebody looked at all of these and what the register says is still true. Refuses nobody at all, and
    people whom this worker may not correct.
    """
    if not people:
        raise Refused("先勾上核实过的人")
    for person in people:
        if not by.can("people.edit", person.area):
            raise Refused(f"{person.name}不在您能改的范围里，一个也没有记")
        verify_person(person, by=by)
    record("quality.verify_all", community=people[0].community, people=len(people), by=by)
    return len(people)


@transaction.atomic
def review_all(labels: Sequence[Label], *, by: Any) -> int:
    """Notes that the evidence of all these labels still holds. Refuses none at all, and labels of people whom this
    worker may not correct.
    """
    if not labels:
        raise Refused("先勾上看过证明的标签")
    for label in labels:
        if not by.can("people.edit", label.person.area):
            raise Refused(f"{label.person.name}不在您能改的范围里，一个也没有记")
        review_label(label, by=by)
    record("quality.review_all", community=labels[0].community, labels=len(labels), by=by)
    return len(labels)
