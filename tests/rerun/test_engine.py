"""The engine that runs chapters: put a test here when a cell must show, fail, crash or be stopped in a certain way."""

import ast
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

import nbformat
import papermill
import pytest
from processes import children, runs, until
from small_book import notebook, write_chapter

from evidence import paths
from evidence.charts import drawing
from evidence.editions import engine, execution
from evidence.editions.execution import Run, execute, execute_all
from evidence.errors import EditionError

SHOWS = [
    "1 + 1",
    "'kept apart';",
    "print('said'); import sys; print('cried', file=sys.stderr); print('again')\n'and shown'",
    "from IPython.display import HTML, Markdown, display\ndisplay(HTML('<b>£</b>')); print('after'); display(Markdown('*x*'))",
    "handle = display('first', display_id='one')\nhandle.update('second')",
    "from IPython.display import clear_output\nprint('gone'); clear_output(); print('left')",
    "from IPython.display import clear_output\nprint('gone'); clear_output(wait=True); print('left')",
    "print('no line end', end='')",
    "class Shown:\n    def _repr_mimebundle_(self, **_options):\n        return {'text/plain': 'é', 'application/json': {'a': (1, 2.0, None), 'b': True}}, {'text/plain': {'x': 1}}\nShown()",
    "class Picture:\n    def _repr_png_(self):\n        return b'\\x89PNG\\r\\n'\n    def __repr__(self):\n        return 'a picture'\nPicture()",
    "import asyncio\nawait asyncio.sleep(0)\n'awaited'",
    "%pwd\nNone",
    "",
    "[_, __, _oh is Out, In[1], __name__, get_ipython().__class__.__name__]",
    "import pandas\npandas.DataFrame({'a': [1, 2]})",
    "import sys; sys.stdout.isatty(), sys.stdin.isatty(), '' in sys.path",
    "list(range(30))",
    "def inner():\n    return 1 / 0\ninner()",
]
"""Cells whose outputs differ between kinds of kernels if anything does; the last one fails."""


def shown(path):
    """Return what each code cell of an executed notebook shows, without the cells that papermill adds on an error."""
    cells = nbformat.read(path, as_version=4).cells
    return [(cell.execution_count, cell.outputs) for cell in cells if cell.cell_type == "code"]


def test_cells_show_what_they_show_in_a_true_kernel(tmp_path):
    written = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in SHOWS],
        metadata={"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}},
    )
    nbformat.write(written, tmp_path / "shows.ipynb")
    engine.register()
    for name in (None, engine.NAME):
        with pytest.raises(Exception, match="division by zero"):
            papermill.execute_notebook(
                tmp_path / "shows.ipynb", tmp_path / f"{name}.ipynb", engine_name=name, progress_bar=False, cwd=tmp_path
            )
    true, ours = shown(tmp_path / "None.ipynb"), shown(tmp_path / "evidence.ipynb")
    assert len(ours) == len(SHOWS)
    for source, there, here in zip(SHOWS, true, ours, strict=True):
        assert here == there, source


def test_what_is_written_to_the_descriptor_is_shown_too(tmp_path):
    text = execute(Run(write_chapter(tmp_path, "perceptions", first="import os\nos.write(1, b'by the descriptor')\nprint('!')")))
    assert json.loads(text)["cells"][0]["outputs"][0]["text"] == ["!\n", "by the descriptor"]


def run_all(runs, jobs=2):
    """Run chapters and return the texts of those that ended well, and what is said of the others, by name."""
    found = execute_all(runs, jobs, lambda _name: None)
    return found.texts, {str(failure).partition(",")[0].partition(":")[0]: str(failure) for failure in found.failures}


