"""Each kind of poison turns its gate red, and the message names the figure and the place: one test a kind."""

import csv
import os
import subprocess
import sys

import nbformat
import pytest
from command import copied_code
from nudge import nudge

from evidence import paths
from evidence.catalog import load
from evidence.catalog.verify import verify
from evidence.gates import Desk, run_gates

DESK = Desk()
"""Keeps what has been read and found of what no test changes."""


def gates(book):
    return {gate.name: gate for gate in run_gates(book / "data", book / "chapters", desk=DESK)}


def told(book, gate):
    """Return what a gate tells, as text."""
    return [str(problem) for problem in gates(book)[gate].problems]


def rewrite(path, change):
    """Rewrite a table, row by row."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    changed = [change(dict(row)) for row in rows]
    assert changed != rows
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(changed)


def restate(identifier, stated, value):
    """Return a change that moves every record of a figure, text, value and quote together."""

    def change(row):
        if row["id"] == identifier:
            row["quote"] = row["quote"].replace(row["stated"], stated)
            row.update(stated=stated, value=value)
        return row

    return change


def edit_prose(book, chapter, old, new):
    path = book / "chapters" / f"{chapter}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    number = next(n for n, cell in enumerate(notebook.cells) if cell.cell_type == "markdown" and old in cell.source)
    notebook.cells[number].source = notebook.cells[number].source.replace(old, new, 1)
    nbformat.write(notebook, path)
    return number + 1


def test_the_clean_copy_is_green(book):
    anew = run_gates(book / "data", book / "chapters")
    assert anew
    assert [gate.name for gate in anew if not gate.green] == []


def test_a_claim_the_data_no_longer_bear_out_is_named(book):
    rewrite(book / "data" / "figures" / "demos.csv", restate("sme.outreach.small", "33%", "33"))
    problems = told(book, "statements")
    assert any("claim:outreach-by-size" in text and "sme.outreach.small = 33%" in text for text in problems)


def test_a_declared_claim_the_data_no_longer_bear_out_is_named(book):
    """The year after the one the report stops at held 50.5%; at 61.7% spending with small firms would not be volatile."""
    rewrite(book / "data" / "figures" / "cles-manchester.csv", restate("official.manchester.sme-spend.fourth-year", "61.7%", "61.7"))
    problems = told(book, "statements")
    assert any("claim:sme-spend-is-volatile" in text and "sme-spend.fourth-year = 61.7%" in text for text in problems)


def test_a_declared_claim_about_figures_in_two_units_is_named(book):
    def change(row):
        return row | ({"condition": "{sme.barriers.any} > {growth-hub.stakeholders}"} if row["id"] == "long-tail" else {})

    rewrite(book / "data" / "claims.csv", change)
    (problem,) = told(book, "data library")
    assert "data/claims.csv, row" in problem
    assert "(long-tail), column condition: cannot compare percent with count. Correct the line." in problem


def test_a_disagreement_that_nobody_declared_is_named(book):
    rewrite(book / "data" / "figures" / "demos.csv", restate("impact.revenue.low", "£18.2 billion", "18200000000"))
    problems = told(book, "audit")
    assert any("impact.revenue.low" in text and "data/figures/demos.csv, row" in text and "£16.2 billion" in text for text in problems)


def test_a_correction_whose_source_was_mended_must_go(book):
    rewrite(book / "data" / "figures" / "demos.csv", restate("impact.university.firms.low", "795,000", "795000"))
    problems = told(book, "audit")
    assert any("university.firms.low" in text and "remove the correction" in text for text in problems)


def test_a_computed_figure_that_its_recomputation_does_not_give_is_named(book):
    rewrite(book / "data" / "figures" / "computed.csv", restate("computed.outreach.weighted", "16%", "16"))
    problems = told(book, "audit")
    assert any("computed.outreach.weighted" in text and "data/figures/computed.csv, row" in text for text in problems)


def test_a_dropped_column_is_named(book):
    path = book / "data" / "findings.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",quote,", ",quot,", 1), encoding="utf-8")
    (gate,) = gates(book).values()
    assert [str(problem.place) for problem in gate.problems] == ["data/findings.csv, row 1"]
    assert "missing quote; unknown quot" in gate.problems[0].message


def test_a_chart_whose_series_is_gone_is_named(book):
    rewrite(book / "data" / "charts.csv", lambda row: row | {"series": row["series"].replace("sme.outreach", "sme.outreech")})
    assert any('coordination.outreach), column series: no figure is in series "sme.outreech"' in text for text in told(book, "charts"))


def test_a_chapter_that_is_not_in_the_contents_is_named(book):
    toc = book / "_toc.yml"
    toc.write_text(toc.read_text(encoding="utf-8").replace("      - file: chapters/coworking\n", ""), encoding="utf-8")
    assert any("chapters/coworking.ipynb: not in the table of contents" in text for text in told(book, "form of the chapters"))


def test_code_that_types_a_number_or_does_arithmetic_is_named(book):
    path = book / "chapters" / "coordination.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].source = 'chapter.table("44% of firms")\nchapter.table(2 * 3)'
    nbformat.write(notebook, path)
    problems = told(book, "form of the chapters")
    assert any('"44%" is typed into code' in text for text in problems)
    assert any("do no arithmetic" in text for text in problems)
    assert any("the last code cell must be chapter.statements()" in text for text in problems)


def test_a_merge_conflict_left_in_a_chapter_is_named(book):
    path = book / "chapters" / "coordination.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace('  "cell_type"', '<<<<<<< HEAD\n  "cell_type"', 1), encoding="utf-8")
    problems = [str(problem) for gate in gates(book).values() for problem in gate.problems]
    assert any("chapters/coordination.ipynb, line" in text and "merge conflict" in text for text in problems)


def test_a_quote_with_a_changed_word_is_not_found_in_its_source(tmp_path):
    library = load()
    texts = tmp_path / "texts"
    texts.mkdir()
    for source in library.rows("sources"):
        if source["seed"]:
            quotes = [
                row["quote"]
                for name in ("figures", "findings", "cases", "spaces", "recommendations", "social-value", "matching-example")
                for row in library.rows(name)
                if row["source"] == source["id"]
            ]
            quotes += [row["quote"] for row in library.rows("case-elements") if source["id"] == "demos"]
            quotes += [row["text"] for row in library.rows("not-evidence") if row["source"] == source["id"]]
            (texts / source["seed"]).write_text("\n\n".join(quote for quote in quotes if quote), encoding="utf-8")
    assert verify(library, texts).problems == []
    demos = next(texts / row["seed"] for row in library.rows("sources") if row["id"] == "demos")
    poisoned = demos.read_text(encoding="utf-8").replace("Not enough staff capacity", "Not quite enough staff capacity")
    demos.write_text(poisoned, encoding="utf-8")
    problems = verify(library, texts).problems
    assert problems
    assert all("data/figures/demos.csv, row" in text or "data/findings.csv" in text for text in problems)
    assert any("(sme.barriers.staff-capacity), column quote: not in the text of demos" in text for text in problems)


def nbval(root, chapter):
    """Compare a chapter's recorded outputs in a copy of the whole repository."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--nbval",
        "--nbval-current-env",
        "-q",
        "-p",
        "no:cacheprovider",
        f"chapters/{chapter}.ipynb",
    ]
    environment = {**os.environ, "PYTHONPATH": str(root / "lib")}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False, timeout=300)
    return done.returncode, done.stdout


