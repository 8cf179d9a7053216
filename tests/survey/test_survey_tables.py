"""The table book: put a test here when a table would not be signed by who makes such tables, or does not say what readers must be told."""

from io import BytesIO

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from evidence import cli
from evidence.errors import EvidenceError
from evidence.survey.answers import Answers
from evidence.survey.codebook import Codebook
from evidence.survey.derived import Derived
from evidence.survey.disclosing import checklist, missing
from evidence.survey.records import WaveName
from evidence.survey.report import Wave
from evidence.survey.responses import Responses
from evidence.survey.tables.contents import contents, number
from evidence.survey.tables.crosstabs import crosstabs
from evidence.survey.tables.writing import as_html, as_workbook
from evidence.survey.weighting import Design

pytestmark = pytest.mark.needs("survey")

DISCLOSURE = {
    "client": "Nobody",
    "first_day": "2026-03-01",
    "last_day": "2026-03-12",
    "method": "online",
    "universe": "adults",
    "sampling": "generated",
    "coverage": "nowhere",
    "tables": "https://example.org/tables",
}


def book(**more):
    figures = [
        {"id": "a.yes", "columns": ["q"], "codes": ["yes"], "wording": "Do you bake?", "category": "Yes"},
        {"id": "a.any", "columns": ["q"], "codes": ["yes", "at times"], "wording": "Do you bake?"},
        {"id": "a.mean", "kind": "mean", "columns": ["n"], "stated": "{}", "decimals": 1, "wording": "How often?"},
    ]
    entries = {"source": "demos", "title": "Generated", "banners": ["town"], "disclosure": DISCLOSURE, "figures": figures}
    return Codebook.model_validate({**entries, "weights": {"why": "Generated."}, **more})


