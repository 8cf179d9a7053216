"""Codebooks: those of the library, and what is wrong with others."""

import pytest
from generated import CODEBOOKS, LABEL

from evidence import paths
from evidence.errors import SurveyError
from evidence.gates import run_gates
from evidence.survey import check_codebook, read_codebook

LEFT_OUT = {
    "sample.size-bands.count",
    "policy.effect.none-in-words",
    "impact.university.firms.high",
    "impact.university.firms.low",
    "impact.university.uplift",
    "impact.apprentice.uplift",
    "impact.apprentice.revenue-uplift",
    "impact.productivity.low",
    "impact.advice.uplift",
    "sme.apprenticeship-share",
    "sme.community-feeling.share",
    "sme.employment-growth.oecd",
    "sme.employment-growth.uk",
    "sme.employment-share",
    "sme.finance-shortfall",
}
"""Numbers of the report that no answer of a firm gives: words of the report, other people's numbers, and what nothing recomputes."""

MINIMAL = """
source = "demos"
title = "Generated"
[weights]
why = "Generated."
[[figures]]
id = "sme.barriers.any"
columns = ["q"]
codes = ["yes"]
"""


@pytest.mark.parametrize(("name", "figures"), [("sme.toml", 42), ("perceptions.toml", 10)])
def test_a_codebook_of_the_library_fits_it(library, name, figures):
    codebook = read_codebook(CODEBOOKS / name)
    assert check_codebook(codebook, library, name) == []
    assert len(codebook.figures) == figures


def test_the_codebook_of_firms_renews_every_number_that_firms_gave(library):
    rooms = ("sample.", "sme.", "policy.effect.", "impact.")
    stated = {key for key, figure in library.figures.items() if figure.source == "demos" and key.startswith(rooms)}
    codebook = read_codebook(CODEBOOKS / "sme.toml")
    assert stated - {figure.id for figure in codebook.figures} - set(codebook.derived) == LEFT_OUT


def test_the_gate_counts_the_figures_of_both_codebooks():
    gates = {gate.name: gate for gate in run_gates()}
    assert (gates["codebooks"].looked_at, gates["codebooks"].problems) == (52, [])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"demos"', '"demosthenes"', 'there is no source "demosthenes"'),
        ("sme.barriers.any", "sme.barriers.many", 'unknown figure "sme.barriers.many". Nearest: sme.barriers.any'),
        ("sme.barriers.any", "perceptions.essential", "belongs to source interact"),
        ("sme.barriers.any", "sample.size", "is in count, a share is in percent"),
        ('columns = ["q"]', "", "names no column"),
        ('codes = ["yes"]', "", "names no codes"),
        ('codes = ["yes"]', 'kind = "mean"\ncodes = ["yes"]', "is a mean, which has one column and no codes"),
        ('codes = ["yes"]', 'codes = ["yes"]\nstated = "many"', "has no place for the number"),
        ("[weights]", "[weights]\nrake = true", "raked, but there is no margin"),
        ("[[figures]]", '[[margins]]\ncolumn = "a"\npopulation = { b = "official.no-such", c = 1 }\n[[figures]]', "unknown figure"),
        ("[weights]", 'derived = ["sme.no-such"]\n[weights]', 'generated.toml (derived): unknown figure "sme.no-such"'),
        ("[weights]", 'derived = ["sme.finance-shortfall"]\n[weights]', "nothing recomputes sme.finance-shortfall"),
        ("[[figures]]", '[[margins]]\ncolumn = "a"\npopulation = { b = 0, c = 1 }\n[[figures]]', "expected a number above nought"),
        ("[[figures]]", '[[figures]]\nid = "sme.barriers.any"\ncolumns = ["p"]\ncodes = ["yes"]\n[[figures]]', "listed twice"),
    ],
)
def test_what_does_not_fit_the_library_is_named(library, tmp_path, old, new, message):
    file = tmp_path / "generated.toml"
    file.write_text(MINIMAL.replace(old, new), encoding="utf-8")
    assert message in "\n".join(map(str, check_codebook(read_codebook(file), library, file.name)))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("source = ", "not a TOML file"),
        (MINIMAL.replace("title", "titel"), r"generated\.toml \(titel\): Extra inputs are not permitted"),
        (MINIMAL.replace('why = "Generated."', ""), r"generated\.toml \(weights\.why\): Field required"),
        (MINIMAL.replace("[weights]", "minimum_cell = 1\n[weights]"), r"minimum_cell\): Input should be greater than or equal to 2"),
    ],
)
def test_what_is_no_codebook_is_told(tmp_path, text, message):
    file = tmp_path / "generated.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SurveyError, match=message):
        read_codebook(file)


def test_a_missing_codebook_is_told(tmp_path):
    with pytest.raises(SurveyError, match="no such codebook"):
        read_codebook(tmp_path / "generated.toml")


def test_nothing_generated_is_in_the_book():
    places = [paths.data_dir(), paths.chapters_dir()]
    files = [file for place in places for file in place.rglob("*") if file.is_file()]
    assert len(files) > 50
    assert [file.name for file in files if LABEL in file.read_text(encoding="utf-8", errors="ignore")] == []
