"""What a construction binds that has been tried is told without a second rule; what holds in one explains what other rules suppose."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from evidence.referee.comparing import Compared, told_by
from evidence.referee.constructions import (
    beyond,
    breakdowns,
    calendar,
    directions,
    gaps,
    in_time,
    moved,
    multiples,
    per_unit,
    portion_counts,
    portions_told,
    products,
    totals,
    whole_answers,
    years_counted,
)
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import Reach

ROOMS = (
    *(totals, breakdowns, portions_told, products, moved, gaps, whole_answers),
    *(directions, per_unit, multiples, beyond, calendar),
    *(in_time, years_counted, portion_counts),
)


TRIED: frozenset[Callable[..., Iterator[Compared]]] = frozenset(
    (
        *(moved.changes_told, portions_told.beside_part, portion_counts.portions_counted, totals.totals, breakdowns.made_of),
        *(per_unit.so_many_for_each, multiples.so_many_times, whole_answers.shares_of_few, gaps.points_as_percents),
        *(beyond.falls_beyond, calendar.later),
    )
)
"""Constructions that were right more often than wrong on reports against which nobody had mended them: they tell alone. All others need a second rule."""


def by_construction(reach: Reach) -> Iterator[Compared]:
    """Yield what comes of the constructions of every sentence that is read; as supposed where its rule has not been tried."""
    linker = Linker(reach)
    for sentence in reach.sentences:
        for room in ROOMS:
            for rule in room.RULES:
                yield from told_by(rule, rule(sentence, linker), supposing=rule not in TRIED)
