"""`evidence new`: put a test here when it must ask, propose or refuse something."""

import csv
import os
import pty
import select
import shutil
import subprocess
import sys

import nbformat
import pytest
from command import evidence
from whole import LIBRARY

from evidence import paths
from evidence.catalog import load, schema
from evidence.errors import ScaffoldError
from evidence.scaffold import Asked, ChapterText, answer_problem, chapter_cells, propose, proposed, record_cells, required_columns, slug
from evidence.scaffold.contents import last_below, listed_after
from made_together.commands import PAGES

FIGURE = {
    "id": "made.up",
    "source": "demos",
    "locator": "Foreword",
    "quote": "Of all firms 12% said so.",
    "stated": "12%",
    "value": "12",
    "unit": "percent",
    "as_of": "2026-04-30",
}
TOC = (paths.ROOT / "_toc.yml").read_text(encoding="utf-8")


def column(name, table=schema.FIGURES):
    return next(found for found in table.columns if found.name == name)


@pytest.fixture
def book(tmp_path):
    """A copy of the book to write into."""
    folder = tmp_path / "book"
    for name in ("chapters", "data"):
        shutil.copytree(paths.ROOT / name, folder / name)
    for name in ("_config.yml", "_toc.yml"):
        shutil.copy2(paths.ROOT / name, folder)
    return folder


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("name", "answer", "told"),
    [
        ("id", "Made up", "must look like"),
        ("source", "demoss", 'unknown id "demoss". Nearest: demos'),
        ("stated", "14%", 'the quote does not contain "14%"'),
        ("stated", "many", ""),
        ("value", "120", '120 percent is not what "12%" says, which is 12'),
        ("unit", "count", 'found "count", but "12%" is in percent'),
        ("as_of", "2026-02-30", "must be a day of the calendar"),
        ("quote", "x" * 301, "Choose a shorter passage"),
    ],
)
def test_a_wrong_answer_is_told_as_it_is_given(name, answer, told):
    found = answer_problem(Asked(schema.FIGURES, FIGURE | {name: answer}, LIBRARY), column(name))
    assert found
    assert told in found


def test_right_answers_pass():
    asked = Asked(schema.FIGURES, FIGURE, LIBRARY)
    assert [answer_problem(asked, found) for found in schema.FIGURES.columns] == [""] * len(schema.FIGURES.columns)


def test_a_value_is_never_proposed_and_a_unit_is():
    asked = Asked(schema.FIGURES, {"source": "demos", "stated": "£10.5 billion"}, LIBRARY)
    assert (proposed(asked, "value"), proposed(asked, "unit"), proposed(asked, "as_of")) == ("", "GBP", "2026-04-30")


def test_a_quote_is_asked_for_where_the_source_is_a_document():
    def missing(source):
        return [found.name for found in required_columns(Asked(schema.FIGURES, {"source": source}, LIBRARY))]

    assert "quote" in missing("demos")
    assert "quote" not in missing("ons-ashe")


def test_an_id_that_is_taken_is_refused():
    asked = Asked(schema.CHARTS, {"id": "coordination.outreach"}, LIBRARY)
    assert "is in data/charts.csv already" in answer_problem(asked, column("id", schema.CHARTS))


def test_a_name_is_made_of_a_title():
    assert slug("Café culture: 24 hours, & more!") == "cafe-culture-hours-more"


def test_a_chapter_follows_what_belongs_to_the_one_before_and_comments_stay():
    toc = TOC.replace("      - file: chapters/recommendations\n", "      # asked for\n      - file: chapters/recommendations\n")
    below = "          - file: chapters/case-manchester-council\n"
    assert listed_after(toc, "new", "case-studies") == toc.replace(below, f"{below}      - file: chapters/new\n")


def test_a_chapter_that_is_listed_is_refused():
    with pytest.raises(ScaffoldError, match=r"_toc\.yml, line 7: chapters/coworking is listed already"):
        listed_after(TOC, "coworking", "perceptions")
    with pytest.raises(ScaffoldError, match="chapters/nothing is not listed"):
        listed_after(TOC, "new", "nothing")


