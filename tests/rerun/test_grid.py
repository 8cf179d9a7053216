"""Runs over a grid of parameters: put a test here for what a grid may say, and for what becomes of its rows."""

import contextlib
import csv
import filecmp
import json
import platform
import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path

import nbformat
import pytest
from small_book import notebook
from typer.testing import CliRunner

from evidence import cli, editions, paths
from evidence.cli import grid as commands
from evidence.editions.grid import cluster as cluster_module
from evidence.editions.grid.specification import Defaults, read_grid
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
    assert str(refused.value.problems[-1]) == "Nothing was run." or len(refused.value.problems) == 1
    return str(refused.value.problems[0])


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
        (["as_of", "2026-04-30", "2026-11-21", "2026-04-30"], "bad.csv, row 4: the same as row 2. Keep one of them."),
        (["as_of", *["2026-04-30"] * 4], "bad.csv, row 3: the same as row 2, and so are 2 more."),
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
    made = editions.rerun(editions.RerunOrder(NEXT_WAVE, "", "coordination", 1, False, tmp_path), lambda _name: None, root=book)
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
    assert "injected-parameters" not in str(contents(summary.folder))


def test_the_same_grid_again_runs_only_what_failed_and_gives_the_same_bytes(ran, book):
    summary, _, _, wanted = ran
    before = contents(summary.folder)
    again = editions.run_grid(wanted, lambda _name: None, root=book)
    assert again.fresh == 1
    assert contents(summary.folder) == before


def test_fresh_runs_every_row_and_another_folder_is_the_same_bytes(ran, book, tmp_path):
    summary, _, _, wanted = ran
    before = contents(summary.folder)
    fresh = editions.run_grid(order(wanted.grid, wanted.out, fresh=True), lambda _name: None, root=book)
    assert fresh.fresh == 6
    assert contents(summary.folder) == before


def test_what_a_killed_run_left_is_removed_and_rows_that_are_whole_stay(ran, book):
    summary, _, _, wanted = ran
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = summary.folder / f".work-{platform.node()}-{gone.pid}-x" / "rows" / "2"
    left.mkdir(parents=True)
    editions.run_grid(wanted, lambda _name: None, root=book)
    assert not left.exists()


def test_without_the_extra_a_cluster_is_refused_with_how_to_install_it(monkeypatch, book, tmp_path):
    monkeypatch.setitem(sys.modules, "distributed", None)
    grid = write(tmp_path / "grid.csv", "chapter", "perceptions")
    with pytest.raises(EditionError, match="Run: make cluster"):
        editions.run_grid(order(grid, tmp_path / "out", scheduler="tcp://127.0.0.1:1"), lambda _name: None, root=book)


@pytest.mark.needs("cluster")
def test_a_scheduler_that_does_not_answer_is_named(monkeypatch, book, tmp_path):
    monkeypatch.setattr(cluster_module, "SECONDS_TO_ANSWER", 1)
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
    command = ["rerun", *(str(grid) if word == "GRID" else word for word in arguments)]
    refused = CliRunner().invoke(cli.app, command, env={"COLUMNS": "200"})
    assert refused.exit_code == 2
    assert said in " ".join(refused.output.replace("│", " ").split())


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


@pytest.fixture
def listener():
    """A listener that takes connections, and answers each with what it is told to."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


@pytest.mark.needs("cluster")
@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 400 Bad AcceptRequest\r\n\r\n"], ids=["silence", "garbage"])
def test_a_listener_that_is_no_scheduler_is_told(listener, answer, monkeypatch, book, tmp_path):
    monkeypatch.setattr(cluster_module, "SECONDS_TO_ANSWER", 2.0)
    kept = []

    def answering():
        with contextlib.suppress(OSError):
            while True:
                kept.append(listener.accept()[0])
                kept[-1].sendall(answer)

    threading.Thread(target=answering, daemon=True).start()
    address = f"tcp://127.0.0.1:{listener.getsockname()[1]}"
    grid = write(tmp_path / "grid.csv", "chapter", "perceptions")
    with pytest.raises(EditionError, match=rf"no scheduler answers at {address} \("):
        editions.run_grid(order(grid, tmp_path / "out", scheduler=address), lambda _name: None, root=book)
