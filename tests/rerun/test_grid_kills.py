"""Runs over a grid in which something is killed, or that a Dask cluster does: put a test here when it takes more than a few seconds."""

import os
import platform
import shutil
import signal
import subprocess
import sys
import threading

import pytest
from processes import below, children, in_session, runs, until
from small_book import write_chapter
from test_grid import contents, order, shown, write

from evidence import editions, paths
from evidence.editions.grid import cluster as cluster_module
from evidence.errors import EditionError

pytestmark = pytest.mark.slow
needs_cluster = pytest.mark.needs("cluster")

DAYS = ["2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26"]
SECONDS = 300
THREADS = 8
"""Of a worker of a cluster, which takes work in any order: more than there are rows, so that none that waits holds up another."""


WAITS = """import os, time

with open({begun!r}, "a") as begun:
    print(as_of, file=begun)
while as_of > {day!r} and not os.path.exists({let_on!r}):
    time.sleep(0.01)
chapter.table("bread.local")"""


@pytest.fixture(scope="module", autouse=True)
def little(recorded):
    """Let this process, and those that it starts, take the little book for theirs, which has no code of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.VARIABLE, str(recorded))
        yield


@pytest.fixture
def let_on(tmp_path):
    """A file without which no row ends but the first two: so that a run can be met in its midst, however quick or slow it is."""
    return tmp_path / "go on"


@pytest.fixture
def book(recorded, tmp_path, let_on):
    """A book of one small chapter on the little book's data, which tells that it has begun, and waits on later days until it is let on."""
    root = tmp_path / "book"
    shutil.copytree(recorded / "data", root / "data")
    shutil.copy2(recorded / "_config.yml", root)
    write_chapter(root / "chapters", "who-bakes", WAITS.format(day=DAYS[1], begun=str(tmp_path / "begun"), let_on=str(let_on)))
    return root


@pytest.fixture
def grid(tmp_path):
    return write(tmp_path / "days.csv", "as_of", *DAYS)


@pytest.fixture(scope="module")
def two_workers(little):
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=THREADS, host="127.0.0.1", dashboard_address="127.0.0.1:0") as made:
        yield made


def pids(address):
    """Return the processes of the two workers in order, when both are there: for one that was killed another comes after a while."""
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
        return sorted(client.run(os.getpid).values())


def kill_once(victims, after):
    """Return what progress calls: it kills the processes that `victims` gives, once `after` rows have ended."""
    ended, killed = [], []

    def done(label):
        ended.append(label)
        if len(ended) == after:
            for pid in victims():
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)

    done.ended, done.killed = ended, killed
    return done


def pool_workers():
    """Return the processes of this one that run chapters: children of the server that forks them."""
    from multiprocessing.forkserver import _forkserver

    return children(_forkserver._forkserver_pid)[:1]


def whole(summary):
    return [line.state for line in summary.lines] == ["done"] * len(DAYS)


def test_a_worker_that_is_killed_ends_the_run_and_the_same_command_goes_on(book, grid, tmp_path, let_on):
    done = kill_once(pool_workers, after=2)
    with pytest.raises(EditionError, match=r"killed from outside.* Rows that are whole are kept\."):
        editions.run_grid(order(grid, tmp_path / "out"), done, root=book)
    assert len(done.killed) == 1
    let_on.touch()
    summary = editions.run_grid(order(grid, tmp_path / "out"), lambda _name: None, root=book)
    assert whole(summary)
    assert summary.fresh == len(DAYS) - 2
    undisturbed = editions.run_grid(order(grid, tmp_path / "calm"), lambda _name: None, root=book)
    assert contents(summary.folder) == contents(undisturbed.folder)


ROWS = ["as_of,chapter", *(f"{day},who-bakes" for day in DAYS)]


def command(book, grid, out):
    words = ["rerun", "--grid", grid, "--out", out, "--jobs", "2"]
    return [sys.executable, "-m", "evidence.cli", "--book", *map(str, (book, *words))]


def rows_in(folder):
    return [path for path in folder.glob("*who-bakes-*") if (path / "changes.json").exists()]


def begun(folder):
    """Return on which days a chapter has begun."""
    return (folder.parents[1] / "begun").read_text(encoding="utf-8").splitlines()


