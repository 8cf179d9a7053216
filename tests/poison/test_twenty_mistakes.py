"""Mistakes that authors make, each told once with its place and remedy: a new kind of mistake gets a row in MISTAKES.

Each is made on a copy of the book by one small edit, and `evidence check` must tell it in one message and no more.
"""

import json

import nbformat
import pytest
from tables import read, write

from evidence import editions
from evidence.catalog import load
from evidence.catalog.verify import verify
from evidence.gates import Desk, run_gates


def text(file, old, new):
    """Return an edit that replaces the first occurrence of a text in a file, as an editor would."""

    def edit(book):
        path = book / file
        content = path.read_text(encoding="utf-8")
        assert old in content
        path.write_text(content.replace(old, new, 1), encoding="utf-8")

    return edit


def cells(file, name, **changed):
    """Return an edit that overwrites cells of the first record of a name in a table."""

    def edit(book):
        rows = read(book / file)
        next(row for row in rows if row["id"] == name).update(changed)
        write(book / file, rows)

    return edit


def again(file, name, into, **changed):
    """Return an edit that adds a record of a name to a table, with some cells changed."""

    def edit(book):
        record = next(row for row in read(book / file) if row["id"] == name)
        write(book / into, [*read(book / into), record | changed])

    return edit


def code(chapter, begins, change):
    """Return an edit that changes the first code cell that begins so."""

    def edit(book):
        path = book / "chapters" / f"{chapter}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        change(next(cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.startswith(begins)))
        path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    return edit


def bom(book):
    path = book / "data" / "pairs.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())


CATCH, COWORKING, COORDINATION = (f"chapters/{name}.ipynb" for name in ("case-catch", "coworking", "coordination"))
DEMOS = "data/figures/demos.csv"

