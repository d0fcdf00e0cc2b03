"""Cuts by place (按区域分): community and grid, for every source whose rows have a `community` and an `area`."""

from collections.abc import Iterable, Mapping

from liren.core.areas.models import Area

from . import Cut

LOOSE = "loose"


def grid_cut(param: str) -> Cut:
    """By grid; what lies in no grid stands beside, under its community. `param` is what the list calls a grid."""

    def of_grid(key: str) -> dict[str, str]:
        loose = {"area": key.removeprefix(LOOSE), "gridless": "yes"}
        return loose if key.startswith(LOOSE) else {param: key}

    return Cut("grid", "网格", ("area_id", "community_id"), _grid_names, of_grid, _grid, _in_grid)


def community_cut() -> Cut:
    """By community."""
    return Cut("community", "社区", ("community_id",), _area_names, lambda key: {"area": key})


def _grid(values: tuple[str, ...]) -> str:
    area, community = values
    return f"{LOOSE}{community}" if area == community else area


def _in_grid(key: str) -> Mapping[str, tuple[str, ...]]:
    return {"area_id": (key.removeprefix(LOOSE),)}


def _grid_names(keys: Iterable[str]) -> dict[str, str]:
    wanted = list(keys)
    known = Area.objects.select_related("parent").in_bulk([int(key.removeprefix(LOOSE)) for key in wanted])
    by_path = sorted(wanted, key=lambda key: (known[int(key.removeprefix(LOOSE))].path, key))
    several = len({area.community_path for area in known.values()}) > 1
    return {key: _grid_name(known[int(key.removeprefix(LOOSE))], several) for key in by_path}


def _grid_name(area: Area, several: bool) -> str:
    if area.level != Area.Level.GRID:
        return f"{area.name}（没有落到网格）"
    return f"{area.parent.name}{area.name}" if several and area.parent else str(area.name)


def _area_names(keys: Iterable[str]) -> dict[str, str]:
    return {
        str(area.pk): area.name
        for area in Area.objects.filter(pk__in=[int(key) for key in keys]).order_by("path")
    }
