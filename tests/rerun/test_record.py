"""Storing outputs after an edit: put a test here when recording must refuse or keep something."""

import nbformat
import pytest
from test_rerun import copy, edit_cell, fingerprint

from evidence import editions
from evidence.errors import EditionError, StatementError

__all__ = ["copy"]


def record(book, chapter="case-catch"):
    return editions.record(chapter, 1, lambda _name: None, root=book)


def edit_prose(book, old, new, chapter="case-catch"):
    path = book / "chapters" / f"{chapter}.ipynb"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def outputs(book, chapter="case-catch"):
    notebook = nbformat.read(book / "chapters" / f"{chapter}.ipynb", as_version=4)
    return str([cell.outputs for cell in notebook.cells if cell.cell_type == "code"])


def test_recording_what_is_recorded_changes_nothing(copy):
    before = fingerprint(copy / "chapters")
    assert record(copy) == []
    assert fingerprint(copy / "chapters") == before


def test_an_edit_of_code_is_recorded_and_only_that_file_changes(copy):
    edit_cell(copy / "chapters" / "case-catch.ipynb", "chapter.chart", 'chapter.chart("cases.contact")')
    before = fingerprint(copy / "chapters")
    assert record(copy) == ["case-catch"]
    changed = {name for name, digest in fingerprint(copy / "chapters").items() if before[name] != digest}
    assert changed == {"case-catch.ipynb"}
    assert "chart-cases-contact" in outputs(copy)


def test_a_broken_statement_is_refused_by_name_and_nothing_is_stored(copy):
    edit_prose(copy, "[430](figure:case.catch.apprentices)", "[450](figure:case.catch.apprentices)")
    before = fingerprint(copy)
    with pytest.raises(
        StatementError, match=r"case-catch\.ipynb, cell \d+, line \d+: \[450\]\(figure:case\.catch\.apprentices\) does not hold"
    ):
        record(copy)
    assert fingerprint(copy) == before


def test_an_unbound_number_is_refused(copy):
    edit_prose(copy, "[430](figure:case.catch.apprentices)", "430")
    with pytest.raises(StatementError, match='"430" is bound to nothing'):
        record(copy)


def test_a_failing_cell_leaves_the_file_as_it_was(copy):
    number = edit_cell(copy / "chapters" / "case-catch.ipynb", "chapter.chart", 'chapter.chart("no.such-chart")')
    before = fingerprint(copy)
    with pytest.raises(EditionError, match=rf"chapters/case-catch\.ipynb, cell {number}: DataError"):
        record(copy)
    assert fingerprint(copy) == before


def prove(book, chapter="case-catch"):
    return editions.prove(chapter, 1, lambda _name: None, root=book)


def test_outputs_that_are_what_the_code_gives_are_proved_and_nothing_is_stored(copy):
    before = fingerprint(copy)
    assert prove(copy) == []
    assert fingerprint(copy) == before


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ('"claim sme-apprenticeships-fell-faster holds', '"claim sme-apprenticeships-fell-faster holds,', "text/plain"),
        ("<svg aria-hidden", "<svg  aria-hidden", "text/html"),
        ('"field": "stated"', '"field": "said"', "application/vnd.vegalite.v6+json"),
    ],
)
def test_an_output_that_differs_in_one_character_is_named(copy, old, new, kind):
    path = copy / "chapters" / "case-catch.ipynb"
    text = path.read_text(encoding="utf-8")
    assert old in text or old.replace('"', '\\"') in text
    here, there = (old, new) if old in text else (old.replace('"', '\\"'), new.replace('"', '\\"'))
    path.write_text(text.replace(here, there, 1), encoding="utf-8")
    (problem,) = prove(copy)
    assert problem.startswith("chapters/case-catch.ipynb, cell ")
    assert f"({kind})" in problem


def test_a_cell_without_recorded_output_is_not_proved(copy):
    path = copy / "chapters" / "case-catch.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].outputs = []
    nbformat.write(notebook, path)
    (problem,) = prove(copy)
    assert f"cell {len(notebook.cells)}: recorded and new output differ" in problem


def test_an_unknown_chapter_is_refused(copy):
    with pytest.raises(EditionError, match=r"chapters/case-cash\.ipynb: there is no such chapter to run"):
        record(copy, "case-cash")