ENDLESS = "import time\nwhile True:\n    time.sleep(1)"
DEAF = "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    time.sleep(1)"
HARMS = {
    "index": ("import os\nos._exit(0)", 'cell 3: the process ended while it ran "import os". Run this cell alone'),
    "reading": ("import os\nos.kill(os.getpid(), 9)", 'cell 3: the process was ended by SIGKILL while it ran "import os".'),
    "status": ("import ctypes\nctypes.string_at(0)", 'cell 3: the process was ended by SIGSEGV while it ran "import ctypes".'),
    "changes": ("1 / 0", "cell 3: ZeroDivisionError: division by zero"),
    "coordination": ('chapter.chart("no.such-chart")', "cell 3: DataError: unknown chart"),
    "impact": ("kept = bytearray(1 << 40)", 'cell 3: "kept = bytearray(1 << 40)" took more than 600 MB of memory.'),
    "places": ("kept = []\nwhile True:\n    kept.append(bytearray(1 << 20))", 'cell 3: "kept = []" took more than 600 MB of memory.'),
    "coworking": (
        'open("/etc/../root/.profile")',
        "cell 3: ReadingError: a chapter read /root/.profile, but it reads only the data library",
    ),
    "case-studies": ("import socket\nsocket.create_connection(('127.0.0.1', 9))", "cell 3: ReadingError: a chapter started or called"),
    "case-catch": ("import subprocess\nsubprocess.run(['true'])", "cell 3: ReadingError: a chapter started"),
    "audit": ("open(data_dir + '/charts.csv', 'a')", "cell 3: ReadingError: a chapter changed "),
    "social-value": ("raise SystemExit(3)", "cell 3: SystemExit: 3"),
    "ledger": ("(", "cell 3: SyntaxError: "),
}


def test_a_cell_that_does_harm_fails_its_chapter_alone_and_is_named(tmp_path):
    runs = [Run(write_chapter(tmp_path, name, code), memory_mb=600) for name, (code, _) in HARMS.items()]
    runs.append(Run(write_chapter(tmp_path, "perceptions", "chapter.meanings()")))
    texts, failures = run_all(runs)
    assert set(texts) == {"perceptions.ipynb"}
    assert nbformat.reads(texts["perceptions.ipynb"], as_version=4).cells[2].outputs
    assert set(failures) == {f"chapters/{name}.ipynb" for name in HARMS}
    for name, (_, said) in HARMS.items():
        assert said in failures[f"chapters/{name}.ipynb"]
    assert "1 / 0" in failures["chapters/changes.ipynb"].partition("ZeroDivisionError")[2]
    assert "\n" not in failures["chapters/coordination.ipynb"].partition("DataError")[2]


def test_a_cell_that_does_not_end_is_stopped_and_shows_where_it_was(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "SECONDS_TO_STOP", 600.0)
    with pytest.raises(EditionError) as stopped:
        execute(Run(write_chapter(tmp_path, "audit", first=ENDLESS), seconds=0.5))
    said = str(stopped.value)
    assert said.startswith(
        'chapters/audit.ipynb, cell 1: "import time" ran longer than 0.5 seconds and was interrupted. Shorten what it does:'
    )
    assert "time.sleep(1)" in said


def test_a_cell_that_is_deaf_to_an_interrupt_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "SECONDS_TO_STOP", 0.5)
    with pytest.raises(EditionError, match=r'cell 1: "import signal, time" ran longer than 0\.5 seconds and could not be interrupted'):
        execute(Run(write_chapter(tmp_path, "audit", first=DEAF), seconds=0.5))


STARTS = "import os, time\npid = os.fork()\nif pid == 0:\n    time.sleep(600)\n    os._exit(0)\nprint(os.getpid(), pid)"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads the states of processes")
def test_nothing_that_a_chapter_started_outlives_it(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "SECONDS_TO_STOP", 0.5)
    text = execute(Run(write_chapter(tmp_path, "perceptions", first=STARTS)))
    pids = "".join(json.loads(text)["cells"][0]["outputs"][0]["text"]).split()
    assert len(pids) == 2
    assert until(lambda: not any(map(runs, pids)))  # they were killed: the system only has to see to it


LEAVES = """import os, subprocess, sys
leave = os._exit
def slowly(code):
    for _ in range(5):
        subprocess.run([sys.executable, "-c", "import asyncio"])
    open({!r}, "w").close()
    leave(code)
os._exit = slowly"""


def test_a_chapter_ends_by_itself_after_its_last_cell(tmp_path, monkeypatch):
    """So that what measures it can write what it found; programs that it starts last of all take far longer than a kill."""
    monkeypatch.setattr(engine, "SECONDS_TO_STOP", 600.0)
    cells = [nbformat.v4.new_code_cell(LEAVES.format(str(tmp_path / "ended")))]
    path = tmp_path / "perceptions.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=notebook("perceptions").metadata), path)
    execute(Run(path))
    assert (tmp_path / "ended").exists()


