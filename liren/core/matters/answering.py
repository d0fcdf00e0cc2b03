"""Answering (机读): a matter as machines read it, made from the same table as its page."""

from typing import Any

from .countdown import countdown
from .flow import Ask, Move
from .models import Matter


def as_data(matter: Matter, user: Any) -> dict[str, Any]:
    """Number, stage, clock and the moves that this user may make now, with what each asks for.

    Whoever calls this has found the matter by `visible_to(user)`.
    """
    return {
        # As text: a browser's numbers end at 53 bits, keys do not.
        "id": str(matter.pk),
        "number": matter.number,
        "kind": {"key": matter.kind, "name": matter.of_kind.name},
        "title": matter.title,
        "stage": {"key": matter.stage, "name": matter.at_stage.name, "is_end": matter.at_stage.is_end},
        "version": matter.version,
        "urgency": {"key": matter.urgency, "score": matter.urgency_score, "parts": matter.urgency_parts},
        "holder": str(matter.holder) if matter.holder else None,
        "opened_at": matter.opened_at.isoformat(),
        "closed_at": matter.closed_at.isoformat() if matter.closed_at else None,
        "outcome": matter.outcome or None,
        "clock": _clock(matter.main_todo),
        "moves": [_move(move, why) for move, why in matter.moves_for(user)],
    }


def _clock(todo: Any) -> dict[str, Any] | None:
    if todo is None:
        return None
    clock = countdown(todo)
    return {
        "todo": todo.what,
        "due_at": todo.due_at.isoformat() if todo.due_at else None,
        "words": clock.words if clock else "",
        "limit": todo.limit,
        "basis": todo.basis,
        "confirmed": todo.confirmed,
        "paused": todo.is_paused,
        "overdue": todo.is_overdue,
    }


def _move(move: Move, why_not: str) -> dict[str, Any]:
    return {
        "key": move.key,
        "name": move.name,
        "to": move.end,
        "allowed": not why_not,
        "why_not": why_not,
        "note_required": move.note_required,
        "outcomes": list(move.outcomes),
        "asks": [_ask(ask) for ask in move.asks],
    }


def _ask(ask: Ask) -> dict[str, Any]:
    return {
        "key": ask.key,
        "name": ask.name,
        "input": ask.input,
        "required": ask.required,
        "choices": [{"key": key, "name": name} for key, name in ask.choices],
        "hint": ask.hint,
    }
