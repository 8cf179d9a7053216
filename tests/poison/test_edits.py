"""Single cells of the data library edited at random: each edit is told with its place, or the book that is recorded with it agrees with itself.

An edit is what a hand may do to a cell: a digit changed, the cell of another row, a word taken out, all taken out. What a gate tells only because
the outputs or the descriptions for machines were not made anew is not told: both are made anew before the book is held against itself.
"""

import json
import os
import random
import re
from itertools import cycle, islice
from typing import NamedTuple

import pytest
from agreement import disagreements
from command import evidence
from nudge import nudge
from tables import read, write

from evidence.catalog import schema
from evidence.editions import build_site
from evidence.gates import Desk, run_gates

pytestmark = pytest.mark.slow

SHARE = float(os.environ.get("SHARE_OF_EDITS", "0.06"))
COUNT, BY_COMMAND = round(200 * SHARE), 6
"""How many edits to try: 12, and 200 with SHARE_OF_EDITS=1; every sixth that is told, the first of them, is also tried through the command."""


class Edit(NamedTuple):
    """A cell and what is written into it."""

    file: str
    row: int
    column: str
    old: str
    new: str
    way: str

    def __str__(self):
        return f"{self.file}, row {self.row}, {self.column}, {self.way}: {self.old!r} to {self.new!r}"


def another_number(cell, _others, _dice):
    return nudge(cell) if re.search(r"\d", cell) else cell


def another_cell(_cell, others, dice):
    return dice.choice(others)


def without_a_word(cell, _others, dice):
    words = cell.split(" ")
    words.pop(dice.randrange(len(words)))
    return " ".join(words)


def emptied(_cell, _others, _dice):
    return ""


WAYS = {"another number": another_number, "another cell": another_cell, "a word taken out": without_a_word, "emptied": emptied}


def cells(book, table, column):
    """Return the cells of a column as file, row and content."""
    folder = book / "data" / table.path
    files = sorted(folder.glob("*.csv")) if folder.is_dir() else [folder] * folder.is_file()
    return [(f"data/{path.relative_to(book / 'data')}", number, row[column]) for path in files for number, row in enumerate(read(path), 2)]


def draw(book, dice):
    """Yield edits without end, every second one of a figure, no two of one row."""
    columns = [(table, column.name) for table in schema.tables() for column in table.columns]
    figures = [(table, name) for table, name in columns if table.name == "figures"]
    seen = set()
    while True:
        for among in (figures, columns):
            table, column = dice.choice(among)
            there = cells(book, table, column)
            file, row, old = dice.choice(there or [("", 0, "")])
            way = dice.choice(list(WAYS))
            new = WAYS[way](old, [cell for _, _, cell in there] or [""], dice)
            if new != old and (file, row) not in seen:
                seen.add((file, row))
                yield Edit(file, row, column, old, new, way)


def apply(book, edit, content):
    rows = read(book / edit.file)
    rows[edit.row - 2][edit.column] = content
    write(book / edit.file, rows)


def hard(gates):
    """Return the problems of gates that making outputs and descriptions anew does not mend."""
    found = [problem for gate in gates for problem in gate.problems]
    return [problem for problem in found if not problem.recordable and problem.place.file != "data/datapackage.json"]


def told(book, desk):
    """Return what the gates say of the book, the later ones only where the data are well-formed."""
    return hard(desk.read(book / "data", book / "chapters").data) or hard(run_gates(book / "data", book / "chapters", desk=desk))


def by_command(book, problems):
    """Return whether the command ends as it must, and names every place of what is to mend."""
    done = evidence("check", folder=book)
    printed = " ".join(done.printed.split())
    return done.code == 1 and all(str(problem.place) and str(problem.place) in printed for problem in problems)


@pytest.fixture(scope="module")
def edits(copy):
    """The edits and, of each, what the gates say; of those to be tried through the command also whether it says so."""
    dice, desk, tried, turn = random.Random(20261128), Desk(), [], cycle(range(BY_COMMAND))
    for edit in islice(draw(copy, dice), COUNT):
        apply(copy, edit, edit.new)
        problems = told(copy, desk)
        tried.append((edit, problems, by_command(copy, problems) if problems and not next(turn) else None))
        apply(copy, edit, edit.old)
    return tried


def test_what_is_told_of_an_edited_cell_has_a_place_also_in_the_command(edits):
    assert [str(edit) for edit, problems, _ in edits if not all(problem.place for problem in problems)] == []
    assert [str(edit) for edit, _, said in edits if said is False] == []
    assert any(said for _, _, said in edits)


def numbers(site):
    """Return what the ledger of a built site states of each figure as a number."""
    figures = json.loads((site / "ledger.json").read_text(encoding="utf-8"))["figures"]
    return {figure["id"]: tuple(figure[name] for name in ("stated", "shown", "value", "unit", "verdict")) for figure in figures}


def test_a_book_with_the_edits_that_nothing_tells_states_the_same_numbers_and_agrees_with_itself(
    site, book, edits, tmp_path, record_property
):
    silent = [edit for edit, problems, _ in edits if not problems]
    for edit in silent:
        apply(book, edit, edit.new)
    for words in (["format"], ["record"], ["check"]):
        done = evidence(*words, folder=book)
        assert done.code == 0, (done.printed, done.complained, *map(str, silent))
    built = build_site(book, tmp_path / "site")
    assert numbers(built) == numbers(site)
    parted, compared = disagreements(built)
    assert parted == []
    assert compared > 20_000
    record_property("told", f"{len(edits)} edited cells: {len(edits) - len(silent)} told, {len(silent)} in a book that agrees with itself")