EXPRESSION = (
    "[__import__('os').getpid(), __import__('random').random(), __import__('numpy').random.random(), 'altair' in __import__('sys').modules]"
)


def test_chapters_have_a_process_each_and_share_nothing_that_should_differ(tmp_path):
    runs = [Run(write_chapter(tmp_path, name, first=EXPRESSION)) for name in ("perceptions", "coworking", "impact")]
    texts, _ = run_all(runs, jobs=1)
    values = [ast.literal_eval("".join(json.loads(text)["cells"][0]["outputs"][0]["data"]["text/plain"])) for text in texts.values()]
    for place in range(3):
        assert len({value[place] for value in values}) == 3
    assert [value[3] for value in values] == [True, True, True]


DRAWN = """import os
from evidence.charts import drawing
marks = {{"data": {{"values": [{{"a": 1}}]}}, "mark": "point", "encoding": {{"x": {{"field": "a"}}}}}}
picture, line, left = drawing.drawn(marks), drawing.DRAW.get().args[0], []
beside = set(open(f"/proc/{{os.getppid()}}/task/{{os.getppid()}}/children").read().split()) - {{str(os.getpid())}}
{}
[drawing.drawn(marks) == picture, picture[:4], line.closed, left or sorted(beside)]"""
BY_ITSELF, BY_ANOTHER = [True, "<svg", True], [True, "<svg", False]
"""What is told of two pictures: whether they are the same, how they begin, and whether nobody draws for the chapter any more."""


def drawing_chapter(folder, name, between=""):
    """Write a chapter that draws twice."""
    return Run(write_chapter(folder, name, first=DRAWN.format(between)))


def tells(text):
    """Return what a chapter that draws twice tells of its pictures, and of what is beside it or was left."""
    *pictures, left = ast.literal_eval("".join(json.loads(text)["cells"][0]["outputs"][0]["data"]["text/plain"]))
    return pictures, left


def drawn(folder, *between):
    """Return what chapters tell that draw twice, one after the other in one process, and do something between."""
    names = ("perceptions", "coworking", "impact")
    sized = [f"{first}\n{'#' * 500 * (len(between) - number)}" for number, first in enumerate(between)]
    texts, failures = run_all([drawing_chapter(folder, *both) for both in zip(names, sized, strict=False)], jobs=1)
    assert failures == {}
    return [tells(texts[f"{name}.ipynb"]) for name, _ in zip(names, between, strict=False)]


ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="reads which processes another has begun")


@ON_LINUX
def test_what_draws_starts_once_for_all_chapters_of_a_process(tmp_path):
    first, second = drawn(tmp_path, "", "")
    assert first == second
    assert first[0] == BY_ANOTHER
    assert len(first[1]) == 1


@ON_LINUX
def test_a_chapter_draws_by_itself_once_what_draws_for_it_is_gone(tmp_path):
    first, second = drawn(tmp_path, "for pid in beside: os.kill(int(pid), 9)", "")
    assert (first[0], second[0]) == (BY_ITSELF, BY_ITSELF)


@ON_LINUX
def test_a_drawing_that_is_cut_short_is_not_taken_for_the_next(tmp_path):
    """What is answered to the first is on the line when the second is asked for."""
    late = (
        "def cut():\n    raise TimeoutError\n"
        "line.recv_bytes = cut\n"
        "try:\n    drawing.drawn(marks | {'title': 'late'})\n"
        "except TimeoutError:\n    left.append('cut')\n"
        "del line.recv_bytes"
    )
    assert [told for told, _ in drawn(tmp_path, late, "")] == [BY_ITSELF, BY_ANOTHER]


@ON_LINUX
def test_what_cannot_be_drawn_is_told_and_the_next_chapter_has_another_that_draws(tmp_path):
    asked = "import json\ntry:\n    drawing.drawn({'mark': 3})\nexcept ValueError as error:\n    left.append(str(error)[:40])"
    fails = drawing_chapter(tmp_path, "perceptions", f"{'#' * 5000}\ndrawing.drawn({{'mark': 3}})")
    texts, failures = run_all([fails, drawing_chapter(tmp_path, "coworking"), drawing_chapter(tmp_path, "impact", asked)], jobs=1)
    assert "cell 1: ValueError: Vega-Lite to SVG conversion failed" in failures["chapters/perceptions.ipynb"]
    assert [tells(text)[0] for text in texts.values()] == [BY_ANOTHER, BY_ANOTHER]
    assert tells(texts["impact.ipynb"])[1] == ["Vega-Lite to SVG conversion failed:\nType"]


