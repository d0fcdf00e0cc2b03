"""Flaws (毛病): what a register kept for years has wrong, so that the quality page has something to find."""

import dataclasses

from liren.core.people.drafts import PersonDraft

from .residents import Census

# How often each flaw is made.
NO_PAPER, PARTIAL_BIRTH, IMPOSSIBLE, DOUBLES, NO_PHONE = 46, 24, 9, 14, 20
TWO_HEADS_EVERY = 250
# One written for the other: sounds alike, or looks alike.
MISTAKEN = {
    "芳": "方",
    "华": "花",
    "伟": "玮",
    "萍": "平",
    "红": "虹",
    "英": "瑛",
    "珍": "贞",
    "强": "祥",
    "明": "名",
}


def spoil(census: Census, drafts: list[PersonDraft]) -> None:
    """Makes every kind of flaw, in place; doubles are added."""
    dice = census.dice
    grown = [draft for draft in drafts if "1936" < draft.birth < "1998" and draft.kind == "registered"]
    picked = iter(dice.sample(grown, NO_PAPER + PARTIAL_BIRTH + IMPOSSIBLE + NO_PHONE))
    for _ in range(NO_PAPER):
        next(picked).papers = ()
    for number in range(PARTIAL_BIRTH):
        draft = next(picked)
        draft.birth = draft.birth[: 7 if number % 2 else 4]
        if number % 3:
            draft.papers = ()
    for _ in range(NO_PHONE):
        next(picked).phones = ()
    for number, draft in enumerate(picked):
        _make_impossible(draft, number)
    for wife in [draft for draft in drafts if draft.relation in ("10", "12")][::TWO_HEADS_EVERY]:
        wife.relation = "02"  # two rosters, each with a head of its own
    _enter_twice(census, drafts, grown)


def _make_impossible(draft: PersonDraft, number: int) -> None:
    if number % 3 == 0:
        draft.sex = "2" if draft.sex == "1" else "1"  # the number says otherwise
    elif number % 3 == 1:
        draft.birth = f"18{draft.birth[2:]}"
    elif draft.from_on:
        draft.from_on = draft.from_on.replace(year=int(draft.birth[:4]) - 3, day=1)


def _enter_twice(census: Census, drafts: list[PersonDraft], grown: list[PersonDraft]) -> None:
    """The same person a second time, from a roster without numbers, the name heard wrong."""
    similar = [
        draft for draft in grown if draft.name[-1] in MISTAKEN and draft.papers and len(draft.birth) == 10
    ]
    for number, draft in enumerate(census.dice.sample(similar, DOUBLES)):
        name = draft.name[:-1] + MISTAKEN[draft.name[-1]] if number % 2 else draft.name
        again = dataclasses.replace(
            draft,
            name=name,
            papers=(),
            birth=draft.birth[:7] if number % 3 == 0 else draft.birth,
            education="",
            labels=(),
            relation="",
            household_key=None,
            verified_on=None,
            remark="2023年流调名单转入",
        )
        drafts.append(again)
