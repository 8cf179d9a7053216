"""Runs over a grid of parameters: put a test here for what a grid may say, and for what becomes of its rows."""

import csv
import filecmp
import json
import os
import platform
import shutil
import subprocess
import sys
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from test_content_keys import notebook

from evidence import editions, paths
from evidence.cli import grid as commands
from evidence.editions.grid import cluster as cluster_module
from evidence.editions.grid.freezing import code
from evidence.editions.grid.handing import hand_over
from evidence.editions.grid.reading import Defaults, read_grid
from evidence.editions.grid.units import DONE, FAILED, LOST, STRANGE, LedgerUnit, do
from evidence.editions.grid.workers import Crew
from evidence.errors import DataError, EditionError

NEXT_WAVE = paths.ROOT / "tests" / "fixtures" / "next-wave"
SHOWN = {"coordination": 'chapter.table("sme.barriers")', "perceptions": "chapter.meanings()"}


def write(path, *lines):
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def with_parameters(name, view, parameters):
    made = notebook(name, view)
    made.cells[0].source = 'data_dir = ""\nas_of = ""' + "".join(f'\n{line} = "{text}"' for line, text in parameters.items())
    return made


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """A small book with the repository's data: two plain chapters, and one each with a place and a case."""
    root = tmp_path_factory.mktemp("book")
    (root / "chapters").mkdir()
    shutil.copytree(paths.ROOT / "data", root / "data")
    shutil.copy2(paths.ROOT / "_config.yml", root)
    for name, view in SHOWN.items():
        nbformat.write(notebook(name, view), root / "chapters" / f"{name}.ipynb")
    nbformat.write(with_parameters("places", "chapter.table(place)", {"place": "sme.barriers"}), root / "chapters" / "places.ipynb")
    nbformat.write(with_parameters("cases", "chapter.case(case)", {"case": "case.catch"}), root / "chapters" / "cases.ipynb")
    shutil.copytree(NEXT_WAVE, root / "wave")
    return root


def problems(book, *lines, **defaults):
    """Return what is said of a grid that must be refused."""
    with pytest.raises(DataError) as refused:
        read_grid(write(book / "bad.csv", *lines), book / "chapters", Defaults(**defaults))
    assert refused.value.problems[-1] == "Nothing was run." or len(refused.value.problems) == 1
    return refused.value.problems[0]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["as_of", ""], "bad.csv: no row to run."),
        (
            ["as_off", "2026-04-30"],
            'bad.csv, row 1: unknown column "as_off"; a grid may have as_of, scenario, chapter, place, case. Is it "as_of"?',
        ),
        (["as_of,as_of", "2026-04-30,"], "bad.csv, row 1: column as_of stands there twice."),
        (["as_of", "2026-04-30", "2026-13-01"], 'bad.csv, row 3, column as_of: "2026-13-01" is not a date; write it as 2026-04-30.'),
        (["as_of", "20260430"], 'bad.csv, row 2, column as_of: "20260430" is not a date'),
        (["scenario", "wave", "no-such"], 'bad.csv, row 3, column scenario: no folder "no-such" beside the grid.'),
        (["chapter", "coordinaton"], 'bad.csv, row 2, column chapter: there is no chapter "coordinaton" to run.'),
        (["chapter,place", "coordination,leeds"], 'bad.csv, row 2, column place: "leeds" is for no chapter of this row; places has'),
        (["as_of", "2026-04-30", "2026-11-21", "2026-04-30"], "bad.csv, row 4: the same as row 2. Take one of them out."),
        (["scenario", "wave", "./wave/"], "bad.csv, row 3: the same as row 2."),
        (["as_of,chapter", "2026-04-30"], "bad.csv, row 2: 1 cells, the header has 2."),
    ],
)
def test_a_grid_that_cannot_be_run_is_refused_with_row_and_column(book, lines, said):
    assert problems(book, *lines).startswith(said)


def test_a_parameter_that_no_chapter_has_is_refused_by_its_column(tmp_path):
    (tmp_path / "chapters").mkdir()
    nbformat.write(notebook("coordination", "chapter.meanings()"), tmp_path / "chapters" / "coordination.ipynb")
    assert problems(tmp_path, "place", "leeds") == "bad.csv, row 1, column place: no chapter has such a parameter. Take the column out."


def test_all_that_is_wrong_is_said_at_once(book):
    with pytest.raises(DataError) as refused:
        read_grid(write(book / "bad.csv", "as_of,chapter", "never,nowhere", "2026-04-31,places"), book / "chapters", Defaults())
    assert len(refused.value.problems) == 4


