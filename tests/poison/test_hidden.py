"""What would be published unread, or switch a proof off, turns a gate red: put a test here for another way to hide something."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest

from evidence import paths
from evidence.editions import proof
from evidence.errors import EditionError, StatementError
from evidence.gates.form import contents, notebook_form
from evidence.gates.outputs import strange_markup
from evidence.statements import read_notebook

PAGE = "case-catch"


@pytest.fixture
def page(tmp_path):
    """A copy of one chapter."""
    (tmp_path / "chapters").mkdir()
    return Path(shutil.copy2(paths.chapters_dir() / f"{PAGE}.ipynb", tmp_path / "chapters"))


def told(page, change, number):
    """Change a cell, given by its number as an author counts, and return what the gate of the form says."""
    notebook = nbformat.read(page, as_version=4)
    change(notebook.cells[number - 1])
    return [str(problem) for problem in notebook_form(page, notebook)]


def first(kind, begins=""):
    """Return the number of the first cell of a kind whose source begins so."""
    cells = nbformat.read(paths.chapters_dir() / f"{PAGE}.ipynb", as_version=4).cells
    return next(n for n, cell in enumerate(cells, start=1) if cell.cell_type == kind and cell.source.startswith(begins))


def test_the_chapter_itself_is_in_form(page):
    assert told(page, lambda _cell: None, 1) == []


@pytest.mark.parametrize("mark", ["NBVAL_IGNORE_OUTPUT", "NBVAL_SKIP", "NBVAL_RAISES_EXCEPTION", "PYTEST_VALIDATE_IGNORE_OUTPUT"])
def test_a_comment_that_switches_nbval_off_is_refused(page, mark):
    number = first("code", "chapter.case")
    (problem,) = told(page, lambda cell: cell.update(source=f"# {mark}\n{cell.source}"), number)
    assert problem.startswith(f"chapters/{PAGE}.ipynb, cell {number}: {mark} would switch off the proof")


@pytest.mark.parametrize("tag", ["nbval-ignore-output", "nbval-skip", "raises-exception", "skip-execution", "remove-output", "hide-output"])
def test_a_tag_that_switches_a_check_off_or_hides_is_refused(page, tag):
    number = first("code", "chapter.case")
    (problem,) = told(page, lambda cell: cell.metadata["tags"].append(tag), number)
    assert problem.startswith(f'chapters/{PAGE}.ipynb, cell {number}: the tag "{tag}" could switch off a check')


def test_a_tag_of_prose_is_refused(page):
    (problem,) = told(page, lambda cell: cell.metadata.update(tags=["remove-cell"]), 1)
    assert 'cell 1: the tag "remove-cell"' in problem


def test_the_table_of_statements_cannot_be_hidden(page):
    cells = nbformat.read(page, as_version=4).cells
    (problem,) = told(page, lambda cell: cell.metadata.update(tags=["remove-cell"]), len(cells))
    assert "the table of statements is hidden from readers" in problem


def test_a_raw_cell_and_an_attached_file_are_refused(page):
    (problem,) = told(page, lambda cell: cell.update(cell_type="raw"), 1)
    assert "a cell of type raw, which no gate reads" in problem
    (problem,) = told(page, lambda cell: cell.update(attachments={"lie.png": {"image/png": "aGk="}}), 1)
    assert "an attached file, which no gate reads" in problem


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<script>document.title='x'</script><p>95% of firms agree.</p>", "<script>"),
        ('<p onclick="x">', '<p onclick="x">'),
        ("<svg/onload=x>", '<svg onload="x">'),
        ('<iframe src="https://example.org">', "<iframe>"),
        ('<a href="javascript:x">', '<a href="javascript:x">'),
        ('<a href=" JavaScript&colon;x">', '<a href=" JavaScript:x">'),
        ('<a href="data:text/html,x">', '<a href="data:text/html,x">'),
        ('<a href="//example.org">', '<a href="//example.org">'),
        ('<form action="https://example.org">', '<form action="https://example.org">'),
        ('<rect fill="url(https://example.org)">', '<rect fill="url(https://example.org)">'),
        ('<p style="position:fixed">', '<p style="position:fixed">'),
        ("<img src=x onerror=y", "<img src=x onerror=y"),
        ("<!-- <p> -->", "<!-- <p> -->"),
        ("<object>", "<object>"),
        ("<meta http-equiv=refresh>", "<meta>"),
    ],
)
def test_markup_that_a_page_would_run_or_fetch_is_found(html, found):
    assert strange_markup(f"<p>before</p>{html}") == found


@pytest.mark.parametrize(
    "html",
    [
        '<a class="figure" href="ledger.html#sme.barriers.any">68%</a>',
        '<a href="https://example.org/a?b=1">x</a> <a href="../feed.xml">y</a> <a href="#chart">z</a>',
        '<rect clip-path="url(#a-clip1)" fill="none"/>',
        '<p title="Sources of data: onset of firms">1 &lt; 2 &amp; 3</p>',
        '<input type="number" min="0" step="any" data-end="low" aria-label="low">',
    ],
)
def test_what_views_write_is_let_through(html):
    assert strange_markup(html) == ""


def outputs(**changes):
    """Return a change of the recorded output of a cell."""
    return lambda cell: cell.outputs[0].update(changes)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (outputs(data={"text/html": "<script></script>", "text/plain": ""}), "its recorded output (text/html) holds <script>"),
        (outputs(data={"image/svg+xml": "<svg></svg>"}), "its recorded output (image/svg+xml) holds another type"),
        (outputs(data={"application/javascript": "x"}), "its recorded output (application/javascript) holds another type"),
        (outputs(output_type="display_data"), "its recorded output is of type display_data"),
        (
            outputs(data={"application/vnd.vegalite.v6+json": {"encoding": {"href": {"value": "javascript:x"}}}}),
            'its recorded output (application/vnd.vegalite.v6+json) holds "javascript:x"',
        ),
    ],
)
def test_an_output_that_no_view_writes_is_refused_and_named(page, change, said):
    number = first("code", "chapter.case")
    (problem,) = told(page, change, number)
    assert problem.startswith(f"chapters/{PAGE}.ipynb, cell {number}: {said}")
    assert f"evidence record {PAGE}" in problem


@pytest.mark.parametrize(
    "source",
    [
        "<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> other",
        "Before.\n\n<<<<<<< local",
        "Text\n>>>>>>> remote",
        '<span style="color:red">**<<<<<<< local**</span>',
    ],
)
@pytest.mark.parametrize("kind", ["markdown", "code"])
def test_a_merge_conflict_in_a_cell_is_refused(page, source, kind):
    notebook = json.loads(page.read_text(encoding="utf-8"))
    number = next(n for n, cell in enumerate(notebook["cells"], start=1) if cell["cell_type"] == kind)
    notebook["cells"][number - 1]["source"] = source.splitlines(keepends=True)
    page.write_text(json.dumps(notebook), encoding="utf-8")
    with pytest.raises(StatementError, match=rf"{PAGE}\.ipynb, cell {number}, line \d: a merge conflict is left in the file"):
        read_notebook(page)


TOC = "format: jb-book\nroot: chapters/index\nchapters:\n  - file: chapters/case-catch\n"


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("  - file: chapters/more/lie\n", "_toc.yml, line 5: file: chapters/more/lie is no page of chapters/"),
        ("  - {file: README}\n", "_toc.yml, line 5: file: README is no page of chapters/"),
        ("  - glob: chapters/*/lie\n", "_toc.yml, line 5: glob: chapters/*/lie is no page of chapters/"),
        ("  - url: https://example.org\n", "_toc.yml, line 5: url: https://example.org is no page of chapters/"),
        ("  - file: [\n", "_toc.yml: not YAML"),
    ],
)
def test_an_entry_of_the_contents_that_no_gate_reads_is_refused(page, entry, said):
    (page.parent.parent / "_toc.yml").write_text(TOC + entry, encoding="utf-8")
    assert any(str(problem).startswith(said) for problem in contents(page.parent, ["index.ipynb", page.name]))


def test_contents_that_are_not_utf_8_are_refused(page):
    (page.parent.parent / "_toc.yml").write_bytes(TOC.encode() + b"# \xe9\n")
    (problem,) = contents(page.parent, ["index.ipynb", page.name])
    assert str(problem) == f"_toc.yml: byte {len(TOC) + 2} is not UTF-8. Save the file in UTF-8."


@pytest.mark.parametrize("name", ["more/lie.md", "more/deeper/lie.ipynb", "lie.rst", "more/lie.txt"])
def test_a_page_that_no_gate_reads_is_refused(page, name):
    (page.parent.parent / "_toc.yml").write_text(TOC, encoding="utf-8")
    assert list(contents(page.parent, ["index.ipynb", page.name])) == []
    (page.parent / name).parent.mkdir(parents=True, exist_ok=True)
    (page.parent / name).write_text("44% of firms did nothing.", encoding="utf-8")
    (problem,) = contents(page.parent, ["index.ipynb", page.name])
    assert str(problem).startswith(f"chapters/{name}: a page that no gate reads.")


def test_an_output_edited_by_hand_is_never_built(page):
    """The gates of a hurry would find the script; the proof finds every other word of the same edit too."""
    shutil.copytree(paths.ROOT / "data", page.parent.parent / "data")
    shutil.copy2(paths.ROOT / "_config.yml", page.parent.parent)
    number = first("code", "chapter.case")
    notebook = json.loads(page.read_text(encoding="utf-8"))
    notebook["cells"][number - 1]["outputs"][0]["data"]["text/html"] = ["<script>document.title='x'</script><p>95% of firms agree.</p>"]
    page.write_text(json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    with pytest.raises(EditionError) as refused:
        proof.demand_proof(1, lambda _name: None, page.parent.parent)
    assert str(refused.value) == (
        f"chapters/{PAGE}.ipynb, cell {number}: recorded and new output differ (text/html). "
        f"If the new one is right, run: evidence record {PAGE}\nNothing was built or published."
    )