@pytest.fixture
def whole(book):
    copied_code(paths.ROOT / "lib", book / "lib")
    return book


def test_a_chart_point_that_moves_is_caught_by_the_recorded_output(whole):
    """No sentence of the chapter states pay in England; only the chart shows it."""
    rewrite(whole / "data" / "figures" / "ons-ashe.csv", restate("official.pay.median.england", "£649.4 per week", "649.4"))
    code, report = nbval(whole, "case-studies")
    assert code == 1
    assert "Cell outputs differ" in report
    assert "1 failed, " in report
    assert 'chapter.chart("cases.pay")' in report


def test_an_output_edited_by_hand_is_caught(whole):
    path = whole / "chapters" / "case-catch.ipynb"
    text = path.read_text(encoding="utf-8")
    said = r"state-holds\">holds<"
    assert said in text
    path.write_text(text.replace(said, said.replace(">holds", ">proved"), 1), encoding="utf-8")
    code, report = nbval(whole, "case-catch")
    assert code == 1
    assert "Cell outputs differ" in report
    assert "1 failed, " in report
    assert "chapter.statements()" in report


def test_every_kind_of_number_word_can_be_nudged():
    assert [nudge(text) for text in ("two thirds", "one in five", "£10.5 billion", "-1.7%", "nearly a fifth")] == [
        "two quarters",
        "one in six",
        "£10.6 billion",
        "-1.8%",
        "nearly a sixth",
    ]


def test_a_cell_whose_code_readers_would_see_is_named(book):
    path = book / "chapters" / "index.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].metadata["tags"] = []
    nbformat.write(notebook, path)
    number = len(notebook.cells)
    assert any(f"index.ipynb, cell {number}: its code would be shown" in text for text in told(book, "form of the chapters"))


def test_a_codebook_that_changes_under_a_desk_is_read_anew(book):
    codebook = book / "data" / "codebooks" / "perceptions.toml"
    assert told(book, "codebooks") == []
    codebook.write_text(
        codebook.read_text(encoding="utf-8").replace('"perceptions.poorly-paid"', '"perceptions.poorly-told"'), encoding="utf-8"
    )
    (problem,) = told(book, "codebooks")
    assert "perceptions.toml" in problem
    assert "perceptions.poorly-told" in problem
