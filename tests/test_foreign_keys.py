"""A foreign key is an import too, even when it is written as a string."""

import pytest
from django.apps import apps

from . import tree

CORE = tree.layers("core")


def height(config):
    """How high an app stands; duties and doors stand above all of core, config and sample above them."""
    floor, app = (
        config.name.split(".")[1:3] if config.name.count(".") > 1 else (config.name.split(".")[1], "")
    )
    if floor == "core":
        return next(-number for number, row in enumerate(CORE) if app in row)
    return 1 if floor in {"duties", "doors"} else 2


def ours():
    return [m for m in apps.get_models() if m.__module__.startswith("liren.")]


@pytest.mark.parametrize("model", ours(), ids=lambda m: m.__name__)
def test_foreign_keys_point_down(model):
    here = apps.get_containing_app_config(model.__module__)
    for field in model._meta.get_fields():
        if field.concrete and field.is_relation and field.related_model in ours():
            there = apps.get_containing_app_config(field.related_model.__module__)
            down = here == there or height(there) < height(here)
            assert down, f"{model.__name__}.{field.name} looks up at {there.name}"


def test_every_app_of_core_has_its_place():
    folders = {
        path.name for path in (tree.ROOT / "liren" / "core").iterdir() if (path / "__init__.py").exists()
    }
    assert folders == {app for row in CORE for app in row}
