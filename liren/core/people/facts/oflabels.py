"""Of labels (标签的答案): what is said with a label — certificate, level, days."""

import datetime
from collections.abc import Callable
from typing import Any

from .dossiers import age_on


def _attribute(name: str) -> Callable[[Any, datetime.date], Any]:
    return lambda label, on: label.attributes.get(name)


def _evidence(label: Any, on: datetime.date) -> str:
    return str(label.attributes.get("cert_no") or label.attributes.get("number") or label.evidence or "")


def _began(*names: str) -> Callable[[Any, datetime.date], str]:
    def found(label: Any, on: datetime.date) -> str:
        said = next((label.attributes[name] for name in names if label.attributes.get(name)), "")
        return str(said or (label.from_on.isoformat() if label.from_on else ""))

    return found


def _both(label: Any, on: datetime.date) -> str:
    return "".join(str(label.attributes.get(name) or "") for name in ("category", "level"))


OF_LABELS: dict[str, tuple[str, Callable[[Any, datetime.date], Any]]] = {
    "disability_cert": ("disability", _evidence),
    "disability_category": ("disability", _attribute("category")),
    "disability_level": ("disability", _attribute("level")),
    "disability_both": ("disability", _both),
    "disability_issued": ("disability", _began("issue_date")),
    "minimum_cert": ("minimum_living", _evidence),
    "minimum_start": ("minimum_living", _began("start_date")),
    "minimum_persons": ("minimum_living", _attribute("persons")),
    "minimum_amount": ("minimum_living", _attribute("monthly_amount")),
    "margin_cert": ("minimum_living_margin", _evidence),
    "destitute_mode": ("destitute", _attribute("support_mode")),
    "destitute_care": ("destitute", _attribute("care")),
    "disabled_elder_level": ("disabled_elder", _attribute("level")),
    "veteran_kind": ("veteran", _attribute("kind")),
    "veteran_enlisted": ("veteran", _attribute("enlist_date")),
    "veteran_discharged": ("veteran", _attribute("discharge_date")),
    "bereaved_kind": ("bereaved", _attribute("kind")),
    "bereaved_when": ("bereaved", _attribute("event_date")),
    "child_kind": ("child_in_need", _attribute("kind")),
    "left_behind_parents": ("child_left_behind", _attribute("parents")),
    "expectant_due": ("expectant", _attribute("due_date")),
    "expectant_gravidity": ("expectant", _attribute("gravidity")),
    "unemployed_since": ("unemployed", _began("register_date")),
    "unemployed_cert": ("unemployed", _evidence),
    "unemployed_reason": ("unemployed", _attribute("reason")),
    "unemployed_wish": ("unemployed", _attribute("intention")),
    "party_joined": ("party_member", _began("join_date")),
    "party_branch": ("party_member", _attribute("branch")),
    "party_years": (
        "party_member",
        lambda label, on: age_on(_began("join_date")(label, on), on),
    ),
    "volunteer_number": ("volunteer", _evidence),
    "volunteer_team": ("volunteer", _attribute("team")),
    "volunteer_hours": ("volunteer", _attribute("hours")),
    "volunteer_since": ("volunteer", _began("register_date")),
    "mental_diagnosis": ("mental_disorder", _attribute("diagnosis")),
    "mental_risk": ("mental_disorder", _attribute("risk_level")),
    "mental_followup": ("mental_disorder", _attribute("last_followup")),
    "corrections_kind": ("corrections", _attribute("kind")),
    "corrections_start": ("corrections", _attribute("start_date")),
    "corrections_end": ("corrections", _attribute("end_date")),
    "pension_kind": ("pension_check", _attribute("pension")),
    "pension_due": ("pension_check", _attribute("due_date")),
    "pension_state": ("pension_check", _attribute("state")),
    "pension_method": ("pension_check", _attribute("method")),
}
