"""Origins (出处): from which source one thing that is asked comes — a label, a number, a stay, a correction."""

from typing import Any

from .dossiers import Dossier
from .oflabels import OF_LABELS

# Things that are reckoned from another.
FROM = {"age": "birth", "birth_month": "birth", "birth_year": "birth"}
OF_STAYS = {
    "move_in",
    "years_here",
    "relation",
    "household_number",
    "address",
    "building",
    "unit",
    "room",
    "tenure",
}


def origin_of(dossier: Dossier, key: str) -> int:
    """The source of one thing; of what has none of its own that of the record as a whole."""
    label = OF_LABELS[key][0] if key in OF_LABELS else key[3:] if key.startswith("is:") else ""
    row = dossier.labels.get(label) if label else _row(dossier, key)
    if row is not None:
        return int(row.source_id)
    return dossier.changed.get(FROM.get(key, key), dossier.person.source_id)


def _row(dossier: Dossier, key: str) -> Any:
    if key == "phone":
        return dossier.phones[0] if dossier.phones else None
    if key == "id_number":
        return dossier.papers[0] if dossier.papers else None
    if key == "hukou_address":
        return dossier.hukou
    return dossier.residence if key in OF_STAYS else None
