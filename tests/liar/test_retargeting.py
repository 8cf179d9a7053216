"""Numbers linked to another figure, over the whole book: any that the number would be true of too, and records that were stuffed with words to fit everything."""

import random
from dataclasses import replace
from functools import lru_cache
from string import ascii_lowercase

import pytest
from lies import Lies
from whole import LIBRARY, numbers

from evidence.catalog import Library, schema
from evidence.quantity import parse
from evidence.statements import check_statement
from evidence.statements.checking import check_passages
from evidence.statements.propositions import number
from evidence.statements.rules.subject import index

STUFFED = 50
WRONG = 0.08
"""Share of links that may accept some wrong figure."""
AT_MOST = 0.05
"""Share of true links that fifty such records may make ambiguous: their authors are then asked to say more."""


def turned(passage, link, target):
    """Return a passage with one link turned to another figure."""
    links = [replace(one, target=target) if one is link else one for one in passage.block.links]
    return replace(passage, block=replace(passage.block, links=links))


def rules(passage, library):
    """Return the rules that the sentences of a passage break."""
    return {problem.rule for problem in check_passages([passage], library).faults}


def true_of(link, library):
    """Return the figures and ranges other than its own for which a check of numbers would let a link pass, none of them declared the same fact."""
    same = index(library).same
    return [name for name in admitting(link.text, library) if name != link.target and not same(name, link.target)]


@lru_cache(maxsize=4096)
def admitting(text, library):
    """Return every figure and range of which a text holds, whatever the rules of sentences look at."""
    stated = parse(number(text))
    ends = [end.interval for end in stated.ends or (stated,)]
    low, high = min(end.low for end in ends), max(end.high for end in ends)
    known = {name: (figure,) for name, figure in library.figures.items()} | library.ranges
    near = [
        name for name, found in known.items() if any(low <= f.quantity.interval.high and f.quantity.interval.low <= high for f in found)
    ]
    return [name for name in near if check_statement(text, name, library).holds]


def test_a_number_linked_to_another_figure_that_it_is_true_of_is_found_out():
    """Each link turned to every other figure: of those that break no rule, however few they are, no more links than a share have one."""
    lies, accepting, whole = Lies("retarget", 0.95, "subject"), 0, 0
    for passage, link in numbers():
        found = {target: rules(turned(passage, link, target), LIBRARY) for target in true_of(link, LIBRARY)}
        for target, broken in found.items():
            lies.tell(f"{passage.page}: [{link.text}]({link.target}) to {target}", broken)
        accepting, whole = accepting + (not all(found.values())), whole + bool(found)
    lies.held()
    assert whole > 100
    assert accepting < WRONG * len(numbers()), f"{accepting} of {len(numbers())} links accept a wrong figure"


def stuffed(column, cells, texts):
    """Return the library with records that state the number of another and have so many of its texts in some cells.

    Args:
        column: Of the figures, whose texts these are.
        cells: The cells that are stuffed with them.
        texts: How many there are in each.
    """
    chance, rows = random.Random(18), LIBRARY.all_rows("figures")
    single = [row for row in rows if not row["id"].endswith((".low", ".high"))]
    known = sorted({row[column] for row in rows if row[column]})
    more = []
    for place in range(STUFFED):
        said = {cell: "; ".join(chance.sample(known, texts)) for cell in cells}
        name = f"stuffed.{ascii_lowercase[place // 26]}.{ascii_lowercase[place % 26]}"
        blank = dict.fromkeys(("population", "quote", "series", "category", "place", "note"), "")
        more.append(chance.choice(single) | blank | said | {"id": name})
    return Library({table.name: LIBRARY.all_rows(table.name) for table in schema.tables()} | {"figures": [*rows, *more]})


@pytest.mark.parametrize(
    ("column", "cells", "texts"),
    [
        pytest.param("population", ("population", "quote"), 2, marks=pytest.mark.slow),
        ("population", ("population", "quote"), 10),
        pytest.param("population", ("population", "quote"), 40, marks=pytest.mark.slow),
        ("quote", ("quote",), 6),
        pytest.param("quote", ("quote",), 200, marks=pytest.mark.slow),
    ],
)
def test_records_stuffed_with_words_help_no_wrong_link_and_hurt_hardly_any_true_one(column, cells, texts):
    library = stuffed(column, cells, texts)
    lies, alarms, accepting = Lies(f"retarget to records of {texts} {column}s", 0.93, "subject"), 0, 0
    for passage, link in numbers():
        targets = true_of(link, library)
        found = {target: rules(turned(passage, link, target), library) for target in targets}
        for target in (target for target in targets if target.startswith("stuffed.")):
            lies.tell(f"{passage.page}: [{link.text}]({link.target}) to {target}", found[target])
        accepting += not all(found.values())
        alarms += any(target.startswith("stuffed.") for target in targets) and bool(rules(passage, library))
    lies.held()
    assert accepting < WRONG * len(numbers()), f"{accepting} links accept a wrong figure beside such records"
    assert alarms < AT_MOST * len(numbers()), f"{alarms} true links raise an alarm beside such records"
