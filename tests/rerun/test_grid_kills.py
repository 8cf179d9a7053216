"""Runs over a grid in which something is killed, or that a Dask cluster does: put a test here when it takes more than a few seconds."""

import os
import platform
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import nbformat
import pytest
from test_content_keys import notebook
from test_grid import contents, order, write
from test_slow import descendants

from evidence import editions, paths
from evidence.editions.grid import cluster as cluster_module
from evidence.editions.grid import running
from evidence.errors import EditionError

pytestmark = pytest.mark.slow
needs_cluster = pytest.mark.needs("cluster")

DAYS = ["2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26"]
SECONDS = 300


@pytest.fixture
def book(tmp_path):
    """A book of one small chapter, each run of which takes a second."""
    root = tmp_path / "book"
    (root / "chapters").mkdir(parents=True)
    shutil.copytree(paths.ROOT / "data", root / "data")
    shutil.copy2(paths.ROOT / "_config.yml", root)
    written = notebook("coordination", 'import time\n\ntime.sleep(1)\nchapter.table("sme.barriers")')
    nbformat.write(written, root / "chapters" / "coordination.ipynb")
    return root


@pytest.fixture
def grid(tmp_path):
    return write(tmp_path / "days.csv", "as_of", *DAYS)


@pytest.fixture(scope="module")
def two_workers():
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0") as made:
        yield made


def pids(address):
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        return list(client.run(os.getpid).values())


def kill_once(victims, after, count=1):
    """Return what progress calls: it kills some processes of those `victims` gives, once `after` rows have ended."""
    ended, killed = [], []

    def done(label):
        ended.append(label)
        if len(ended) == after:
            for pid in list(victims())[:count]:
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)

    done.ended, done.killed = ended, killed
    return done


def pool_workers():
    """Return the processes of this one that run chapters: children of the server that forks them."""
    from multiprocessing.forkserver import _forkserver

    children = Path(f"/proc/{_forkserver._forkserver_pid}/task/{_forkserver._forkserver_pid}/children").read_text(encoding="utf-8")
    return map(int, children.split())


def whole(summary):
    return [line.state for line in summary.lines] == ["done"] * len(DAYS)


def test_a_killed_worker_of_this_machine_loses_nothing(book, grid, tmp_path):
    done = kill_once(pool_workers, after=2)
    summary = editions.run_grid(order(grid, tmp_path / "out"), done, root=book)
    assert len(done.killed) == 1
    assert whole(summary)
    undisturbed = editions.run_grid(order(grid, tmp_path / "calm"), lambda _name: None, root=book)
    assert contents(summary.folder, "executions") == contents(undisturbed.folder, "executions")


def test_a_killed_server_of_kernels_loses_nothing(book, grid, tmp_path):
    def servers():
        tasks = Path(f"/proc/{os.getpid()}/task").iterdir()
        children = [int(child) for task in tasks for child in (task / "children").read_text(encoding="utf-8").split()]
        return [pid for pid in children if b"evidence.kernels.server" in Path(f"/proc/{pid}/cmdline").read_bytes()]

    done = kill_once(servers, after=2)
    summary = editions.run_grid(order(grid, tmp_path / "out"), done, root=book)
    assert len(done.killed) == 1
    assert whole(summary)


DIES = """
import os
import signal

tries = {folder!r} + "/" + as_of
os.makedirs(tries, exist_ok=True)
count = len(os.listdir(tries))
os.mkdir(tries + "/" + str(count))
if count < {times}.get(as_of, 0):
    os.kill(os.getpid(), signal.SIGKILL)
chapter.table("sme.barriers")
"""


def test_a_kernel_that_dies_is_tried_again_three_times_and_the_rest_goes_on(book, grid, tmp_path):
    times = {DAYS[0]: 1, DAYS[1]: 3, DAYS[2]: 9}
    view = DIES.format(folder=str(tmp_path / "tries"), times=times).strip()
    nbformat.write(notebook("coordination", view), book / "chapters" / "coordination.ipynb")
    summary = editions.run_grid(order(grid, tmp_path / "out"), lambda _name: None, root=book)
    assert [line.state for line in summary.lines] == ["done", "done", "failed", "done", "done", "done"]
    assert summary.lines[2].error == 'chapters/coordination.ipynb, cell 3: the kernel died while it ran "import os". It was tried 4 times.'
    assert [len(list((tmp_path / "tries" / day).iterdir())) for day in DAYS] == [2, 4, 4, 1, 1, 1]


def test_a_cell_that_fails_is_tried_once(book, grid, tmp_path):
    view = DIES.format(folder=str(tmp_path / "tries"), times={}).strip() + "\n1 / 0"
    nbformat.write(notebook("coordination", view), book / "chapters" / "coordination.ipynb")
    summary = editions.run_grid(order(grid, tmp_path / "out"), lambda _name: None, root=book)
    assert all("cell 3: ZeroDivisionError: division by zero" in line.error for line in summary.lines)
    assert [len(list((tmp_path / "tries" / day).iterdir())) for day in DAYS] == [1] * 6


REAL = ["as_of,chapter", *(f"{day},coordination" for day in DAYS)]


def command(grid, out, *more):
    return [sys.executable, "-m", "evidence.cli", "rerun", "--grid", str(grid), "--out", str(out), "--jobs", "2", *more]


def rows_in(folder):
    return [path for path in folder.glob("*coordination-*") if (path / "changes.json").exists()]