@ON_LINUX
def test_a_process_that_has_drawn_itself_runs_chapters_that_draw(tmp_path):
    """What draws does not live on in what is forked from it: it is begun anew, and a chapter that has lost it says so instead of hanging."""
    drawing.draw_here('{"data": {"values": [{"a": 1}]}, "mark": "point"}')
    assert tells(execute(drawing_chapter(tmp_path, "perceptions")))[0] == BY_ANOTHER
    with pytest.raises(EditionError, match="RuntimeError: what draws was started in the process that this one was forked from"):
        execute(drawing_chapter(tmp_path, "perceptions", "line.close()"))
    assert engine._OF_THREAD.drawer is None, "what was asked last by a chapter that failed may hang"
    assert tells(execute(drawing_chapter(tmp_path, "perceptions")))[0] == BY_ANOTHER


@ON_LINUX
def test_what_draws_takes_no_more_memory_than_a_chapter_may(tmp_path):
    execute(drawing_chapter(tmp_path, "perceptions"))
    limits = Path(f"/proc/{engine._OF_THREAD.drawer._pid}/limits").read_text(encoding="utf-8")
    assert re.search(rf"Max data size +{engine.MEMORY_MB << 20} ", limits)


@ON_LINUX
def test_threads_of_a_process_have_what_draws_for_them_each(tmp_path):
    """As those of a worker of a cluster; one that ends the other's would lose chapters that are good."""

    def run(number):
        try:
            return tells(execute(drawing_chapter(tmp_path / str(number), "perceptions", "" if number % 3 else "1 / 0")))[0]
        except EditionError as error:
            return str(error)

    with ThreadPoolExecutor(3) as threads:
        for number, told in enumerate(threads.map(run, range(12))):
            assert told == BY_ANOTHER if number % 3 else "ZeroDivisionError" in told, told


def test_a_run_of_nothing_is_refused():
    with pytest.raises(EditionError, match="a run of nothing proves nothing"):
        execute_all([], 2, lambda _name: None)


def test_a_worker_that_is_killed_from_outside_is_told_with_what_to_do(tmp_path):
    kill = "import os\nos.kill(os.getppid(), 9)\nwhile True:\n    pass"
    with pytest.raises(EditionError) as told:
        raise execute_all([Run(write_chapter(tmp_path, "perceptions", first=kill))], 1, lambda _name: None).failures[0]
    assert str(told.value) == f"chapters/perceptions.ipynb: {execution.KILLED}"


def test_tags_that_switch_a_check_off_are_not_obeyed(tmp_path):
    """Nbclient would pass over a cell with the one tag, and go on after an error of a cell with the other."""
    written = notebook("perceptions", "1 + 1", "1 / 0")
    written.cells[2].metadata["tags"], written.cells[3].metadata["tags"] = ["skip-execution"], ["raises-exception"]
    nbformat.write(written, tmp_path / "perceptions.ipynb")
    with pytest.raises(EditionError, match="cell 4: ZeroDivisionError"):
        execute(Run(tmp_path / "perceptions.ipynb"))


def papermilled(path, **parameters):
    """Run a chapter with papermill alone."""
    engine.register()
    return papermill.execute_notebook(path, None, parameters, engine_name=engine.NAME, progress_bar=False, cwd=path.parent)


def test_papermill_alone_can_use_the_engine(tmp_path):
    path = write_chapter(tmp_path, "perceptions", "as_of")
    assert papermilled(path, as_of="2026-04-30").cells[-1].outputs[0].data["text/plain"] == "'2026-04-30'"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"as_off": "2026-04-30"}, r"chapters/perceptions\.ipynb: no parameter as_off; its parameters cell has data_dir, as_of\."),
        ({"as_of": 2026}, r"chapters/perceptions\.ipynb: parameter as_of is 2026, of type int, where str is expected"),
        ({"as_of": None}, "parameter as_of is None, of type NoneType, where str is expected"),
    ],
)
def test_an_unknown_parameter_or_one_of_another_type_is_refused_by_the_engine_itself(tmp_path, given, said):
    with pytest.raises(EditionError, match=said):
        papermilled(write_chapter(tmp_path, "perceptions", "as_of"), **given)


