"""Forms (表单) in our look: the label above, the hint says how, the mistake says what to change."""

from typing import Any

from django import forms, template
from django.forms import BoundField

register = template.Library()

PLAIN = {"class": "in"}
# What Django gives a text area that nobody sized; too tall for a form that one fills in between two visitors.
DJANGO_ROWS = "10"


def kind_of(bound: BoundField) -> str:
    """Which template draws it: field, check, choices, or nothing for hidden ones."""
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "choices" if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple) else "field"


def described_by(bound: BoundField, hint: str) -> str:
    """Ids of the hint and of the mistake, for ears."""
    ids = [f"{bound.id_for_label}_hint"] if hint else []
    ids += [f"{bound.id_for_label}_error"] if bound.errors else []
    return " ".join(ids)


def attributes(bound: BoundField, kind: str, hint: str, given: dict[str, Any]) -> dict[str, Any]:
    """Attributes for the control: look, description, mistake."""
    attrs = dict(PLAIN) if kind == "field" else {}
    if extra := bound.field.widget.attrs.get("class"):
        attrs["class"] = f"{attrs.get('class', '')} {extra}".strip()
    if described := described_by(bound, hint):
        attrs["aria-describedby"] = described
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if isinstance(bound.field.widget, forms.Textarea) and bound.field.widget.attrs.get("rows") == DJANGO_ROWS:
        attrs["rows"] = "4"
    return attrs | {name.replace("_", "-"): value for name, value in given.items()}


@register.inclusion_tag("pages/tags/field.html")
def field(
    bound: BoundField, label: str = "", hint: str = "", wide: bool = False, **given: Any
) -> dict[str, Any]:
    """``{% field form.name %}``; `label` and `hint` stand in for the form's own, `wide` takes the whole row,
    anything else becomes an attribute of the control (``autocomplete="off"``, ``data_private=True``)."""
    kind = kind_of(bound)
    hint = hint or str(bound.help_text or "")
    attrs = attributes(bound, kind, hint, given)
    return {
        "bound": bound,
        "kind": kind,
        "label": label or bound.label,
        "hint": hint,
        "control": bound.as_widget(attrs=attrs) if kind != "choices" else "",
        "options": list(bound) if kind == "choices" else [],
        "wide": wide,
        "large": kind == "choices" and getattr(bound.field.widget, "sentences", False),
    }


@register.inclusion_tag("pages/tags/form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, Any]:
    """``{% form_errors form %}``: mistakes of the whole form, and links to the fields when several are wrong."""
    wrong = [bound for bound in form if bound.errors and not bound.is_hidden]
    whole = [*form.non_field_errors(), *(e for b in form.hidden_fields() for e in b.errors)]
    return {"whole": whole, "wrong": wrong if len(wrong) > 1 else []}


@register.inclusion_tag("pages/tags/form_fields.html")
def form_fields(form: forms.BaseForm) -> dict[str, Any]:
    """``{% form_fields form %}``: the summary and every field in order, for simple forms."""
    return {"form": form}