def meet_in_its_midst(process, folder):
    """Wait until the rows of a command are whole that need not wait, and two others have begun."""
    assert until(lambda: process.poll() is not None or (len(rows_in(folder)) == 2 and len(begun(folder)) == 4), SECONDS)
    assert process.poll() is None


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT])
def test_a_command_that_is_stopped_goes_on_from_there(book, tmp_path, number, let_on):
    grid, folder = write(tmp_path / "rows.csv", *ROWS), tmp_path / "out" / "rows"
    process = subprocess.Popen(
        command(book, grid, tmp_path / "out"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # tests that run in the background are deaf to it
    )
    meet_in_its_midst(process, folder)
    os.killpg(process.pid, number)
    said = process.communicate(timeout=SECONDS)[1]
    assert process.returncode != 0
    assert ("Interrupted. Rows that are whole are kept" in said) == (number == signal.SIGINT)
    assert until(lambda: not in_session(process.pid))
    assert not (folder / "summary.csv").exists()
    before = {path: path.stat().st_mtime_ns for path in rows_in(folder)}
    assert len(before) == 2
    assert len(begun(folder)) == 4, "no other was begun any more"
    let_on.touch()
    done = subprocess.run(command(book, grid, tmp_path / "out"), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{len(before)} were whole from before" in done.stdout
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert len(rows_in(folder)) == len(DAYS)
    assert list(folder.glob(".work-*")) == []
    assert (folder / "summary.csv").exists()


def test_nothing_runs_on_after_the_command_was_killed(book, tmp_path):
    grid, folder = write(tmp_path / "rows.csv", *ROWS), tmp_path / "out" / "rows"
    process = subprocess.Popen(
        command(book, grid, tmp_path / "out"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    meet_in_its_midst(process, folder)
    started = below(process.pid)
    assert len(started) >= 4
    process.kill()
    process.wait()
    assert until(lambda: not any(map(runs, started)))


@needs_cluster
def test_a_cluster_gives_the_same_bytes_and_a_killed_worker_of_it_loses_nothing(book, grid, tmp_path, two_workers, let_on):
    let_on.touch()
    here = editions.run_grid(order(grid, tmp_path / "here"), lambda _name: None, root=book)
    let_on.unlink()

    def victims():
        yield from pids(two_workers.scheduler_address)[:1]
        let_on.touch()

    done = kill_once(victims, after=2)
    there = editions.run_grid(order(grid, tmp_path / "there", scheduler=two_workers.scheduler_address), done, root=book)
    assert len(done.killed) == 1
    assert whole(there)
    assert contents(there.folder) == contents(here.folder)


@needs_cluster
def test_chapters_of_a_cluster_have_a_process_each_also_in_workers_with_several_threads(book, grid, tmp_path, two_workers):
    """Each row shows the number of its process."""
    write_chapter(book / "chapters", "who-bakes", "import os\n\nos.getpid()")
    summary = editions.run_grid(order(grid, tmp_path / "out", scheduler=two_workers.scheduler_address), lambda _name: None, root=book)
    assert whole(summary)
    assert len({shown(summary, line.row.number) for line in summary.lines}) == len(DAYS)


def test_a_chapter_that_dies_on_a_cluster_fails_its_rows_and_leaves_the_worker(book, grid, tmp_path, two_workers):
    before = pids(two_workers.scheduler_address)
    write_chapter(book / "chapters", "who-bakes", "import os\n\nos._exit(3)")
    summary = editions.run_grid(order(grid, tmp_path / "out", scheduler=two_workers.scheduler_address), lambda _name: None, root=book)
    assert all("chapters/who-bakes.ipynb, cell 3: the process ended" in line.error for line in summary.lines)
    assert pids(two_workers.scheduler_address) == before


@needs_cluster
def test_a_worker_with_other_code_is_named_before_anything_runs(book, grid, tmp_path, two_workers, monkeypatch):
    monkeypatch.setattr(cluster_module, "code", lambda: "another")
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
def test_a_cluster_that_goes_away_ends_the_run_and_the_rest_is_done_here(book, grid, tmp_path, let_on):
    from distributed import LocalCluster

    made = LocalCluster(n_workers=1, threads_per_worker=THREADS, host="127.0.0.1", dashboard_address="127.0.0.1:0")
    ended = []

    def done(label):
        ended.append(label)
        if len(ended) == 2:
            threading.Thread(target=made.close).start()

    with pytest.raises(EditionError, match=r"the scheduler at tcp://\S+ has gone"):
        editions.run_grid(order(grid, tmp_path / "out", scheduler=made.scheduler_address), done, root=book)
    let_on.touch()
    summary = editions.run_grid(order(grid, tmp_path / "out"), lambda _name: None, root=book)
    assert whole(summary)
    assert summary.fresh == len(DAYS) - 2
    assert list(summary.folder.glob(f".work-{platform.node()}-*")) == []
