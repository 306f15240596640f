"""Rows that a grid does not have yet: a borough or a group that the last return did not have."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from outcomes.models import Category, Collection
from outcomes.periods import last_day
from outcomes.selectors.grid import Cell, Grid, in_order
from partners.models import Place


def places(collection: Collection, period: date) -> list[Place]:
    """The boroughs of the partnership that there were in the period."""
    days = period, last_day(period, collection.frequency)
    known = collection.partnership.places.all()
    return [place for place in known if place.existed_between(*days)]


def widened(grid: Grid, keys: Iterable[str]) -> Grid:
    """The grid with the cells of these names too.

    A row that somebody took away, or that was cleared, still stands on pages that are open.
    """
    missing = set(keys) - {cell.key for cell in grid.cells}
    found = [cell for cell in _possible(grid) if cell.key in missing] if missing else []
    return replace(grid, cells=in_order([*grid.cells, *found])) if found else grid


def _possible(grid: Grid) -> Iterable[Cell]:
    parts = [None, *places(grid.collection, grid.period)]
    groups = [None, *Category.objects.all()]
    for measure in grid.collection.measures.all():
        for place in parts:
            for group in groups:
                yield Cell(measure, place, group, None, is_asked=False)