def stop(process, number, folder, rows):
    """Send a signal to a command and all it started in its group once some rows are whole; return how many are then."""
    deadline = time.monotonic() + SECONDS
    while len(rows_in(folder)) < rows and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert process.poll() is None
    os.killpg(process.pid, number)
    return len(rows_in(folder))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_command_that_is_stopped_goes_on_from_there(tmp_path, number):
    grid, folder = write(tmp_path / "real.csv", *REAL), tmp_path / "out" / "real"
    for _ in range(5):
        process = subprocess.Popen(
            command(grid, tmp_path / "out"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests that run in the background are deaf to it
        )
        whole = stop(process, number, folder, rows=2)
        said = process.communicate(timeout=SECONDS)[1]
        if whole < len(DAYS):
            break
        shutil.rmtree(folder)  # what the rows share was late, and all of them became whole at once: too late to stop anything
    assert process.returncode != 0
    assert ("Interrupted. Rows that are whole are kept" in said) == (number == signal.SIGINT)
    assert not (folder / "summary.csv").exists()
    before = {path: path.stat().st_mtime_ns for path in rows_in(folder)}
    assert 2 <= len(before) < len(DAYS)
    done = subprocess.run(command(grid, tmp_path / "out"), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(before)} were whole from before" in done.stdout
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert len(rows_in(folder)) == len(DAYS)
    assert list(folder.glob(".work-*")) == []
    assert (folder / "summary.csv").exists()


def test_nothing_runs_on_after_the_command_was_killed(tmp_path):
    grid, folder = write(tmp_path / "real.csv", *REAL), tmp_path / "out" / "real"
    process = subprocess.Popen(
        command(grid, tmp_path / "out"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    deadline = time.monotonic() + SECONDS
    while len(rows_in(folder)) < 1 and time.monotonic() < deadline:
        time.sleep(0.02)
    below = descendants(process.pid)
    assert len(below) >= 4
    process.kill()
    process.wait()
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and any(map(runs, below)):
        time.sleep(0.1)
    assert [pid for pid in below if runs(pid)] == []


def runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@needs_cluster
def test_a_cluster_gives_the_same_bytes_and_a_killed_worker_of_it_loses_nothing(book, grid, tmp_path, two_workers):
    here = editions.run_grid(order(grid, tmp_path / "here"), lambda _name: None, root=book)
    done = kill_once(lambda: pids(two_workers.scheduler_address), after=2)
    there = editions.run_grid(order(grid, tmp_path / "there", scheduler=two_workers.scheduler_address), done, root=book)
    assert len(done.killed) == 1
    assert whole(there)
    assert contents(there.folder, "executions") == contents(here.folder, "executions")


@needs_cluster
def test_kernels_of_a_cluster_are_forked_too(book, grid, tmp_path, two_workers):
    """Its workers may have no children of their own making, but the server of kernels is a program of its own."""
    view = "assert 'evidence.kernels.server' in __import__('sys').modules\nchapter.meanings()"
    nbformat.write(notebook("coordination", view), book / "chapters" / "coordination.ipynb")
    summary = editions.run_grid(order(grid, tmp_path / "out", scheduler=two_workers.scheduler_address), lambda _name: None, root=book)
    assert whole(summary)


@needs_cluster
def test_workers_with_several_threads_run_one_chapter_at_a_time(book, grid, tmp_path):
    from distributed import LocalCluster

    with LocalCluster(n_workers=1, threads_per_worker=3, host="127.0.0.1", dashboard_address="127.0.0.1:0") as made:
        summary = editions.run_grid(order(grid, tmp_path / "out", scheduler=made.scheduler_address), lambda _name: None, root=book)
    assert whole(summary)


@needs_cluster
def test_a_worker_with_other_code_is_named_before_anything_runs(book, grid, tmp_path, two_workers, monkeypatch):
    monkeypatch.setattr(cluster_module, "code", lambda: "another")
    monkeypatch.setattr(running, "code", lambda: "another")
    ended = []
    with pytest.raises(EditionError, match=r"worker tcp://127\.0\.0\.1:\d+: it runs other code of this library"):
        editions.run_grid(order(grid, tmp_path / "out", scheduler=two_workers.scheduler_address), ended.append, root=book)
    assert ended == []


@needs_cluster
def test_a_scheduler_without_workers_is_refused(book, grid, tmp_path):
    from distributed import LocalCluster

    with (
        LocalCluster(n_workers=0, host="127.0.0.1", dashboard_address="127.0.0.1:0") as made,
        pytest.raises(EditionError, match=r"has no worker\. Start workers with: dask worker"),
    ):
        editions.run_grid(order(grid, tmp_path / "out", scheduler=made.scheduler_address), lambda _name: None, root=book)


@needs_cluster
def test_a_cluster_that_goes_away_ends_the_run_and_the_rest_is_done_here(book, grid, tmp_path):
    from distributed import LocalCluster

    made = LocalCluster(n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0")
    ended = []

    def done(label):
        ended.append(label)
        if len(ended) == 2:
            threading.Thread(target=made.close).start()

    with pytest.raises(EditionError, match=r"the scheduler at tcp://\S+ has gone"):
        editions.run_grid(order(grid, tmp_path / "out", scheduler=made.scheduler_address), done, root=book)
    summary = editions.run_grid(order(grid, tmp_path / "out"), lambda _name: None, root=book)
    assert whole(summary)
    assert summary.fresh <= len(DAYS) - 2
    assert list(summary.folder.glob(f".work-{platform.node()}-*")) == []