def test_empty_cells_take_the_defaults_and_empty_lines_are_passed_over(book):
    lines = ["as_of,scenario,chapter,place", ",,,", "2026-11-21,,,", ",wave,places,sme.outreach"]
    first, second = read_grid(
        write(book / "grid.csv", *lines), book / "chapters", Defaults(data=book / "wave", as_of="2026-04-30", only="perceptions")
    )
    assert (first.number, first.as_of, first.scenario, first.chapters, first.given) == (
        3,
        "2026-11-21",
        book / "wave",
        ("perceptions",),
        (),
    )
    assert (second.number, second.as_of, second.chapters, second.given) == (4, "2026-04-30", ("places",), (("place", "sme.outreach"),))


def test_a_row_without_a_chapter_is_for_the_whole_book(book):
    (row,) = read_grid(write(book / "grid.csv", "as_of", "2026-11-21"), book / "chapters", Defaults())
    assert row.chapters == ("cases", "coordination", "perceptions", "places")


def test_malformed_data_of_a_scenario_are_refused_before_anything_runs(book, tmp_path):
    bad = tmp_path / "bad-wave" / "figures"
    bad.mkdir(parents=True)
    (bad / "demos.csv").write_text((NEXT_WAVE / "figures" / "demos.csv").read_text(encoding="utf-8").replace("91%,91,", "91%,92,", 1))
    grid = write(tmp_path / "grid.csv", "scenario,chapter", ",coordination", "bad-wave,coordination")
    ran = []
    with pytest.raises(DataError, match=r"grid\.csv, row 3, column scenario: bad-wave/figures/demos\.csv, row 2"):
        editions.run_grid(order(grid, tmp_path / "out"), ran.append, root=book)
    assert ran == []


def order(grid, out, **changes):
    wanted = {"grid": grid, "defaults": Defaults(), "jobs": 2, "out": out}
    return editions.GridOrder(**{**wanted, **changes})


