"""What runs again and what does not: put a test here when a change must re-run a chapter, or must leave it alone.

The first tests run small notebooks under the names of real chapters, because a chapter reads its own page by its name. The last ones run the
command line on a copy of the book, so that its code can be changed.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from evidence import paths
from evidence.chapter import Chapter
from evidence.editions import executions as module
from evidence.editions.execution import Run
from evidence.editions.executions import Executions, execute_changed
from evidence.errors import ReadingError
from evidence.kernels import code

VIEWS = {
    "coordination": 'chapter.table("sme.barriers")',
    "perceptions": 'chapter.table("sme.outreach")',
    "ledger": "chapter.totals()",
}
"""What each small notebook shows: two read a few figures each, the third the verdicts of all."""


def notebook(name, view):
    cells = [
        nbformat.v4.new_code_cell('data_dir = ""\nas_of = ""', metadata={"tags": ["parameters"]}, id="parameters"),
        nbformat.v4.new_code_cell(
            f'from evidence import Chapter\n\nchapter = Chapter("{name}", data_dir, as_of)', id="set-up", execution_count=None
        ),
        nbformat.v4.new_code_cell(view, id="view"),
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})


def test_the_rooms_left_out_of_the_key_are_rooms():
    assert code.ABOVE
    assert all((Path(code.__file__).parents[1] / room / "__init__.py").is_file() for room in code.ABOVE)


class Book:
    """Small notebooks, a data library of their own, and the executions kept of them."""

    def __init__(self, folder, views=VIEWS):
        self.folder, self.data, self.kept = folder, folder / "data", folder / "executions"
        (folder / "chapters").mkdir()
        (folder / "out").mkdir()
        shutil.copytree(paths.ROOT / "data", self.data)
        for name, view in views.items():
            self.write(name, view)

    def path(self, name):
        return self.folder / "chapters" / f"{name}.ipynb"

    def write(self, name, view):
        nbformat.write(notebook(name, view), self.path(name))

    def run(self, *names, kept=module.KEPT, as_of=""):
        """Return which of the chapters ran; those that did not were taken from what was kept."""
        parameters = {"data_dir": str(self.data), "as_of": as_of}
        runs = [Run(self.path(name), self.folder / "out" / f"{name}.ipynb", parameters) for name in names or VIEWS]
        taken = []
        for run in runs:
            run.target.unlink(missing_ok=True)
        failures = execute_changed(runs, 2, lambda _name: None, Executions(self.kept, kept), taken.append)
        assert failures == []
        assert all(run.target.exists() for run in runs)
        return {run.notebook.stem for run in runs} - set(taken)

    def shown(self, name):
        cells = nbformat.read(self.folder / "out" / f"{name}.ipynb", as_version=4).cells
        return [output["data"]["text/html"] for cell in cells if cell.cell_type == "code" for output in cell.outputs]

    def replace(self, file, old, new):
        text = (self.data / file).read_text(encoding="utf-8")
        assert text.count(old) == 1
        (self.data / file).write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def book(tmp_path):
    made = Book(tmp_path)
    assert made.run() == set(VIEWS)
    return made


def figure_row(identifier):
    """Return the file below data/figures/ that holds a figure, and its last record's line."""
    found = [
        (path.name, line)
        for path in sorted((paths.ROOT / "data" / "figures").glob("*.csv"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(f"{identifier},")
    ]
    return found[-1]


def test_nothing_runs_twice_while_nothing_changes(book):
    first = book.shown("coordination")
    assert book.run() == set()
    assert book.shown("coordination") == first


def test_a_file_that_is_touched_and_not_changed_runs_nothing(book):
    for path in [*book.data.rglob("*.csv"), book.path("coordination")]:
        os.utime(path, (1, 1))
    assert book.run() == set()


def test_a_changed_figure_runs_the_chapter_that_shows_it_and_those_that_show_all(book):
    file, line = figure_row("sme.barriers.staff-capacity")
    book.replace(f"figures/{file}", line + "\n", line + " Changed.\n")
    assert book.run() == {"coordination", "ledger"}
    assert book.run() == set()


def test_a_changed_figure_that_no_chapter_reads_runs_nothing(tmp_path):
    small = Book(tmp_path)
    assert small.run("coordination", "perceptions") == {"coordination", "perceptions"}
    file, line = figure_row("preston.uplift.employment-actual")
    small.replace(f"figures/{file}", line + "\n", line + " Changed.\n")
    assert small.run("coordination", "perceptions") == set()


def test_a_row_that_moves_in_its_file_runs_nothing(book):
    """A page shows no row numbers, so rows that move because one was added above them change nothing; only what reads all figures runs."""
    file, line = figure_row("sme.barriers.staff-capacity")
    new = "aaa.new-figure" + line.removeprefix("sme.barriers.staff-capacity")
    text = (book.data / "figures" / file).read_text(encoding="utf-8")
    head, _, rest = text.partition("\n")
    new = new.replace(",sme.barriers,", ",,")
    (book.data / "figures" / file).write_text(f"{head}\n{new}\n{rest}", encoding="utf-8")
    assert book.run("coordination", "perceptions") == set()


def test_data_put_back_are_served_from_what_was_kept(book):
    file, line = figure_row("sme.barriers.staff-capacity")
    before = (book.data / "figures" / file).read_text(encoding="utf-8")
    book.replace(f"figures/{file}", line + "\n", line + " Changed.\n")
    assert book.run("coordination") == {"coordination"}
    (book.data / "figures" / file).write_text(before, encoding="utf-8")
    assert book.run("coordination") == set()


def test_changed_code_of_a_chapter_runs_that_chapter(book):
    book.write("coordination", 'chapter.table("sme.barriers", "Barriers named")')
    assert book.run() == {"coordination"}
    assert "Barriers named" in "".join(book.shown("coordination"))


def test_two_chapters_with_the_same_code_keep_their_own_outputs(tmp_path):
    """Each shows the statements of its own page; the stock cache, which knows code alone, gives both the same."""
    small = Book(tmp_path)
    source = "from evidence import Chapter\nfrom pathlib import Path\n\nchapter = Chapter(Path.cwd().name, data_dir, as_of)\nchapter.statements()"
    targets = {}
    for name, prose in {"case-catch": "[15%](figure:sme.barriers.staff-capacity)", "perceptions": "No numbers."}.items():
        folder = tmp_path / name
        folder.mkdir()
        written = notebook(name, "chapter.statements()")
        written.cells[1].source = source
        written.cells.insert(0, nbformat.v4.new_markdown_cell(prose, id="prose"))
        nbformat.write(written, folder / f"{name}.ipynb")
        targets[name] = Run(folder / f"{name}.ipynb", tmp_path / "out" / f"{name}.ipynb", {"data_dir": str(small.data), "as_of": ""})
    for expected in (set(), {"case-catch", "perceptions"}):
        taken = []
        assert execute_changed(list(targets.values()), 2, lambda _name: None, Executions(small.kept), taken.append) == []
        assert set(taken) == expected
        assert "All 1 statements" in small.shown("case-catch")[0]
        assert "All 0 statements" in small.shown("perceptions")[0]


def test_another_day_is_another_execution(book):
    assert book.run("coordination", as_of="2026-04-30") == {"coordination"}
    assert book.run("coordination") == set()


def test_another_version_of_what_draws_runs_everything(book, monkeypatch):
    versions = module.version
    monkeypatch.setattr(module, "version", lambda name: "0" if name == "altair" else versions(name))
    assert book.run() == set(VIEWS)


@pytest.mark.parametrize(
    "harm", [lambda content: content[:-1], lambda content: content.replace(b"code", b"mode"), lambda _: b"", lambda _: b"[]"]
)
def test_an_execution_that_is_not_whole_is_ignored_and_run(book, harm):
    for path in book.kept.glob("*.txt"):
        path.write_bytes(harm(path.read_bytes()))
    assert book.run() == set(VIEWS)
    assert book.run() == set()


def test_what_a_killed_process_left_half_written_is_not_taken(book):
    for path in list(book.kept.glob("*.txt")):
        path.rename(path.with_name(f".{path.name}.4242"))
    assert book.run("perceptions") == {"perceptions"}


def test_the_executions_used_longest_ago_are_dropped(tmp_path):
    small = Book(tmp_path)
    small.run("coordination", kept=2)
    small.run("perceptions", kept=2)
    assert small.run("coordination", kept=2) == set()
    small.run("ledger", kept=2)
    assert len(list(small.kept.glob("*.txt"))) == 2
    assert small.run("coordination", kept=2) == set()
    assert small.run("perceptions", kept=2) == {"perceptions"}


def test_a_run_that_fails_is_not_kept(tmp_path):
    small = Book(tmp_path, {"coordination": 'chapter.table("no.such-figure")'})
    run = Run(small.path("coordination"), tmp_path / "out" / "coordination.ipynb", {"data_dir": str(small.data), "as_of": ""})
    for _ in range(2):
        failures = execute_changed([run], 1, lambda _name: None, Executions(small.kept), lambda _name: pytest.fail("taken"))
        assert "no.such-figure" in str(failures)
    assert not list(small.kept.glob("*.txt"))


def questions(name, *views):
    chapter = Chapter(name)
    for view in views:
        view(chapter)
    return {tuple(question) for question, _ in chapter.questions.asked()}


def test_a_table_asks_for_its_own_figures_only():
    asked = questions("coordination", lambda chapter: chapter.table("sme.barriers"))
    figures = {question[1] for question in asked if question[0] == "figure"}
    assert "sme.barriers.staff-capacity" in figures
    assert all(name.startswith("sme.barriers") for name in figures)
    assert not {question for question in asked if question[0] in ("figures", "verdicts", "everything")}


def test_a_chapter_that_shows_numbers_and_a_case_never_asks_for_all_figures():
    asked = questions("case-catch", lambda chapter: chapter.case("case.catch"), lambda chapter: chapter.statements())
    assert ("page", "case-catch") in asked
    assert ("case", "case.catch") in asked
    assert not {question for question in asked if question[0] in ("figures", "verdicts", "everything")}


def test_a_page_asks_for_the_names_of_sources_and_not_for_their_dates():
    asked = questions("case-catch", lambda chapter: chapter.case("case.catch"))
    columns = {question[2] for question in asked if question[:2] == ("cell", "sources")}
    assert columns == {"short"}


GUARDED = """
import sys
from pathlib import Path
from evidence import Chapter
from evidence.errors import ReadingError
from evidence.kernels import code
chapter = Chapter("coordination", guarded=True)
chapter.chart("coordination.barriers"), chapter.statements()
import colorsys, zoneinfo
zoneinfo.ZoneInfo("Europe/London")
{code}
"""


def guarded(code, tmp_path):
    command, environment = [sys.executable, "-c", GUARDED.format(code=code)], {**os.environ, "EVIDENCE_BOOK": str(paths.ROOT)}
    return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False)


@pytest.mark.parametrize(
    "code",
    [
        'open("beside.csv")',
        'Path("beside.csv").read_bytes()',
        'import pandas; pandas.read_csv("beside.csv")',
        "import beside",
        'import os; os.open("beside.csv", os.O_RDONLY)',
    ],
)
def test_a_chapter_that_reads_beside_the_library_fails_and_names_the_file(code, tmp_path):
    (tmp_path / "beside.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (tmp_path / "beside.py").write_text("value = 1\n", encoding="utf-8")
    done = guarded(code, tmp_path)
    assert done.returncode == 1
    last = done.stderr.splitlines()[-1]
    assert "ReadingError: a chapter read" in last
    assert str(tmp_path.resolve()) in last and "/beside." in last


@pytest.mark.parametrize("code", ['import subprocess; subprocess.run(["cat", "x"])', 'import os; os.system("true")'])
def test_a_chapter_that_starts_a_program_fails(code, tmp_path):
    assert "ReadingError: a chapter started" in guarded(code, tmp_path).stderr


def test_a_chapter_that_reads_only_the_library_is_let_through(tmp_path):
    done = guarded("print('fine')", tmp_path)
    assert (done.returncode, done.stdout) == (0, "fine\n"), done.stderr


def test_no_guard_stands_outside_a_kernel(tmp_path):
    Chapter("coordination")
    (tmp_path / "beside.txt").write_text("read", encoding="utf-8")
    assert (tmp_path / "beside.txt").read_text(encoding="utf-8") == "read"
    assert issubclass(ReadingError, Exception)


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the repository with three short chapters."""
    root = tmp_path_factory.mktemp("copy") / "book"
    for name in ("data", "lib"):
        shutil.copytree(paths.ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    (root / "chapters").mkdir()
    for name in ("reading", "changes", "data-library"):
        shutil.copy2(paths.chapters_dir() / f"{name}.ipynb", root / "chapters")
    shutil.copy2(paths.ROOT / "_config.yml", root)
    return root


def record(root, *options):
    """Return which chapters `evidence record` ran."""
    done = subprocess.run(
        [sys.executable, "-m", "evidence.cli", "record", *options],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "lib")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    taken = done.stdout.partition("Not run, for nothing they show has changed: ")[2].strip().rstrip(".")
    return {path.stem for path in (root / "chapters").glob("*.ipynb")} - set(taken.split(", "))


def append(path, text):
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_code_decides_what_is_recorded_again(copy):
    everything = {"reading", "changes", "data-library"}
    before = {path.name: path.read_bytes() for path in (copy / "chapters").iterdir()}
    assert record(copy) == everything
    assert record(copy) == set()
    append(copy / "lib" / "evidence" / "quantity" / "words.py", "\n# Read by a chapter only through other modules.\n")
    assert record(copy) == everything
    append(copy / "lib" / "evidence" / "site" / "dress.py", "\n# No chapter can import the site.\n")
    assert record(copy) == set()
    assert record(copy, "--fresh") == everything
    assert {path.name: path.read_bytes() for path in (copy / "chapters").iterdir()} == before


def test_an_output_deleted_from_a_committed_notebook_comes_back(copy):
    path = copy / "chapters" / "reading.ipynb"
    whole = path.read_text(encoding="utf-8")
    record(copy)
    cut = json.loads(whole)
    for cell in cut["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = []
    path.write_text(json.dumps(cut), encoding="utf-8")
    assert record(copy) == set()
    assert path.read_text(encoding="utf-8") == whole


def test_prose_of_one_page_runs_that_page(copy):
    record(copy)
    path = copy / "chapters" / "reading.ipynb"
    written = nbformat.read(path, as_version=4)
    next(cell for cell in written.cells if cell.cell_type == "markdown").source += "\n\nA sentence more."
    nbformat.write(written, path)
    assert record(copy) == {"reading"}
    assert isinstance(path, Path)