def test_the_last_case_is_found():
    assert (last_below(TOC, "case-studies"), last_below(TOC, "coworking")) == ("case-manchester-council", "")


def test_a_new_chapter_has_stable_ids_and_every_cell():
    first, second = (chapter_cells("places", ChapterText("Places")) for _ in range(2))
    assert first == second
    assert [cell.id for cell in first.cells] == [f"places-{number:02}" for number in range(len(first.cells))]
    assert first.cells[3].source == "chapter.strength()"
    assert "**What would change our mind?**" in first.cells[4].source


def test_a_row_that_breaks_a_gate_leaves_the_files_as_they_were(book):
    before = contents(book)
    with propose(book) as proposal:
        proposal.add_row(schema.FIGURES, FIGURE | {"value": "13"})
        with pytest.raises(ScaffoldError, match=r'column value: 13 percent is not what "12%" says, which is 12(.|\n)*Nothing was written'):
            proposal.accept()
    assert contents(book) == before


def test_a_claim_the_data_do_not_bear_out_is_refused(book):
    before = contents(book)
    row = {
        "id": "made-up",
        "statement": "Sole traders do more than medium firms",
        "condition": "{sme.outreach.sole-trader} > {sme.outreach.medium}",
        "threshold": "It would fail if they did not.",
    }
    with propose(book) as proposal:
        proposal.add_row(schema.CLAIMS, row)
        with pytest.raises(ScaffoldError, match=r"the data do not bear it out \(sme\.outreach\.sole-trader = 6%"):
            proposal.accept()
    assert contents(book) == before


PER_FIRM = ("--formula", "{official.employment.all} / {official.businesses.all}", "--why", "All employment divided by all businesses.")


def test_a_formula_of_a_new_figure_adds_the_figure_as_the_formula_gives_it(book):
    """28,128,000 people in 5,690,265 businesses are 4.943; both were published on the second of October 2025."""
    done = evidence("new", "formula", "--figure", "computed.workers.per-firm", *PER_FIRM, "--population", "people a firm", folder=book)
    assert done.code == 0, done.complained
    assert "Written: data/figures/computed.csv, data/formulas.csv, data/receipts.csv." in done.printed
    library = load(book / "data")
    figure = library.figure("computed.workers.per-firm")
    assert (figure.stated, figure.unit, figure.as_of, figure.origin) == ("4.94 times", "times", "2025-10-02", "formula")
    assert (figure.population, figure.place) == ("people a firm", "")
    assert library.rows("formulas")[-1]["formula"] == PER_FIRM[1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("sme.ownershi", *PER_FIRM), 'a new one begins with computed; unknown figure "sme.ownershi"'),
        (("sme.barriers.any", *PER_FIRM, "--stated", "3 times"), "is in the library already. Give --formula and --why alone"),
        (
            ("computed.new", "--formula", "{sme.barriers.an} / 2", "--why", "Half."),
            'unknown figure "sme.barriers.an". Nearest: sme.barriers.any',
        ),
        (("computed.new", "--formula", "median({sme.barriers.any}, 2)", "--why", "Half."), "is an unknown function; there are sum(...)"),
        (
            ("computed.new", "--formula", "{sme.barriers.any} + {official.employment.all}", "--why", "Both."),
            "cannot add percent and count.",
        ),
        (("computed.new", "--formula", "{sme.barriers.any} / 2"), "Missing: --why"),
    ],
)
def test_a_formula_that_cannot_be_is_refused_before_anything_is_tried(words, told):
    done = evidence("new", "formula", "--figure", *words)
    assert done.code == 2
    assert told in " ".join(done.complained.split())


def test_a_formula_that_contradicts_what_is_stated_is_refused(book):
    before = contents(book)
    done = evidence("new", "formula", "--figure", "computed.workers.per-firm", *PER_FIRM, "--stated", "6 times", folder=book)
    assert done.code == 1
    assert "its recomputation does not give it" in done.complained
    assert contents(book) == before