def contents(folder, *leave_out):
    """Return the bytes of every file below a folder by name."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.relative_to(folder).parts[0] not in leave_out]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


GRID = [
    "as_of,scenario,chapter,place,case",
    ",,coordination,,",
    ",wave,coordination,,",
    ",,places,,",
    ",,places,sme.outreach,",
    ",,places,no-such.place,",
    ",,cases,,case.bradford-skillshouse",
]


@pytest.fixture(scope="module")
def ran(book, tmp_path_factory):
    """The grid, run once: its summary, what progress said, and the order."""
    folder = tmp_path_factory.mktemp("grid")
    shutil.copytree(NEXT_WAVE, folder / "wave")
    wanted = order(write(folder / "many.csv", *GRID), folder / "out")
    said, totals = [], []
    summary = editions.run_grid(wanted, said.append, totals.append, root=book)
    return summary, said, totals, wanted


def test_every_row_is_counted_once_in_one_bar(ran):
    _, said, totals, _ = ran
    assert totals == [6]
    assert sorted(label.partition(" ")[2][:1] for label in said) == ["2", "3", "4", "5", "6", "7"]


def test_a_row_is_what_rerun_gives(ran, book, tmp_path):
    summary, _, _, _ = ran
    made = editions.rerun(editions.Order(NEXT_WAVE, "", "coordination", 1, False, tmp_path), lambda _name: None, root=book)
    row = summary.folder / summary.lines[1].folder
    for name in ("changes.json", "changes.md", "chapters/coordination.ipynb"):
        assert filecmp.cmp(row / name, made.directory / name, shallow=False), name
    snapshot = next(path for path in (summary.folder / "snapshots").iterdir() if path.name.startswith("wave-"))
    assert filecmp.cmp(snapshot / "ledger.json", made.directory / "ledger.json", shallow=False)


def shown(summary, number):
    line = next(line for line in summary.lines if line.row.number == number)
    (path,) = (summary.folder / line.folder / "chapters").glob("*.ipynb")
    return "".join(str(cell.outputs) for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code")


def test_a_place_and_a_case_reach_the_chapter_that_has_them_and_an_empty_cell_leaves_its_own(ran):
    """The default place is what the other chapter shows, so both show the same."""
    summary = ran[0]
    assert shown(summary, 4) == shown(summary, 2)
    assert shown(summary, 5) != shown(summary, 4)
    assert "SkillsHouse" in shown(summary, 7)


def test_the_summary_tells_of_every_row_and_the_failed_one_alone_has_no_folder(ran):
    summary = ran[0]
    with summary.file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == [
        "row",
        "as_of",
        "scenario",
        "chapter",
        "place",
        "case",
        "state",
        "sentences",
        "claims",
        "audit",
        "folder",
        "error",
    ]
    assert [row["row"] for row in rows] == ["2", "3", "4", "5", "6", "7"]
    assert [row["state"] for row in rows] == ["done", "done", "done", "done", "failed", "done"]
    assert [row["row"] for row in rows if not row["folder"]] == ["6"]
    assert 'chapters/places.ipynb, cell 3: DataError: unknown figure "no-such.place"' in rows[4]["error"]
    assert (rows[0]["claims"], rows[1]["claims"], rows[4]["claims"]) == ("0", "2", "")
    assert int(rows[1]["audit"]) > 0
    assert not summary.clean
    assert summary.lines[0].clean


def test_nothing_half_made_is_left(ran):
    summary = ran[0]
    assert [path.name for path in summary.folder.rglob(".*")] == []
    assert {path.name.partition("-")[0] for path in (summary.folder / "snapshots").iterdir()} == {"own", "wave"}
    assert "injected-parameters" not in str(contents(summary.folder, "executions"))


def test_the_same_grid_again_runs_only_what_failed_and_gives_the_same_bytes(ran, book):
    summary, _, _, wanted = ran
    before = contents(summary.folder)
    again = editions.run_grid(wanted, lambda _name: None, root=book)
    assert again.fresh == 1
    assert contents(summary.folder) == before


def test_fresh_runs_every_row_and_another_folder_is_the_same_bytes(ran, book, tmp_path):
    summary, _, _, wanted = ran
    before = contents(summary.folder, "executions")
    fresh = editions.run_grid(order(wanted.grid, wanted.out, fresh=True), lambda _name: None, root=book)
    assert fresh.fresh == 6
    assert contents(summary.folder, "executions") == before


def test_what_a_killed_run_left_is_removed_and_rows_that_are_whole_stay(ran, book):
    summary, _, _, wanted = ran
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = summary.folder / f".work-{platform.node()}-{gone.pid}-x" / "rows" / "2"
    left.mkdir(parents=True)
    editions.run_grid(wanted, lambda _name: None, root=book)
    assert not left.exists()


def test_other_data_that_a_chapter_does_not_read_make_a_new_row_from_its_kept_execution(ran, book, tmp_path):
    """The overlay moves a figure that the chapter does not read: the row is another, its chapter's outputs are taken and not run."""
    summary, _, _, wanted = ran
    overlay = tmp_path / "other" / "figures"
    overlay.mkdir(parents=True)
    header, *lines = (paths.ROOT / "data" / "figures" / "demos.csv").read_text(encoding="utf-8").splitlines()
    line = next(line for line in lines if line.startswith("case.catch.apprentices,"))
    day = next(cell for cell in line.split(",") if len(cell) == 10 and cell[4] == cell[7] == "-")
    (overlay / "demos.csv").write_text(f"{header}\n{line.replace('430', '440').replace(day, '2026-10-30')}\n", encoding="utf-8")
    grid = write(tmp_path / "many.csv", "scenario,chapter", "other,coordination")
    kept = sorted((summary.folder / "executions").iterdir())
    again = editions.run_grid(order(grid, wanted.out), lambda _name: None, root=book)
    assert again.fresh == 1
    assert again.lines[0].folder not in {line.folder for line in summary.lines}
    assert sorted((summary.folder / "executions").iterdir()) == kept


class Now(Executor):
    """An executor that does each call at once, or raises what it is told to."""

    def __init__(self, *raised):
        self.raised, self.calls = list(raised), 0

    def submit(self, fn, /, *arguments):
        self.calls += 1
        future = Future()
        error = self.raised.pop(0) if self.raised else None
        if error:
            future.set_exception(error)
        else:
            future.set_result(fn(*arguments))
        return future


def handed(unit, doing, *raised):
    """Hand one unit over, and return how often, and what was said at its end."""
    said, executor = [], Now(*raised)
    hand_over([unit], Crew(executor, lambda: 2, doing), lambda _unit, error: said.append(error))
    return executor.calls, said


@pytest.fixture
def unit(tmp_path):
    (tmp_path / "starts").mkdir()
    return LedgerUnit("one", tmp_path, code(), tmp_path, tmp_path)


