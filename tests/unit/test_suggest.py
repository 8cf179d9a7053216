"""Numbers in prose bound to the figures that fit: put a test here when a number must, or must not, be bound."""

import csv
import json

import pytest
from test_holding import LIBRARY as SMALL
from test_holding import figure, rows
from whole import LIBRARY

from evidence import paths, scaffold
from evidence.catalog import Library, schema
from evidence.errors import ScaffoldError
from evidence.scaffold import suggestions
from evidence.statements import candidates, citable
from evidence.statements.candidates import FittingFigure
from evidence.writing import Transaction

ONE = "CATCH has taken 430 apprentices onto its courses.\n"
"""Only case.catch.apprentices says 430."""


def page(folder, text, name="page.md"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def notebook(folder, source, **style):
    cells = [{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# Title\n\n430 in a cell before\n".splitlines(keepends=True)}]
    cells.append({"cell_type": "markdown", "id": "b", "metadata": {}, "source": source.splitlines(keepends=True)})
    content = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return page(folder, json.dumps(content, **({"ensure_ascii": False, "indent": 1} | style)) + "\n", "page.ipynb")


def bind(path, suggested):
    with Transaction(path.parent) as work:
        return scaffold.bind(path, suggested, work)


def test_the_only_figure_that_fits_is_bound_and_nothing_else_changes(tmp_path):
    path = page(tmp_path, f"# Café\n\nA line before, with `430` in code.\n{ONE}The end.\n")
    (number,) = bind(path, suggestions(path, LIBRARY))
    assert (str(number.place), number.only.id) == ("chapters/page.md, line 4", "case.catch.apprentices")
    linked = ONE.replace("430", "[430](figure:case.catch.apprentices)")
    assert path.read_text(encoding="utf-8") == f"# Café\n\nA line before, with `430` in code.\n{linked}The end.\n"


def test_two_figures_that_fit_are_proposed_and_not_bound(tmp_path):
    """sme.barriers.regulation and sme.barriers.awareness both say 18%."""
    path = page(tmp_path, "Of the firms that name barriers, 18% name this one.\n")
    (number,) = suggestions(path, LIBRARY)
    before = path.read_bytes()
    assert {"sme.barriers.regulation", "sme.barriers.awareness"} <= {fitting.id for fitting in number.fitting}
    assert (bind(path, [number]), number.only, path.read_bytes()) == ([], None, before)


def test_a_figure_whose_sentence_shares_no_word_is_not_bound(tmp_path):
    path = page(tmp_path, "We counted 430 of them.\n")
    (number,) = suggestions(path, LIBRARY)
    assert [fitting.id for fitting in number.fitting] == ["case.catch.apprentices"]
    assert bind(path, [number]) == []


def test_another_unit_is_no_candidate():
    assert [found.id for found in candidates("430", ONE, LIBRARY)] == ["case.catch.apprentices"]
    assert "case.catch.apprentices" not in [found.id for found in candidates("430%", ONE, LIBRARY)]


def test_a_number_that_nothing_bears_out_has_no_candidate():
    assert candidates("431", ONE, LIBRARY) == []


def test_the_figure_with_most_words_of_the_sentence_comes_first():
    found = candidates("18%", "Regulation is a barrier for 18% of the firms that do not engage in coordination.", LIBRARY)
    assert found[0].id == "sme.barriers.regulation"


def test_a_range_is_a_candidate_for_a_range():
    """The report gives the growth from university partnerships as a range of two figures."""
    low, high = LIBRARY.ranges["impact.university.growth"]
    found = candidates(f"{low.shown} to {high.shown}", "Growth from university partnerships.", LIBRARY)
    assert "impact.university.growth" in [hit.id for hit in found]
    assert "impact.university.growth.low" not in [hit.id for hit in found]


def test_a_range_that_one_end_does_not_bear_out_has_no_candidate_and_neither_has_what_is_no_number():
    assert candidates("£10.5 billion to £27.7 billion", "Growth.", SMALL) == [
        FittingFigure("growth", "£10.5 billion to £27.7 billion", "", ("growth",))
    ]
    assert candidates("£10.5 billion to £30 billion", "Growth.", SMALL) == []
    assert candidates("£1 billion to £27.7 billion", "Growth.", SMALL) == []
    assert candidates("35 to", "Growth.", SMALL) == []


def test_figures_that_share_as_many_words_come_by_id_and_a_plural_is_its_singular():
    found = candidates("18%", "Costs come with skills.", SMALL)
    assert [(hit.id, hit.shared) for hit in found] == [
        ("barriers.cost", ("cost",)),
        ("barriers.skills", ("skill",)),
        ("barriers.staff", ()),
        ("barriers.time", ()),
    ]
    losses = Library({table.name: [] for table in schema.tables()} | {"figures": rows("figures", figure("a.loss", "18%", "18", "percent"))})
    assert [hit.shared for hit in candidates("18%", "A loss.", losses)] == [("loss",)]


def test_two_numbers_of_one_line_are_both_bound(tmp_path):
    path = page(tmp_path, "CATCH has taken 430 apprentices, yes 430 apprentices.\n")
    assert len(bind(path, suggestions(path, LIBRARY))) == 2
    link = "[430](figure:case.catch.apprentices)"
    assert path.read_text(encoding="utf-8") == f"CATCH has taken {link} apprentices, yes {link} apprentices.\n"


def test_a_number_already_linked_on_the_line_is_left_alone(tmp_path):
    link = "[430](figure:case.catch.apprentices)"
    path = page(tmp_path, f"CATCH has {link} apprentices, and 430 apprentices it has.\n")
    assert len(bind(path, suggestions(path, LIBRARY))) == 1
    assert path.read_text(encoding="utf-8") == f"CATCH has {link} apprentices, and {link} apprentices it has.\n"


@pytest.mark.parametrize("style", [{}, {"indent": 2}, {"ensure_ascii": True}])
def test_a_notebook_changes_in_one_line_only(tmp_path, style):
    path = notebook(tmp_path, f"## Café\n\n{ONE}", **style)
    before = path.read_text(encoding="utf-8").split("\n")
    (number,) = bind(path, suggestions(path, LIBRARY)[1:])
    assert str(number.place) == "chapters/page.ipynb, cell 2, line 3"
    changed = [(old, new) for old, new in zip(before, path.read_text(encoding="utf-8").split("\n"), strict=True) if old != new]
    assert len(changed) == 1
    assert changed[0][1] == changed[0][0].replace("430", "[430](figure:case.catch.apprentices)")


def test_a_notebook_written_in_an_odd_way_is_left_alone(tmp_path):
    path = notebook(tmp_path, ONE, separators=(" ,", " : "))
    before = path.read_bytes()
    with pytest.raises(ScaffoldError, match="not in its committed form"):
        bind(path, suggestions(path, LIBRARY))
    assert path.read_bytes() == before


def test_cite_takes_the_beginning_of_an_id():
    found = [hit.id for hit in citable(LIBRARY, ["sme.barriers"]) if hit.scheme == "figure"]
    with (paths.ROOT / "data" / "figures" / "demos.csv").open(encoding="utf-8", newline="") as stream:
        below = {row["id"] for row in csv.DictReader(stream) if row["id"].startswith("sme.barriers.")}
    assert set(found[: len(below)]) == below


@pytest.mark.parametrize(
    ("words", "scheme", "identifier"),
    [(["turnover", "hub"], "claim", "hubs-turnover"), (["neet", "background"], "claim", "neet-follows-background")],
)
def test_cite_finds_claims(words, scheme, identifier):
    assert (scheme, identifier) in [(hit.scheme, hit.id) for hit in citable(LIBRARY, words)]


def test_cite_finds_findings_and_ranges():
    assert "coworking.policy.uk-absent" in [hit.id for hit in citable(LIBRARY, ["coworking", "policy"]) if hit.scheme == "finding"]
    stem, (low, high) = next(iter(LIBRARY.ranges.items()))
    assert (stem, f"{low.shown} to {high.shown}") in [(hit.id, hit.text) for hit in citable(LIBRARY, [stem])]