def test_the_engine_is_declared_where_papermill_looks_for_it():
    declared = tomllib.loads((paths.ROOT / "lib" / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    assert declared == {"papermill.engine": {engine.NAME: "evidence.editions.execution:ENGINE"}}
    module, name = declared["papermill.engine"][engine.NAME].split(":")
    assert getattr(import_module(module), name).execute_notebook == engine.Engine.execute_notebook


@pytest.mark.skipif(sys.platform != "linux", reason="reads the states of processes")
def test_everything_ends_with_a_command_that_is_killed(tmp_path):
    """The cell tells its own process, its worker and the process that workers are forked from, and then never ends."""
    told = tmp_path / "pids"
    first = "import os, time\nparent = os.getppid()\nabove = open(f'/proc/{parent}/stat').read().rpartition(')')[2].split()[1]\n"
    first += f"open({str(told)!r} + '.part', 'w').write(f'{{os.getpid()}} {{parent}} {{above}}')\nos.rename({str(told)!r} + '.part', {str(told)!r})\n"
    first += "while True:\n    time.sleep(1)"
    path = write_chapter(tmp_path, "perceptions", first=first)
    code = f"from pathlib import Path\nfrom evidence.editions.execution import Run, execute_all\nexecute_all([Run(Path({str(path)!r}))], 1, print)"
    process = subprocess.Popen([sys.executable, "-c", code])
    assert until(lambda: told.exists() or process.poll() is not None) and told.exists()
    cell, worker, above = told.read_text(encoding="utf-8").split()
    pids = [*map(str, children(int(worker))), worker, above]
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert cell in pids
    assert len(set(pids)) == 4, "the fourth draws for the chapters of the worker"
    assert until(lambda: not any(map(runs, pids)))
    assert os.getpid() not in map(int, pids)


def test_a_killed_command_leaves_no_folder_for_long_and_a_deep_one_is_no_hindrance(tmp_path):
    """The folder of sockets carries the number of its process; the next command removes it once that has ended."""
    deep = tmp_path / ("d" * 120)
    deep.mkdir()
    path = write_chapter(tmp_path, "perceptions", first="import os\nos.kill(int(os.environ['ABOVE']), 9)\nwhile True:\n    pass")
    code = (
        "import os\nfrom pathlib import Path\nfrom evidence.editions.execution import Run, execute_all\nos.environ['ABOVE'] = str(os.getpid())\n"
        f"print(len(execute_all([Run(Path({str(path)!r}))], 1, lambda _name: None).texts))"
    )
    short = Path(tempfile.mkdtemp(prefix="k", dir="/tmp"))
    killed = subprocess.run([sys.executable, "-c", code], env={**os.environ, "TMPDIR": str(short)}, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert len(list(short.iterdir())) == 1
    write_chapter(tmp_path, "perceptions", first="1")
    again = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "TMPDIR": str(short)}, capture_output=True, text=True, check=True
    )
    assert (again.stdout, again.stderr) == ("1\n", "")
    assert list(short.iterdir()) == []
    short.rmdir()
    there = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, "TMPDIR": str(deep)}, capture_output=True, text=True, check=True
    )
    assert there.stdout == "1\n"


def test_a_chapter_belongs_to_the_book_its_run_is_for_whatever_book_ran_before(tmp_path, monkeypatch):
    """What chapters are forked from lives on between runs, and was started for another book."""
    shown = []
    for title in ("First", "Second"):
        (tmp_path / title / "data").mkdir(parents=True)
        (tmp_path / title / "_config.yml").write_text(f"title: {title}\n", encoding="utf-8")
        (tmp_path / title / "data" / "sources.csv").write_text("id\n", encoding="utf-8")
        monkeypatch.setenv(paths.VARIABLE, str(tmp_path / title))
        done = execute_all(
            [Run(write_chapter(tmp_path, "perceptions", "from evidence import settings\nsettings.title()"))], 1, lambda _: None
        )
        shown.append(nbformat.reads(done.texts["perceptions.ipynb"], as_version=4).cells[-1].outputs[0].data["text/plain"])
    assert shown == ["'First'", "'Second'"]