# Name, edit, beginning of the place, words of message and remedy.
MISTAKES = [
    (
        "misspelt figure",
        text(CATCH, "(figure:case.catch.apprentices)", "(figure:case.catch.aprentices)"),
        f"{CATCH}, cell 1, line 4",
        ['unknown figure "case.catch.aprentices"', "Nearest: case.catch.apprentices", "evidence cite"],
    ),
    (
        "misspelt claim",
        text(COWORKING, "(claim:few-spaces-answered)", "(claim:few-spaces-answerd)"),
        f"{COWORKING}, cell 5, line 2",
        ['unknown claim "few-spaces-answerd"', "Nearest: few-spaces-answered"],
    ),
    (
        "misspelt finding",
        text(COWORKING, "(finding:coworking.interaction.collective-learning)", "(finding:coworking.interaction.colective-learning)"),
        f"{COWORKING}, cell 6, line 4",
        ["unknown finding", "Nearest: coworking.interaction.collective-learning"],
    ),
    (
        "number typed bare",
        text(CATCH, "[430](figure:case.catch.apprentices)", "430"),
        f"{CATCH}, cell 1, line 4",
        ['"430" is bound to nothing', "Nearest: case.catch.apprentices", "Write [430](figure:ID)"],
    ),
    (
        "wrong rounding",
        text(CATCH, "[90%](figure:case.catch.learners", "[91%](figure:case.catch.learners"),
        f"{CATCH}, cell 1, line 4",
        ["the library says 90%", "Write 90%"],
    ),
    (
        "word that does not hold",
        text(COORDINATION, "[three quarters](figure:sme.outreach.medium)", "[two thirds](figure:sme.outreach.medium)"),
        f"{COORDINATION}, cell ",
        ["the library says three quarters", "Choose other words, or link another figure"],
    ),
    (
        "unit left out",
        text(CATCH, "[90%](figure:case.catch.learners", "[90](figure:case.catch.learners"),
        f"{CATCH}, cell 1, line 4",
        ["it is in count, but the figure is in percent", "Put the unit into the link"],
    ),
    (
        "number in the words of a claim",
        text(COWORKING, "[few of the operating spaces took part]", "[10% of the operating spaces took part]"),
        f"{COWORKING}, cell 5, line 2",
        ["a claim or finding link holds a number", "Link the number by itself"],
    ),
    (
        "figure in a heading",
        text(CATCH, "## What came of it", "## What came of [430](figure:case.catch.apprentices)"),
        f"{CATCH}, cell ",
        ["holds a figure, and headings outlive values", "State it in the text"],
    ),
    (
        "link inside a link",
        text(CATCH, "[430](figure:case.catch.apprentices)", "[[430](figure:case.catch.apprentices)](claim:long-tail)"),
        f"{CATCH}, cell 1, line 3",
        ["a link stands inside a link"],
    ),
    (
        "raw HTML",
        text(CATCH, "## What came of it", "<b>What came of it</b>"),
        f"{CATCH}, cell ",
        ["raw HTML", "Write Markdown"],
    ),
    (
        "figure without quote",
        cells(DEMOS, "case.catch.apprentices", quote=""),
        f"{DEMOS}, row ",
        ["(case.catch.apprentices), column quote: empty", "Give the words of the source"],
    ),
    (
        "value that its text does not say",
        cells(DEMOS, "case.catch.apprentices", value="403"),
        f"{DEMOS}, row ",
        ['403 count is not what "430" says, which is 430', "Correct the value or the stated text"],
    ),
    (
        "thousands separator in a value",
        cells(DEMOS, "impact.university.firms.high", value="208,000"),
        f"{DEMOS}, row ",
        ['column value: found "208,000"', "without a thousands separator"],
    ),
    (
        "source that is not declared",
        cells(DEMOS, "case.catch.apprentices", source="demoss"),
        f"{DEMOS}, row ",
        ['column source: unknown id "demoss"', "Nearest: demos"],
    ),
    (
        "two authors, one id, one place",
        again(DEMOS, "case.catch.apprentices", DEMOS, quote="CATCH has 431 apprentices.", stated="431", value="431"),
        f"{DEMOS}, row ",
        ["columns id, as_of, locator: the same as data/figures/demos.csv, row", "Remove one"],
    ),
    (
        "two authors, one id, two sources",
        again(DEMOS, "case.catch.apprentices", "data/figures/interact.csv", source="interact"),
        "data/figures/interact.csv, row ",
        ["column source: this id belongs to demos", "Use another id"],
    ),
    (
        "chart without a description",
        cells("data/charts.csv", "coordination.outreach", description=""),
        "data/charts.csv, row ",
        ["(coordination.outreach), column description", "must not be empty"],
    ),
    (
        "chart of a series that is not there",
        cells("data/charts.csv", "coordination.outreach", series="sme.outreech"),
        "data/charts.csv, row ",
        ['no figure is in series "sme.outreech"'],
    ),
    (
        "claim about a figure that is not there",
        text("data/claims.csv", "careers.school-links.small", "careers.school-links.smal"),
        "data/claims.csv, row ",
        ['column condition: unknown id "careers.school-links.smal"', "Nearest: careers.school-links.small"],
    ),
    (
        "table saved by a spreadsheet",
        bom,
        "data/pairs.csv",
        ["not in its committed form", "Run: evidence format"],
    ),
    (
        "merge conflict in a table",
        text("data/pairs.csv", "neighbourhoods.deprived.hull,", "<<<<<<< HEAD\nneighbourhoods.deprived.hull,"),
        "data/pairs.csv, row 2",
        ["a merge conflict is left in the file", "Resolve it"],
    ),
    (
        "merge conflict in a notebook",
        text(CATCH, '  "cell_type"', '<<<<<<< HEAD\n  "cell_type"'),
        f"{CATCH}, line 4",
        ["a merge conflict is left in the file", "Resolve it"],
    ),
    (
        "merge conflict in a page without code",
        text("chapters/contributing.md", "## Set up", "<<<<<<< HEAD\n## Set up"),
        "chapters/contributing.md, line ",
        ["a merge conflict is left in the file", "Resolve it"],
    ),
    (
        "merge conflict in the table of contents",
        text("_toc.yml", "      - file: chapters/coworking", "<<<<<<< HEAD\n      - file: chapters/coworking"),
        "_toc.yml, line 7",
        ["a merge conflict is left in the file", "Resolve it"],
    ),
    (
        "chapter missing from the table of contents",
        text("_toc.yml", "      - file: chapters/coworking\n", ""),
        COWORKING,
        ["not in the table of contents", "Add chapters/coworking to _toc.yml"],
    ),
    (
        "misspelt chapter in the table of contents",
        text("_toc.yml", "chapters/coworking", "chapters/cowerking"),
        "_toc.yml, line 7",
        ["chapters/cowerking: there is no such chapter", "Nearest: chapters/coworking"],
    ),
    (
        "cell not run",
        code("case-catch", "chapter.findings", lambda cell: cell.update(outputs=[], execution_count=None)),
        f"{CATCH}, cell ",
        ["has no recorded output", "Run: evidence record case-catch"],
    ),
    (
        "prose edited and not recorded",
        text(CATCH, "[430](figure:case.catch.apprentices)", "[around 430](figure:case.catch.apprentices)"),
        f"{CATCH}, cell 14",
        ['recorded "430 | 430', "Run: evidence record case-catch"],
    ),
    (
        "table of statements edited by hand",
        text(CATCH, '"430 | 430 | holds', '"430 | 431 | holds'),
        f"{CATCH}, cell 14",
        ['recorded "430 | 431', "Run: evidence record case-catch"],
    ),
    (
        "misspelt parameter",
        code("case-catch", "data_dir", lambda cell: cell.update(source='data_dirr = ""\nas_of = ""')),
        f"{CATCH}, cell 2",
        ['reads "data_dirr', 'data_dir = ""'],
    ),
    (
        "parameters that do not reach the chapter",
        code("case-catch", "from", lambda cell: cell.update(source=cell.source.replace(", as_of)", ")"))),
        f"{CATCH}, cell 3, line 3",
        ["found Chapter('case-catch', data_dir)", 'Write Chapter("case-catch", data_dir, as_of)'],
    ),
    (
        "arithmetic in a chapter",
        code("case-catch", "chapter.findings", lambda cell: cell.update(source=f"total = 2 + 3\n{cell.source}")),
        f"{CATCH}, cell ",
        ["do no arithmetic", "Put it into lib/evidence"],
    ),
    (
        "code that readers would see",
        code("case-catch", "chapter.findings", lambda cell: cell.metadata.update(tags=[])),
        f"{CATCH}, cell ",
        ["its code would be shown to readers", 'Tag it "remove-input"'],
    ),
    (
        "code that is not Python",
        code("case-catch", "chapter.findings", lambda cell: cell.update(source="chapter.findings(")),
        f"{CATCH}, cell ",
        ["not Python", "Correct the cell"],
    ),
]


