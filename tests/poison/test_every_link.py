"""Every link in the prose, with its text changed by one unit, no longer holds: put a test here when a kind of link is added."""

import re
from dataclasses import replace
from fractions import Fraction

from every import every
from nudge import nudge
from whole import LIBRARY, checked, judged

from evidence import paths
from evidence.gates import recorded_problem
from evidence.quantity import parse
from evidence.statements import check_statement, read_notebook
from evidence.statements.propositions import number


def stated():
    """Return every number that the book links to a figure."""
    return [statement for statement in checked().statements if statement.kind == "figure"]


def named(statement):
    return f"{statement.page}:{statement.target}:{statement.text}"


def test_every_statement_holds_and_no_number_is_unbound():
    assert len(stated()) > 150
    assert checked().problems == []


@every("statement", stated, ids=named)
def test_a_changed_link_text_turns_a_gate_red(statement):
    changed = nudge(statement.text)
    assert changed != statement.text
    assert check_statement(statement.text, statement.target, LIBRARY).holds
    answer = check_statement(changed, statement.target, LIBRARY)
    assert (not answer.holds and answer.wrong and answer.remedy) or differs_from_the_record(statement, changed)


def differs_from_the_record(statement, changed):
    """Return whether the chapter's recorded table of statements gives away a link text that is still true, only rounder."""
    path = paths.chapters_dir() / f"{statement.page}.ipynb"
    listed = [entry for entry in checked().statements if entry.page == statement.page]
    assert recorded_problem(path, read_notebook(path), listed, judged(), LIBRARY) is None
    altered = [replace(entry, text=changed) if entry is statement else entry for entry in listed]
    return f"chapters/{statement.page}.ipynb" in str(recorded_problem(path, read_notebook(path), altered, judged(), LIBRARY))


def points():
    """Return those that state one number of a figure, and no range."""
    return [statement for statement in stated() if not parse(number(statement.text)).ends and statement.target in LIBRARY.figures]


@every("statement", points, ids=named)
def test_a_figure_of_the_other_sign_is_refused(statement):
    anchor = LIBRARY.figures[statement.target].quantity.anchor
    assert not anchor or not parse(number(statement.text)).admits(-anchor)


@every("statement", points, ids=named)
def test_a_figure_a_little_beyond_what_the_words_admit_is_refused_and_one_a_little_inside_is_not(statement):
    stated, least = parse(number(statement.text)), Fraction(1, 10**9)
    ends = stated.interval
    assert not stated.admits(ends.low - least) and not stated.admits(ends.high + least)
    assert ends.low == ends.high or (stated.admits(ends.low + least) and stated.admits(ends.high - least))


def test_a_figure_moved_by_six_percent_is_refused_unless_words_or_few_digits_reach_as_far():
    """What still admits it is a word, a hedge or a bound, or a number of one or two digits after its zeros: half of its last digit is over five percent."""
    kept = [
        (statement.text, factor)
        for statement in points()
        for factor in (Fraction(94, 100), Fraction(106, 100))
        if parse(number(statement.text)).admits(LIBRARY.figures[statement.target].quantity.anchor * factor)
    ]
    coarse = {text for text, _ in kept if not (re.search(r"[a-z]{3,}", text) or len(re.sub(r"\D", "", text).lstrip("0")) < 3)}
    assert len(kept) < len(points()) / 2
    assert coarse == set()