def answers(codebook=None, towns=(200, 200)):
    """Return two towns: of the first 60 percent say yes and 20 percent at times, of the second 20 and 20; 3 times and once."""
    first, second = towns
    said = ["yes"] * (first * 6 // 10) + ["at times"] * (first * 2 // 10) + ["no"] * (first * 2 // 10)
    said += ["yes"] * (second * 2 // 10) + ["at times"] * (second * 2 // 10) + ["no"] * (second * 6 // 10)
    frame = pd.DataFrame(
        {"town": ["North"] * first + ["South"] * second, "q": said, "n": ["3", "5"] * (first // 2) + ["1", "2"] * (second // 2)}
    )
    return Answers(Responses("generated.csv", frame.astype("category")), codebook or book())


def design(people, weights=None):
    equal = np.ones(people) if weights is None else weights
    return Design(equal, equal, np.zeros(people, dtype=int))


def table_book(codebook=None, towns=(200, 200), weights=None):
    asked = answers(codebook, towns)
    return crosstabs(asked, design(len(asked.frame), weights))


def test_questions_stand_down_and_banners_across():
    made = table_book()
    assert [(column.banner, column.category, column.letter) for column in made.columns] == [
        ("", "", ""),
        ("town", "North", "a"),
        ("town", "South", "b"),
    ]
    assert [(table.wording, len(table.rows)) for table in made.tables] == [("Do you bake?", 2), ("How often?", 1)]
    yes, any_of, mean = (row for table in made.tables for row in table.rows)
    assert [round(cell.estimate.value, 3) for cell in yes.cells] == [0.4, 0.6, 0.2]
    assert [round(cell.estimate.value, 3) for cell in any_of.cells] == [0.6, 0.8, 0.4]
    assert [cell.estimate.value for cell in mean.cells] == [2.75, 4, 1.5]


def test_a_letter_names_the_column_that_is_lower():
    made = table_book()
    assert [row.letters for table in made.tables for row in table.rows] == [("", "b", "")] * 3


def test_columns_too_small_to_be_compared_have_no_letters():
    assert {row.letters for table in table_book(towns=(200, 20)).tables for row in table.rows} == {("", "", "")}


def test_bases_are_unweighted_weighted_and_effective():
    # the first town weighs 1.5 each, the second 0.5; within a town all weigh alike
    made = table_book(weights=np.repeat([1.5, 0.5], 200))
    bases = made.tables[0].bases
    assert [(base.unweighted, base.weighted) for base in bases] == [(400, 400), (200, 300), (200, 100)]
    # 400 squared over 200 x 2.25 + 200 x 0.25
    assert [round(base.effective) for base in bases] == [320, 200, 200]


def test_small_columns_are_withheld_and_small_bases_marked():
    made = table_book(towns=(60, 200))
    assert [number(cell, "") for cell in made.tables[0].rows[0].cells] == ["29%", "60%*", "20%"]
    held = table_book(book(minimum_cell=30), towns=(20, 200))
    assert [number(cell, "") for cell in held.tables[0].rows[0].cells] == ["24%", "withheld", "withheld"]
    assert held.tables[0].bases[1:] == (None, None)


def wave(codebook):
    named = WaveName("2026-11-01", "March 2026", False, "demos")
    return Wave(codebook, named, "generated.csv", design(400), [], [], [], Derived(), ("400 rows read from generated.csv",))


def test_everything_that_readers_must_be_told_is_told():
    items = checklist(book(), design(400))
    assert {item.name for item in items} == {
        *("Client", "Fieldwork", "Method", "Universe", "Sampling", "Geographical coverage"),
        *("Sample size", "Weighting", "Bases", "Wording", "Full tables"),
    }
    assert missing(items) == []
    assert next(item.told for item in items if item.name == "Fieldwork") == "1 March 2026 to 12 March 2026"


@pytest.mark.parametrize(
    ("change", "gaps"),
    [
        ({"disclosure": None}, {"Client", "Fieldwork", "Method", "Universe", "Sampling", "Geographical coverage", "Full tables"}),
        ({"disclosure": {**DISCLOSURE, "tables": ""}}, {"Full tables"}),
        ({"figures": [{"id": "a.yes", "columns": ["q"], "codes": ["yes"]}]}, {"Wording"}),
    ],
)
def test_what_readers_are_not_told_is_named(change, gaps):
    assert {item.name for item in missing(checklist(book(**change), design(400)))} == gaps


def test_the_page_holds_every_number_and_what_readers_must_be_told():
    told = contents(wave(book()), table_book())
    page = as_html(told)
    for text in ("Generated: tables of 2026-11-01", "Table 1. Do you bake?", ">60% b<", "Net: yes, at times", "online", "400 rows read"):
        assert text in page, text
    assert "<script" not in page


def test_the_workbook_holds_the_same_and_runs_nothing():
    import openpyxl

    codebook = book(title="=1+1")
    workbook = openpyxl.load_workbook(BytesIO(as_workbook(contents(wave(codebook), table_book()))))
    assert workbook.sheetnames == ["Survey", "Contents", "Table 1", "Table 2", "Log"]
    assert [cell.value for cell in workbook["Table 1"][3]] == [None, "All", "town: North (a)", "town: South (b)"]
    assert [cell.value for cell in workbook["Table 1"][7]] == ["Yes", "40%", "60% b", "20%"]
    assert {cell.data_type for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}


def test_the_command_writes_both_and_names_what_is_not_told(firms_csv, tmp_path):
    from generated import CODEBOOKS

    command = ["ingest", "tables", firms_csv, "--codebook", CODEBOOKS / "sme.toml", "--as-of", "2027-03-31", "--into", tmp_path / "tables"]
    done = CliRunner().invoke(cli.app, [str(word) for word in command])
    assert (done.exit_code, isinstance(done.exception, EvidenceError)) == (1, False), done.output
    assert "not told: Client; say it in [disclosure] in the codebook" in done.output
    assert sorted(path.name for path in (tmp_path / "tables").iterdir() if not path.name.startswith(".")) == ["tables.html", "tables.xlsx"]