DESK = Desk()
"""Keeps what has been read and found of what no mistake changes."""


def problems(book):
    return [problem for gate in run_gates(book / "data", book / "chapters", desk=DESK) for problem in gate.problems]


def test_there_are_more_than_twenty_and_the_copy_is_green(book):
    assert len({name for name, *_ in MISTAKES}) == len(MISTAKES) > 20
    assert problems(book) == []


@pytest.mark.parametrize(("edit", "place", "words"), [row[1:] for row in MISTAKES], ids=[row[0] for row in MISTAKES])
def test_a_mistake_is_told_once_with_place_and_remedy(edit, place, words, book):
    edit(book)
    found = problems(book)
    assert len(found) == 1, "\n".join(map(str, found))
    assert str(found[0]).startswith(place), str(found[0])
    assert [word for word in words if word not in str(found[0])] == [], str(found[0])


def test_the_number_is_marked_in_its_sentence_and_its_line(book):
    text(CATCH, "[430](figure:case.catch.apprentices)", "430")(book)
    (problem,) = problems(book)
    first, last = problem.marked
    assert problem.sentence[first:last] == "430"
    line = nbformat.read(book / CATCH, as_version=4).cells[0].source.split("\n")[problem.place.line - 1]
    assert line[problem.column - 1 : problem.end_column - 1] == "430"
    record = problem.as_record()
    assert (record["file"], record["cell"], record["line"], record["severity"]) == (CATCH, 1, 4, "error")
    assert "case.catch.apprentices" in record["nearest"]


def test_an_output_edited_by_hand_is_told_by_a_recorded_check(book):
    text(CATCH, r"state-holds\">holds<", r"state-holds\">proved<")(book)
    (told,) = editions.prove("case-catch", 1, lambda _name: None, root=book)
    assert (told.place.file, told.place.cell > 1) == (CATCH, True)
    assert "recorded and new output differ (text/html)" in told.message
    assert "evidence record case-catch" in told.remedy


def test_a_quote_with_a_typo_is_told_by_a_look_into_its_source(book, tmp_path):
    """The source's text is made of the quotes themselves, before one of them is mistyped."""
    quote = next(row["quote"] for row in read(book / DEMOS) if row["id"] == "case.catch.apprentices")
    (tmp_path / "texts").mkdir()
    for row in load(book / "data").rows("sources"):
        if row["seed"]:
            quotes = [
                r["quote"]
                for t in ("figures", "findings", "cases", "spaces", "recommendations", "social-value", "matching-example")
                for r in rows_of(book, t, row["id"])
            ]
            quotes += [r["quote"] for r in load(book / "data").rows("case-elements") if row["id"] == "demos"]
            quotes += [r["text"] for r in rows_of(book, "not-evidence", row["id"])]
            (tmp_path / "texts" / row["seed"]).write_text("\n\n".join(filter(None, quotes)), encoding="utf-8")
    word = next(word for word in quote.split() if word.isalpha() and len(word) > 5)
    cells(DEMOS, "case.catch.apprentices", quote=quote.replace(word, word[:-1], 1))(book)
    told = verify(load(book / "data"), tmp_path / "texts").problems
    assert len(told) == 1
    assert told[0].startswith(f"{DEMOS}, row ")
    assert "(case.catch.apprentices), column quote: not in the text of demos" in told[0]
    assert "Nearest:" in told[0]
    assert "Correct the quote" in told[0]


def rows_of(book, table, source):
    return [row for row in load(book / "data").rows(table) if row["source"] == source]
