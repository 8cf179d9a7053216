"""Every relation over every sentence of a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from evidence.referee.comparing import Compared, told_by
from evidence.referee.mentions import Sentence
from evidence.referee.relations import (
    accounts,
    adding_up,
    again,
    balances,
    beside,
    between_groups,
    between_rows,
    bounds,
    chronicles,
    complete_parts,
    contrary,
    costed_items,
    differences,
    durations,
    each,
    each_person,
    gathered,
    in_points,
    in_table,
    lapses,
    levels,
    listed_parts,
    marks,
    mixes,
    moved_to,
    moves,
    named_bases,
    noun_ways,
    of_kind,
    pairs,
    parts,
    passage_sizes,
    points,
    portions,
    prose_orders,
    rank_followers,
    ranks,
    rates,
    reaches,
    report_series,
    retold,
    row_moves,
    rows,
    sequences,
    slips,
    spreads,
    stages,
    steps,
    stocks,
    tabular,
    taken_together,
    times,
    times_of_things,
    told_of_each,
    told_shares,
    wholes_apart,
    words,
)
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import Reach
from evidence.referee.relations.settling import Settled

RELATIONS: tuple[Callable[[Sentence, Reach], Iterator[Settled]], ...] = (
    *(parts.remainders, parts.all_but, parts.totals, parts.broken_down, parts.spread_out, parts.in_money),
    *(portions.portions, each.shared, each.paces, differences.sizes, differences.multiples),
    *(rows.portions_of_rows, rows.repeated_cells, rows.changes_of_rows, rows.portions_of_lists, balances.balances),
)


TRIED: frozenset[Callable[..., Iterator[object]]] = frozenset(
    (
        *(parts.remainders, differences.multiples, moved_to.moved_to, reaches.told_ranges, between_rows.times_of_rows),
        *(lapses.lapses, told_shares.shares_of_counts, durations.durations, marks.means_of_marks, beside.beside_a_cell),
        *(times_of_things.times_of_things, in_points.points_as_percent, taken_together.of_a_table),
    )
)
"""Rules that were right at least as often as wrong on reports against which nobody had mended them: they alarm. All others ask until they are tried."""


def settled(reach: Reach) -> list[Settled]:
    """Return what comes of every relation that a report states, a number once for each relation."""
    found = [
        replace(one, found=next(told_by(rule, [one.found], supposing=rule not in TRIED)))
        for sentence in reach.sentences
        if sentence.mentions
        for rule in RELATIONS
        for one in rule(sentence, reach)
    ]
    listed = [replace(one, found=next(told_by(parts.listed, [one.found]))) for one in parts.listed(reach)]
    return found + listed


WORDED: tuple[Callable[[Sentence, Reach], Iterator[Compared]], ...] = (
    *(times.check_times, bounds.scales),
    *(bounds.quartiles, bounds.records, bounds.real_terms, bounds.series, balances.signs),
    *(spreads.means, spreads.one_of_a_range, spreads.groups, spreads.answers),
    *(mixes.mean_of_two, mixes.share_of_groups, mixes.measured_as),
    *(words.to_one, words.weekly, words.in_a_year, words.shares_of, words.fractions_alone),
    *(tabular.rows_of_labels, tabular.than_together),
    *(
        in_table.held_by_few,
        gathered.summed_up,
        gathered.accounted,
        gathered.shares_in_turn,
        parts.whole_pounds,
    ),
    *(
        points.of_points_elsewhere,
        points.told_for_points,
        points.compounded,
        points.deflated,
        points.of_levels,
        pairs.two_parts,
        pairs.of_one_verb,
        beside.beside_a_cell,
        beside.first_or_last,
        beside.moved_since,
        beside.from_another_row,
    ),
    *(wholes_apart.contraries, wholes_apart.one_by_one, wholes_apart.two_each, wholes_apart.near_behind),
)


BOUND: tuple[Callable[[Sentence, Reach], Iterator[Compared]], ...] = (
    *(
        lapses.lapses,
        lapses.covered,
        durations.durations,
        durations.ages_in_time,
        report_series.report_series,
        named_bases.of_all,
        retold.cell_of_words,
    ),
    *(
        of_kind.parts_beyond_all,
        of_kind.as_many_as,
        of_kind.times_of_names,
    ),
    *(slips.sizes_of_changes, slips.sizes_on_levels, slips.nouns_of_changes, between_groups.between),
    *(passage_sizes.points_as_percent, passage_sizes.sizes_in_percent, passage_sizes.sizes_since_a_year),
    *(
        row_moves.ends_with_their_column,
        row_moves.from_cell_to_cell,
        told_of_each.each_or_all,
        told_of_each.each_of_many,
        each_person.for_each_person,
        told_of_each.portion_of_count,
        told_of_each.so_many_to_each,
    ),
    *(
        listed_parts.listed_parts,
        complete_parts.complete_parts,
        adding_up.broken_down_by,
        adding_up.told_together,
        taken_together.of_a_list,
        stocks.flows,
        adding_up.overlapping,
    ),
    accounts.rows_of_accounts,
    *(rates.times_told_behind, rates.rates_of_counts, spreads.outside_its_range, spreads.members, spreads.it_stood),
    *(marks.means_of_marks, marks.means_of_counts),
    *(contrary.contrary_sizes, contrary.contrary_sources, contrary.contrary_turns),
    told_shares.shares_of_counts,
    steps.steps,
    gathered.first_of_a_list,
    *(
        stages.stages_in_order,
        noun_ways.ways_of_nouns,
        noun_ways.ways_of_sizes,
        prose_orders.followed_by,
        prose_orders.highest_of_a_list,
        prose_orders.placed,
        sequences.stages_apart,
        sequences.listed_days,
        sequences.so_long_after_it,
        chronicles.reported_after,
        chronicles.years_of_accounts,
        chronicles.old_now,
        chronicles.so_long_after,
    ),
)
"""Relations whose numbers are bound by what they are of, so that nothing else of their passage explains what is stated."""


LINKED: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (
    *(
        moved_to.moved_to,
        moves.told_moves,
        levels.told_levels,
        reaches.told_ranges,
        between_rows.times_of_rows,
        between_rows.times_of_moves,
        times_of_things.times_of_things,
        ranks.ranked,
        rank_followers.followers,
        in_points.points_as_percent,
        taken_together.of_a_table,
    ),
)
"""Relations between what a clause says and the cells of tables that its words name."""


def bound(reach: Reach) -> Iterator[Compared]:
    """Yield what comes of relations that bind their numbers themselves."""
    linker = Linker(reach)
    for sentence in reach.sentences:
        for linked in LINKED:
            yield from told_by(linked, linked(sentence, linker), supposing=linked not in TRIED)
    for sentence in reach.sentences:
        for rule in BOUND:
            yield from told_by(rule, rule(sentence, reach), supposing=rule not in TRIED)
    for of_report in (stocks.tables_of_stocks, costed_items.costed_items):
        yield from told_by(of_report, of_report(reach))
    for whole in (retold.retold, slips.slipped, chronicles.told_in_order, chronicles.sent_before_returned):
        yield from told_by(whole, whole(reach), supposing=True)


def in_words(reach: Reach) -> Iterator[Compared]:
    """Yield what comes of what words say of numbers: ranks, ways, times."""
    for sentence in reach.sentences:
        for rule in WORDED:
            yield from told_by(rule, rule(sentence, reach), supposing=rule not in TRIED)
    for of_tables in (tabular.subtotals, tabular.means_of_columns):
        yield from told_by(of_tables, of_tables(reach.document))
    yield from told_by(again.turned_cells, again.turned_cells(reach))
    for whole in (portions.siblings, wholes_apart.told_twice, again.turned_over, again.lengths, again.ways_of_points):
        yield from told_by(whole, whole(reach), supposing=True)