def test_a_row_joins_its_table_in_its_committed_form(book):
    before = contents(book)
    with propose(book) as proposal:
        proposal.add_row(schema.FIGURES, FIGURE)
        written, _ = proposal.accept()
    assert written == ["data/figures/demos.csv", "data/receipts.csv"]
    changed = [name for name, content in contents(book).items() if before.get(name) != content]
    assert sorted(name.as_posix() for name in changed) == written
    with (book / written[0]).open(encoding="utf-8", newline="") as stream:
        last = list(csv.DictReader(stream))[-1]
    assert {name: last[name] for name in FIGURE} == FIGURE


def test_a_mistake_that_was_there_before_does_not_stand_in_the_way(book):
    page = book / "chapters" / "contributing.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nOf all firms 44% wait.\n", encoding="utf-8")
    with propose(book) as proposal:
        proposal.add_row(schema.FIGURES, FIGURE)
        assert proposal.accept()[0] == ["data/figures/demos.csv", "data/receipts.csv"]


def test_a_new_case_has_its_page_below_the_case_studies(book):
    case = {
        "id": "case.made-up",
        "name": "Made Up",
        "place": "Grimsby",
        "settlement": "Grimsby",
        "focus": "Sharing tools",
        "organisation": "A club",
        "source": "demos",
        "locator": "Foreword",
        "quote": "A club that shares its tools.",
        "summary": "A club whose members share tools.",
    }
    table, _, page = PAGES["case"]
    with propose(book) as proposal:
        proposal.add_row(table, case)
        proposal.add_chapter(*record_cells(case, page), last_below(TOC, page.below))
        written, _ = proposal.accept()
    assert written == ["chapters/case-made-up.ipynb", "data/cases.csv", "data/receipts.csv", "_toc.yml"]
    assert "case.made-up,Made Up,Grimsby,Grimsby,53.565,-0.076," in (book / "data" / "cases.csv").read_text(encoding="utf-8")
    outputs = [cell.outputs for cell in nbformat.read(book / written[0], as_version=4).cells if cell.cell_type == "code"]
    assert "Made Up, Grimsby. A club." in str(outputs)


def test_without_a_terminal_the_missing_flags_are_named():
    done = evidence("new", "figure", "--id", "made.up", "--source", "demos")
    assert done.code == 2
    assert "Missing: --locator, --quote, --stated, --value, --unit, --as-of" in done.complained


def test_a_wrong_flag_is_wrong_usage():
    done = evidence(
        "new", "figure", *(part for name, cell in (FIGURE | {"value": "13"}).items() for part in (f"--{name.replace('_', '-')}", cell))
    )
    assert done.code == 2
    assert "--value" in done.complained
    assert "which is 12" in " ".join(done.complained.replace("│", " ").split())


def test_at_a_terminal_an_answer_is_asked_again_until_it_is_right():
    """The value is typed wrong, told, and typed right; then the terminal is closed, so that nothing is written."""
    flags = [part for name, cell in FIGURE.items() if name not in ("value", "unit") for part in (f"--{name.replace('_', '-')}", cell)]
    mine, theirs = pty.openpty()
    command = [sys.executable, "-m", "evidence.cli", "new", "figure", *flags]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, cwd=paths.ROOT, env={**os.environ, "COLUMNS": "200"})
    os.close(theirs)
    try:
        until(mine, "value: ")
        os.write(mine, b"13\n")
        assert '13 percent is not what "12%" says, which is 12' in until(mine, "value: ")
        os.write(mine, b"12\n")
        assert "unit [percent]: " in until(mine, "unit [percent]: ")
    finally:
        process.kill()
        process.wait(timeout=60)
        os.close(mine)


def until(terminal, text):
    """Return what a terminal shows up to a text, waiting a bounded time for each piece."""
    shown = ""
    while not shown.rstrip("\r\n").endswith(text):
        assert select.select([terminal], [], [], 60)[0], f"nothing more after {shown!r}"
        shown += os.read(terminal, 4096).decode()
    return shown
