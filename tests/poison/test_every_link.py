"""Every link in the prose, with its text changed by one unit, no longer holds: put a test here when a kind of link is added."""

from dataclasses import replace

from every import every
from nudge import nudge

from evidence import paths
from evidence.audit import verdicts
from evidence.catalog import load
from evidence.gates import check_book, recorded_problem
from evidence.statements import check_statement, read_notebook

LIBRARY = load()
CHECKED = check_book(LIBRARY, paths.chapters_dir())
VERDICTS = verdicts(LIBRARY)
FIGURES = [statement for statement in CHECKED.statements if statement.kind == "figure"]


def named(statement):
    return f"{statement.page}:{statement.target}:{statement.text}"


def test_every_statement_holds_and_no_number_is_unbound():
    assert len(FIGURES) > 150
    assert CHECKED.problems == []


@every("statement", FIGURES, ids=named)
def test_a_changed_link_text_turns_a_gate_red(statement):
    changed = nudge(statement.text)
    assert changed != statement.text
    assert check_statement(statement.text, statement.target, LIBRARY).holds
    answer = check_statement(changed, statement.target, LIBRARY)
    assert (not answer.holds and answer.wrong and answer.remedy) or differs_from_the_record(statement, changed)


def differs_from_the_record(statement, changed):
    """Return whether the chapter's recorded table of statements gives away a link text that is still true, only rounder."""
    path = paths.chapters_dir() / f"{statement.page}.ipynb"
    listed = [entry for entry in CHECKED.statements if entry.page == statement.page]
    assert recorded_problem(path, read_notebook(path), listed, VERDICTS, LIBRARY) is None
    altered = [replace(entry, text=changed) if entry is statement else entry for entry in listed]
    return f"chapters/{statement.page}.ipynb" in str(recorded_problem(path, read_notebook(path), altered, VERDICTS, LIBRARY))
