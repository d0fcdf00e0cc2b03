"""Finding people (找人): by name, inner part of a name, pinyin, initials, tail of a number, address, age and label.

Nothing is ever looked for outside `visible_to(user)`. Most answers come from B-trees that begin with the community;
inner parts of names and rarer readings from the word index.
"""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from liren.core.facts import conditions
from liren.core.facts.conditions import Group
from liren.core.places.models import House
from liren.core.places.search import called, houses_at, houses_numbered
from liren.core.privacy.cipher import blind, blind_tail

from . import identity
from .persons import HERE, IdentityPaper, Person, Phone
from .phones import read_phones
from .sought import Means, Word, words_of
from .wordindex import bearers
from .words import bigrams

# One word alone that fits more people than this says too little: so many are shown, and the page says so.
BROAD = 2000
# So many numbers with the same last four figures are opened and compared at most.
OPENED = 400


@dataclass(frozen=True)
class Search:
    """The people found, what each word was taken for, and whether the word was too broad to show everybody."""

    people: Any
    words: list[Word] = field(default_factory=list)
    capped: bool = False


def find_people(user: Any, text: str, limit: int = 8) -> list[Person]:
    """The people a line means, those who are here first, for the palette."""
    found = search(user, text, gone=True, limit=BROAD)
    if not found.words:
        return []
    return list(found.people.with_place().order_by("-present", "pinyin", "pk")[:limit])


def search(
    user: Any, text: str, *, gone: bool = False, on: datetime.date | None = None, limit: int | None = BROAD
) -> Search:
    """The people a line means; `gone` takes those who moved out or died too, `limit` caps a single broad word."""
    words = words_of(user, text)
    people = scope(user, gone=gone)
    asked = [word for word in words if word.condition is None]
    cap = limit if len(words) == 1 else None
    for word in asked:
        people = people.filter(pk__in=_narrowed(_ways(user, word, gone), cap))
    wanted = tuple(word.condition for word in words if word.condition is not None)
    if wanted:
        people = conditions.filter(
            people, Group(True, wanted), on or timezone.localdate(), user.community_ids()
        )
    return Search(people, words, capped=bool(cap and asked))


def scope(user: Any, *, gone: bool = False) -> Any:
    """Everybody this user sees, cut along the community first because that is how the indexes begin."""
    mine = Person.objects.visible_to(user)
    if user.scope()[1]:
        mine = mine.filter(community_id__in=user.community_ids())
    if gone:
        # Nearly nobody is merged: an index over that would lead through everybody, so it is kept out of sight.
        unmerged = mine.alias(kept=Coalesce("merged_into_id", Value(0))).filter(kept=0)
        return unmerged.filter(present__in=[True, False])
    return mine.filter(present__in=HERE)


def _narrowed(ways: list[QuerySet[Any]], cap: int | None) -> Any:
    first, *others = (way.order_by().values("pk") for way in ways)
    every = first.union(*others, all=True) if others else first
    return every[:cap] if cap else every


def _ways(user: Any, word: Word, gone: bool) -> list[QuerySet[Any]]:
    """Each way in which a word may mean somebody, as a query that an index answers."""
    people = scope(user, gone=gone)
    if word.means == Means.LETTERS:
        return _by_letters(user, people, word.text)
    if word.means == Means.FIGURES:
        return _by_figures(user, people, word.text)
    if word.means == Means.PLACE and word.place is not None:
        return [_behind(houses_at(user, word.place))]
    return _by_name(user, people, word.text)


def _behind(houses: QuerySet[Any]) -> QuerySet[Any]:
    """Who lives behind these doors. From the doors to the people: asking for the community too would lead the database
    through all of it. The queryset around this one knows what the user may see.
    """
    return Person.objects.filter(house__in=houses.order_by().values("pk"))


def between(column: str, beginning: str) -> Q:
    """Begins with these letters, as a range: the same for every index, database and locale."""
    after = beginning[:-1] + chr(ord(beginning[-1]) + 1)
    return Q(**{f"{column}__gte": beginning, f"{column}__lt": after})


def _by_letters(user: Any, people: Any, letters: str) -> list[QuerySet[Any]]:
    others = people.filter(pk__in=bearers([letters], user.community_ids(), beginning=True))
    ways = [people.filter(between("pinyin", letters)), others]
    if len(letters) > 1:
        # Whoever is found by both stands in the list once: pk__in asks for membership only.
        ways.insert(1, people.filter(between("initials", letters)))
    # zhangsf: the surname in full, the rest by initials.
    for cut in range(max(2, len(letters) - 3), min(len(letters), 7)):
        mixed = between("initials", letters[0] + letters[cut:])
        ways.append(people.filter(mixed, pinyin__startswith=letters[:cut]))
    return ways


def _by_name(user: Any, people: Any, text: str) -> list[QuerySet[Any]]:
    tokens = [token for token in bigrams(text) if token.isalnum()]
    if len(text) > 1 and not text.isascii():
        tokens = [token for token in tokens if len(token) > 1] or tokens
    if not tokens:
        return [people.none()]
    alone = len(tokens) == 1 and len(tokens[0]) == 1
    named = people.filter(pk__in=bearers(tokens, user.community_ids(), beginning=alone))
    if len(tokens) > 1:
        # The pairs might stand in another order, or partly in the former name.
        named = named.filter(Q(name__contains=text) | Q(former_name__contains=text))
    buildings = called(user, text) if len(text) > 1 else []
    return [named, _behind(House.objects.filter(building__in=buildings))] if buildings else [named]


def _by_figures(user: Any, people: Any, figures: str) -> list[QuerySet[Any]]:
    ways = [people.filter(pk__in=list(_bearing(user, IdentityPaper, "paper", figures)))]
    if not figures.endswith("X"):
        ways.append(people.filter(pk__in=list(_bearing(user, Phone, "phone", figures))))
    if figures.isdigit() and len(figures) <= 4:
        ways.append(_behind(houses_numbered(user, figures)))
    return ways


def _bearing(user: Any, model: Any, purpose: str, figures: str) -> set[int]:
    """Who bears a number: the whole of it by its hash, four figures and more at its end by the hash of the tail."""
    rows = model.objects.visible_to(user).filter(ended_on=None, community_id__in=user.community_ids())
    found = set(rows.filter(hash__in=_hashes(purpose, figures)).values_list("person_id", flat=True))
    plain = figures.replace("-", "")
    if len(plain) < 4 or found:
        return found
    tails = rows.filter(tail=blind_tail(plain, purpose))
    if len(plain) == 4:
        return found | set(tails.values_list("person_id", flat=True)[:BROAD])
    opened = tails.only("person_id", "sealed")[:OPENED]
    return found | {row.person_id for row in opened if row.number.replace("-", "").endswith(plain)}


def _hashes(purpose: str, figures: str) -> list[str]:
    if len(figures) < 7:
        return []
    numbers = {figures, figures.lower()}
    if purpose == "paper":
        checked = identity.check(figures, on=timezone.localdate())
        numbers |= {checked.number} if checked.number else set()
    else:
        numbers |= set(read_phones(figures).numbers)
    return [blind(number, purpose) for number in numbers]
