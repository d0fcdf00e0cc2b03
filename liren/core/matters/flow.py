"""Flow (流程): the frozen table of stages and moves of one kind of matter. Everything else is derived from it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from liren.core.duty import Refused

# What a move may ask for. Pages draw the input, `read_facts` checks it, machines see the name.
INPUTS = ("line", "text", "date", "moment", "choice", "user", "yes", "whole")

Guard = Callable[[Any, Any], str]
Effect = Callable[..., None]


@dataclass(frozen=True)
class Ask:
    """One thing that a move asks for: key, Chinese name, kind of input out of `INPUTS`."""

    key: str
    name: str
    input: str = "line"
    required: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""

    def __post_init__(self) -> None:
        if self.input not in INPUTS:
            raise ValueError(f"{self.key} asks for an unknown input {self.input}")


@dataclass(frozen=True)
class Clock:
    """The time limit of a stage: the key of a rule, or one of several chosen by what the matter says of itself.

    Counted from entering the stage, or from the opening of the matter when `from_opening`. `ordered(matter)` gives a time
    that was ordered for this very matter, with its ground; it goes before the rule.
    """

    rule: str = ""
    among: Mapping[str, str] = field(default_factory=dict)
    chosen_by: Callable[[Any], str] | None = None
    from_opening: bool = False
    ordered: Callable[[Any], tuple[datetime, str] | None] | None = None

    @property
    def rules(self) -> tuple[str, ...]:
        """Every rule that may apply; each must be shipped with its legal basis."""
        return tuple(dict.fromkeys([*([self.rule] if self.rule else []), *self.among.values()]))

    def rule_for(self, matter: Any) -> str:
        """The rule that applies to this matter; empty for none."""
        chosen = self.chosen_by(matter) if self.chosen_by else ""
        return self.among.get(chosen, self.rule)


@dataclass(frozen=True)
class Stage:
    """A stage (阶段): what stands to be done in it, by when. Without `todo` it is an end.

    `pool`: the step belongs to nobody in particular until somebody takes it. `waits`: the step waits on others.
    `said` is what the resident reads instead of the name; `rated`: the one who asked may say here already what they
    think of the answer, before it is closed.
    """

    key: str
    name: str
    todo: str = ""
    clock: Clock | None = None
    pool: bool = False
    waits: bool = False
    said: str = ""
    rated: bool = False

    @property
    def is_end(self) -> bool:
        """Whether nothing is left to be done."""
        return not self.todo


@dataclass(frozen=True)
class Move:
    """A move (动作): from which stages to which, who may, what it asks for.

    `guard(matter, by)` says in a sentence why this person may not now, or nothing. `effect(matter, entry, by=, **facts)`
    writes what the room keeps beside, in the same transaction. `outcomes` names what a closing move may come to.
    `letter` is its key on the keyboard; `by_resident` lets the one who asked do it in the portal.
    """

    key: str
    name: str
    start: tuple[str, ...]
    end: str
    ability: str = "matters.work"
    asks: tuple[Ask, ...] = ()
    outcomes: tuple[str, ...] = ()
    guard: Guard | None = None
    effect: Effect | None = None
    letter: str = ""
    icon: str = "check"
    note_required: bool = False
    public: bool = False
    by_resident: bool = False
    words: str = ""

    def read_facts(self, facts: Mapping[str, Any]) -> dict[str, Any]:
        """The facts as asked for. Refuses a missing or unknown one with a sentence."""
        known = {ask.key: ask for ask in self.asks}
        if strange := set(facts) - set(known):
            raise Refused(f"「{self.name}」用不上这些内容：{'、'.join(sorted(strange))}")
        for ask in self.asks:
            value = facts.get(ask.key)
            if ask.required and value in (None, "", False):
                raise Refused(f"请填上「{ask.name}」")
            if ask.choices and value not in (None, "") and value not in dict(ask.choices):
                raise Refused(f"「{ask.name}」里没有这一项")
        return {key: facts[key] for key in known if facts.get(key) not in (None, "")}


MERGED = Stage("merged", "已并入其他事项", said="已与相同的事项一起办理")


@dataclass(frozen=True)
class Flow:
    """A flow (流程): the first stage is where a matter begins; `path` is the ordinary way shown as steps.

    Every flow also has the end `merged`, reached by `actions.merge` alone.
    """

    stages: tuple[Stage, ...]
    moves: tuple[Move, ...]
    path: tuple[str, ...] = ()
    version: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "_stages", {each.key: each for each in (*self.stages, MERGED)})
        object.__setattr__(self, "_moves", {each.key: each for each in self.moves})
        if len(self._stages) != len(self.stages) + 1 or len(self._moves) != len(self.moves):  # type: ignore[attr-defined]
            raise ValueError("two stages or two moves of one key")
        for move in self.moves:
            if unknown := {*move.start, move.end} - set(self._stages):  # type: ignore[attr-defined]
                raise ValueError(f"move {move.key} names unknown stages {sorted(unknown)}")

    @property
    def start(self) -> Stage:
        """Where a matter begins."""
        return self.stages[0]

    def stage(self, key: str) -> Stage:
        """A stage by its key; KeyError for none."""
        found: Stage = self._stages[key]  # type: ignore[attr-defined]
        return found

    def move(self, key: str) -> Move | None:
        """A move by its key."""
        found: Move | None = self._moves.get(key)  # type: ignore[attr-defined]
        return found

    def from_stage(self, key: str) -> Iterator[Move]:
        """The moves that lead on from a stage, in the order of the table."""
        return (move for move in self.moves if key in move.start)

    def find(self, key: str, stage: str) -> Move:
        """The move from this stage. Refuses one that is not possible, and says what is."""
        move = self.move(key)
        if move is None:
            raise Refused("没有这个动作，请刷新页面再看")
        if stage not in move.start:
            now = self.stage(stage)
            names = "、".join(f"「{each.name}」" for each in self.from_stage(stage))
            can = f"可以：{names}" if names else "已经办完了"
            raise Refused(f"现在是「{now.name}」，不能「{move.name}」。{can}")
        return move

    def steps(self) -> tuple[Stage, ...]:
        """The ordinary way from the beginning to the end."""
        return tuple(self.stage(key) for key in self.path) if self.path else self.stages