def test_a_lost_worker_is_no_failure_and_a_unit_lost_four_times_is(unit):
    assert handed(unit, lambda _unit: (DONE, ""), OSError("killed"), OSError("killed"), OSError("killed")) == (4, [""])
    calls, said = handed(unit, lambda _unit: (DONE, ""), *[OSError("killed")] * 9)
    assert (calls, said) == (4, ["the process that ran it ended. It was tried 4 times."])


def test_an_error_of_a_cell_is_not_tried_again_and_a_lost_kernel_is(unit):
    assert handed(unit, lambda _unit: (FAILED, "cell 3")) == (1, ["cell 3"])
    assert handed(unit, lambda _unit: (LOST, "the kernel died.")) == (4, ["the kernel died. It was tried 4 times."])


def test_starts_that_another_scheduler_made_are_counted(unit):
    """A scheduler that handed it to four workers, all killed, has used up all tries: the next worker refuses, and it has failed."""
    for _ in range(4):
        unit.begin()
    assert do(unit) == (LOST, "the process that ran it ended.")
    assert handed(unit, do) == (1, ["the process that ran it ended. It was tried 4 times."])


def test_a_worker_with_other_code_or_without_our_folder_ends_the_run(unit, tmp_path):
    assert do(replace(unit, code="another"))[0] == STRANGE
    assert do(replace(unit, work=tmp_path / "nowhere")) == (
        STRANGE,
        f"it does not see {tmp_path / 'nowhere'}. Give a folder that all workers share with --out.",
    )
    with pytest.raises(EditionError, match="a worker is not fit for the work: it runs other code"):
        handed(replace(unit, code="another"), do)


def test_without_the_extra_a_cluster_is_refused_with_how_to_install_it(monkeypatch, book, tmp_path):
    monkeypatch.setitem(sys.modules, "distributed", None)
    grid = write(tmp_path / "grid.csv", "chapter", "perceptions")
    with pytest.raises(EditionError, match="Run: make cluster"):
        editions.run_grid(order(grid, tmp_path / "out", scheduler="tcp://127.0.0.1:1"), lambda _name: None, root=book)


@pytest.mark.needs("cluster")
def test_a_scheduler_that_does_not_answer_is_named(monkeypatch, book, tmp_path):
    monkeypatch.setattr(cluster_module, "SECONDS_TO_CONNECT", 1)
    grid = write(tmp_path / "grid.csv", "chapter", "perceptions")
    with pytest.raises(EditionError, match=r"no scheduler answers at tcp://127\.0\.0\.1:1 "):
        editions.run_grid(order(grid, tmp_path / "out", scheduler="tcp://127.0.0.1:1"), lambda _name: None, root=book)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--grid", "no-such.csv"], "no such file"),
        (["--grid", "GRID", "--site"], "--site builds the site of one edition"),
        (["--grid", "GRID", "--only", "perceptions"], "the grid has a column chapter"),
        (["--grid", "GRID", "--as-of", "soon"], "is not a date"),
        (["--grid", "GRID", "--data", "no-such"], "no such folder"),
        (["--scheduler", "tcp://127.0.0.1:1"], "give --grid too"),
    ],
)
def test_options_that_contradict_each_other_are_wrong_usage(tmp_path, arguments, said):
    grid = write(tmp_path / "grid.csv", "chapter", "perceptions")
    command = [sys.executable, "-m", "evidence.cli", "rerun", *(str(grid) if word == "GRID" else word for word in arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "COLUMNS": "200"})
    assert done.returncode == 2
    assert said in " ".join(done.stderr.replace("│", " ").split())


def test_the_command_prints_a_table_or_json_and_ends_with_one_where_a_row_failed(ran, capsys, monkeypatch):
    monkeypatch.setattr(editions, "run_grid", lambda *_arguments: ran[0])
    assert commands.run_and_tell(ran[3], commands.Format.text) == 1
    printed = capsys.readouterr().out.splitlines()
    assert printed[0].split() == ["row", "scenario", "chapter", "place", "case", "state", "sentences", "claims", "audit", "folder"]
    assert printed[2].split()[:4] == ["3", "wave", "coordination", "done"]
    assert "5 rows done, 1 failed; 1 need an author." in printed
    assert printed[-1] == f"Summary: {ran[0].file}"
    commands.run_and_tell(ran[3], commands.Format.json)
    told = json.loads(capsys.readouterr().out)
    assert (told["done"], told["failed"], told["run"], len(told["rows"])) == (5, 1, 6, 6)
    assert Path(told["summary"]) == ran[0].file
