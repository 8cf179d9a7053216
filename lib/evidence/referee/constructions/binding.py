"""Every construction over every sentence of a report; what holds in one explains what other rules alarm at."""

from __future__ import annotations

from collections.abc import Iterator

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
    shares_in_words,
    totals,
    whole_answers,
    years_counted,
)
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import Reach

ROOMS = (
    *(totals, breakdowns, portions_told, products, moved, gaps, whole_answers),
    *(directions, shares_in_words, per_unit, multiples, beyond, calendar),
    *(in_time, years_counted, portion_counts),
)


def by_construction(reach: Reach) -> Iterator[Compared]:
    """Yield what comes of the constructions of every sentence that is read."""
    linker = Linker(reach)
    for sentence in reach.sentences:
        for room in ROOMS:
            for rule in room.RULES:
                yield from told_by(rule, rule(sentence, linker))
