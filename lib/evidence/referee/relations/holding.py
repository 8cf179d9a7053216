"""Every relation over every sentence of a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from evidence.referee.comparing import Compared, told_by
from evidence.referee.mentions import Sentence
from evidence.referee.relations import (
    adding_up,
    again,
    beside,
    between_rows,
    differences,
    durations,
    each,
    in_points,
    listed_parts,
    marks,
    mixes,
    moves,
    named_bases,
    pairs,
    parts,
    passage_sizes,
    portions,
    ranks,
    reaches,
    retold,
    rows,
    slips,
    spreads,
    stages,
    steps,
    taken_together,
    times,
    times_of_things,
    told_of_each,
    told_shares,
)
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import Reach
from evidence.referee.relations.settling import Settled

RELATIONS: tuple[Callable[[Sentence, Reach], Iterator[Settled]], ...] = (
    *(parts.remainders, parts.broken_down, portions.portions, each.shared, differences.sizes, differences.multiples),
    *(rows.portions_of_rows, rows.changes_of_rows),
)


def settled(reach: Reach) -> list[Settled]:
    """Return what comes of every relation that a report states, a number once for each relation."""
    found = [
        replace(one, found=next(told_by(rule, [one.found])))
        for sentence in reach.sentences
        if sentence.mentions
        for rule in RELATIONS
        for one in rule(sentence, reach)
    ]
    listed = [replace(one, found=next(told_by(parts.listed, [one.found]))) for one in parts.listed(reach)]
    return found + listed


WORDED: tuple[Callable[[Sentence, Reach], Iterator[Compared]], ...] = (
    *(times.check_times, spreads.means, spreads.groups, spreads.answers, mixes.mean_of_two, mixes.share_of_groups),
    *(pairs.two_parts, beside.beside_a_cell),
)
"""Relations between words and numbers: how many times, means, and what a row's cells say."""


BOUND: tuple[Callable[[Sentence, Reach], Iterator[Compared]], ...] = (
    *(durations.durations, slips.sizes_of_changes, slips.sizes_on_levels),
    *(passage_sizes.points_as_percent, passage_sizes.sizes_in_percent),
    *(told_of_each.each_or_all, listed_parts.listed_parts, adding_up.told_together, marks.means_of_marks),
    *(told_shares.shares_of_counts, steps.steps, stages.stages_in_order, spreads.members, named_bases.of_all, retold.cell_of_words),
)
"""Relations whose numbers are bound by what they are of, so that nothing else of their passage explains what is stated."""


LINKED: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (
    *(moves.told_moves, reaches.told_ranges, times_of_things.times_of_things, ranks.ranked),
    *(in_points.points_as_percent, taken_together.of_a_table, between_rows.times_of_rows),
)
"""Relations between what a clause says and the cells of tables that its words name."""


def bound(reach: Reach) -> Iterator[Compared]:
    """Yield what comes of relations that bind their numbers themselves."""
    linker = Linker(reach)
    for sentence in reach.sentences:
        for linked in LINKED:
            yield from told_by(linked, linked(sentence, linker))
    for sentence in reach.sentences:
        for rule in BOUND:
            yield from told_by(rule, rule(sentence, reach))
    yield from told_by(retold.retold, retold.retold(reach))


def in_words(reach: Reach) -> Iterator[Compared]:
    """Yield what comes of what words say of numbers: times, and cells that are told again."""
    for sentence in reach.sentences:
        for rule in WORDED:
            yield from told_by(rule, rule(sentence, reach))
    yield from told_by(marks.means_of_columns, marks.means_of_columns(reach.document))
    yield from told_by(again.turned_cells, again.turned_cells(reach))
    for whole in (portions.siblings, again.turned_over):
        yield from told_by(whole, whole(reach))
