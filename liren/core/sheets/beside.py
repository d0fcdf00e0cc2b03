"""Side by side (并列的表): one heading row may hold several lists, or several people of one household."""

from itertools import pairwise

from .layout import Layout, Table


def split(layout: Layout, table: Table) -> list[Table]:
    """Split a heading that repeats itself to the right into tables of their own."""
    labels = [(column, path[-1]) for column, path in table.columns if path]
    if len(labels) < 4:
        return [table]
    parts = _repeated_parts(layout, table, labels) or _repeated_people(layout, table)
    return parts or [table]


def _repeated_parts(layout: Layout, table: Table, labels: list[tuple[int, str]]) -> list[Table]:
    """Whole lists beside one another: the first label comes again, with at least one of its neighbours."""
    starts = [column for column, label in labels if label == labels[0][1]]
    bounds = [*starts, table.right + 1]
    parts = [
        [(column, path) for column, path in table.columns if left <= column < right]
        for left, right in pairwise(bounds)
    ]
    names = [{path[-1] for _, path in part if path} for part in parts]
    if len(parts) < 2 or any(len(names[0] & other) < 2 or len(other - names[0]) > 1 for other in names[1:]):
        return []
    if _different_roles(layout, parts):
        return []
    return [_part(layout, table, part) for part in parts]


def _repeated_people(layout: Layout, table: Table) -> list[Table]:
    """One household per row, its members side by side: the columns in front belong to each of them."""
    keys = {column: _own_fact(layout, path) for column, path in table.columns if path}
    starts = [column for column, key in keys.items() if key == "name"]
    if len(starts) < 2:
        return []
    bounds = [*starts, table.right + 1]
    groups = [[column for column in keys if left <= column < right] for left, right in pairwise(bounds)]
    facts = [[keys[column] for column in group if keys[column]] for group in groups]
    # each member repeats the facts of the second one; what follows the last belongs to the household
    pattern = facts[1] if len(facts) > 2 else facts[0]
    if "id_number" not in pattern or any(each[: len(pattern)] != pattern for each in facts):
        return []
    shared = [column for column in keys if column < starts[0]] + groups[-1][len(pattern) :]
    paths = dict(table.columns)
    parts = []
    for group in groups:
        own = sorted([*shared, *group[: len(pattern)]])
        parts.append(_part(layout, table, [(column, paths[column]) for column in own]))
        parts[-1].wide = True
    return parts


def _own_fact(layout: Layout, path: tuple[str, ...]) -> str:
    """The key of a column about somebody of the household; 户主 / 姓名 is a name like any other."""
    key = layout.vocabulary.read_path(path)[0]
    role, _, fact = key.rpartition(".")
    return fact if role in layout.vocabulary.members else key


def _part(layout: Layout, table: Table, part: list[tuple[int, tuple[str, ...]]]) -> Table:
    while part and not part[-1][1]:
        part.pop()
    above = [(row, text) for row, text in table.above if _stands_over(layout, row, text, part)]
    return Table(
        table.sheet, table.header, part, table.first, table.last, above, table.context, repeats=table.repeats
    )


def _different_roles(layout: Layout, parts: list[list[tuple[int, tuple[str, ...]]]]) -> bool:
    """户主|姓名 … 监护人|姓名 … is one table about several people, not two tables."""
    keys = [{layout.vocabulary.read_path(path)[0] for _, path in part if path} for part in parts]
    return any(keys[0].isdisjoint(other) for other in keys[1:])


def _stands_over(layout: Layout, row: int, text: str, part: list[tuple[int, tuple[str, ...]]]) -> bool:
    """A title belongs to the part it stands over, or to all when it spans them."""
    for column, cell in layout.filled(row):
        if cell == text:
            _, left, _, right = layout.span(row, column)
            if right - left >= layout.width - 2 or len(layout.filled(row)) == 1:
                return True
            return left <= part[-1][0] and right >= part[0][0]
    return True
