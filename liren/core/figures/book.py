"""The book of figures: every one that a duty or a door declares."""

from functools import lru_cache

from liren.core import duty

from . import Figure


@lru_cache(maxsize=1)
def _book() -> dict[str, Figure]:
    """Read once: the book is closed when the server has started."""
    book: dict[str, Figure] = {}
    for each in duty.everybody():
        for figure in each.figures:
            if figure.key in book:
                raise ValueError(f"two figures called {figure.key}")
            if figure.dated and figure.dated not in figure.source.dates:
                raise ValueError(f"{figure.key}: its source has no date called {figure.dated}")
            book[figure.key] = figure
    return book


def all_figures() -> list[Figure]:
    """Every figure, in the order in which people read them."""
    return sorted(_book().values(), key=lambda figure: (figure.order, figure.key))


def figure(key: str) -> Figure:
    """The figure of a key; KeyError for one that nobody declares."""
    return _book()[key]


def named(*keys: str) -> list[Figure]:
    """Several figures, in the order asked for."""
    return [figure(key) for key in keys]
