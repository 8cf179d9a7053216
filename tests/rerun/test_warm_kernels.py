"""Kernels that are forked: put a test here when one must start, end, fail or differ in a certain way."""

import ast
import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from queue import Empty

import nbformat
import pytest
from jupyter_client.manager import AsyncKernelManager, KernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from test_content_keys import notebook

from evidence import charts, kernels, paths
from evidence.catalog import load
from evidence.chapter.output import linked
from evidence.editions.client import Client
from evidence.editions.execution import LostError, Run, execute, execute_all, workers
from evidence.kernels import process, provisioner

pytestmark = pytest.mark.skipif(not kernels.possible(), reason="there is no fork here")


@pytest.fixture
def warm():
    """Let the kernels of this process be forked, as long as a test lasts."""
    factory = KernelProvisionerFactory.instance()
    before = factory.default_provisioner_name
    kernels.use()
    yield
    factory.default_provisioner_name = before


class Kernel:
    """A kernel with its client."""

    def __init__(self):
        self.manager = KernelManager(kernel_name="python3")
        # Under pytest a kernel would leave what programs write to pytest.
        self.manager.start_kernel(env={name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"})
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    @property
    def process(self):
        return self.manager.provisioner.process

    def value(self, expression):
        """Return what an expression is worth in the kernel."""
        reply = self.client.execute_interactive("", silent=True, user_expressions={"value": expression}, timeout=60)
        return ast.literal_eval(reply["content"]["user_expressions"]["value"]["data"]["text/plain"])

    def streams(self, code, last=""):
        """Return what a cell writes, by stream; what a program it calls writes may come after its end, so a last word is waited for."""
        heard = {"stdout": "", "stderr": ""}

        def hear(message):
            if message["msg_type"] == "stream":
                heard[message["content"]["name"]] += message["content"]["text"]

        self.client.execute_interactive(code, output_hook=hear, timeout=60)
        while last not in heard["stdout"]:
            hear(self.client.get_iopub_msg(timeout=60))
        return heard


def gone(pid):
    """Return whether a process has ended; one that waits to be reaped has."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def wait_until(condition, seconds):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


def test_a_forked_kernel_has_imported_what_chapters_need_and_writes_to_its_cell(warm):
    with Kernel() as kernel:
        assert isinstance(kernel.process, kernels.Forked)
        assert kernel.manager.transport == "ipc"
        assert kernel.value("[name in __import__('sys').modules for name in ('pandas', 'altair', 'evidence.chapter')]") == [True] * 3
        heard = kernel.streams("import os, sys; print('said'); print('cried', file=sys.stderr); os.system('echo called')", last="called\n")
        assert heard == {"stdout": "said\ncalled\n", "stderr": "cried\n"}


def test_kernels_share_nothing_that_should_differ(warm):
    expression = (
        "[__import__('os').getpid(), __import__('random').random(), __import__('numpy').random.random(), __import__('uuid').uuid4().hex]"
    )
    with Kernel() as one, Kernel() as other:
        assert one.value("__import__('os').getppid()") == other.value("__import__('os').getppid()")
        assert all(here != there for here, there in zip(one.value(expression), other.value(expression), strict=True))


def test_a_kernel_runs_in_the_folder_and_environment_it_is_asked_to(warm, tmp_path):
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(cwd=str(tmp_path), env={**os.environ, "SAID_TO_IT": "yes"})
    kernel = object.__new__(Kernel)
    kernel.manager, kernel.client = manager, manager.client()
    kernel.client.start_channels()
    kernel.client.wait_for_ready(timeout=60)
    with kernel:
        assert kernel.value("__import__('os').getcwd()") == str(tmp_path.resolve())
        assert kernel.value("__import__('os').environ['SAID_TO_IT']") == "yes"
        assert kernel.value("'OMP_NUM_THREADS' in __import__('os').environ") == ("OMP_NUM_THREADS" in os.environ)


def descriptors(pid):
    found = set()
    for path in Path(f"/proc/{pid}/fd").iterdir():
        try:
            found.add(str(path.readlink()))
        except FileNotFoundError:
            continue
    return {name for name in found if name.startswith(("socket:", "pipe:"))}


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a list of open files")
def test_the_server_has_one_thread_and_its_kernels_hold_nothing_of_it(warm):
    with Kernel() as first, Kernel() as second:
        server = first.value("__import__('os').getppid()")
        assert len(list(Path(f"/proc/{server}/task").iterdir())) == 1
        shared = descriptors(first.process.pid) & descriptors(second.process.pid)
        assert shared & descriptors(server) == set()
        assert descriptors(first.process.pid) & descriptors(server) == set()


DRAWN = """
import json, vl_convert
spec = json.dumps({"data": {"values": [{"a": 1}]}, "mark": "bar", "encoding": {"x": {"field": "a", "type": "quantitative"}}})
elsewhere, here = vl_convert.vegalite_to_svg(spec), vl_convert.vegalite_to_svg.__wrapped__(spec)
"""


def drawer_of(server):
    """Return the process id of the server's child that draws: the one in its own group, for each kernel has a group of its own."""
    children = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="utf-8").split()
    return next(int(child) for child in children if os.getpgid(int(child)) == os.getpgid(server))


@pytest.mark.skipif(sys.platform != "linux", reason="reads the states of processes")
def test_charts_are_drawn_by_one_process_as_a_kernel_would_draw_them(warm):
    with Kernel() as kernel:
        kernel.streams(DRAWN)
        assert kernel.value("elsewhere == here and elsewhere.startswith('<svg')") is True


@pytest.mark.skipif(sys.platform != "linux", reason="reads the states of processes")
def test_a_picture_is_drawn_after_the_drawer_has_gone(warm):
    with Kernel() as kernel:
        os.kill(drawer_of(kernel.value("__import__('os').getppid()")), signal.SIGKILL)
        kernel.streams(DRAWN)
        assert kernel.value("elsewhere == here and elsewhere.startswith('<svg')") is True
    with Kernel() as kernel:
        assert kernel.value("hasattr(__import__('vl_convert').vegalite_to_svg, '__wrapped__')") is False
    kernels.close()


SHOWN = """
from evidence import Chapter
shown = Chapter("case-studies", guarded=False).chart("cases.pay")._repr_mimebundle_()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="reads the states of processes")
def test_a_remembered_chart_is_the_one_a_kernel_would_draw(warm):
    library = load()
    title = library.by_id("charts")["cases.pay"]["title"]
    drawn = json.loads(json.dumps(charts.bundle(charts.chart_data(library, "cases.pay"), library, linked(title))))
    for _ in range(2):
        with Kernel() as kernel:
            kernel.streams(SHOWN)
            assert json.loads(kernel.value("__import__('json').dumps(shown)")) == drawn


def test_a_cell_can_be_interrupted(warm):
    with Kernel() as kernel:
        request = kernel.client.execute("import time\nprint('in the cell', flush=True)\nwhile True: time.sleep(0.01)")
        while kernel.client.get_iopub_msg(timeout=60)["msg_type"] != "stream":
            pass  # an interrupt before the cell runs would be taken by the kernel itself, as by any kernel
        kernel.manager.interrupt_kernel()
        while (reply := kernel.client.get_shell_msg(timeout=60))["parent_header"]["msg_id"] != request:
            pass
        assert reply["content"]["ename"] == "KeyboardInterrupt"
        assert kernel.value("1 + 1") == 2


def test_a_kernel_that_kills_itself_is_known_to_be_dead(warm):
    with Kernel() as kernel:
        kernel.client.execute("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
        assert wait_until(lambda: kernel.process.poll() is not None, 20)
        assert kernel.process.returncode == -signal.SIGKILL
        assert not kernel.manager.is_alive()


CLIENT = """
import sys
sys.path.insert(0, {folder!r})
from evidence import kernels
from test_warm_kernels import Kernel
kernels.use()
busy, idle = Kernel(), Kernel()
busy.client.execute("import re; re.match('(a+)+$', 'a' * 60 + 'b')")
print(busy.process.pid, idle.process.pid, idle.value("__import__('os').getppid()"), kernels.address(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def client():
    """A process with two forked kernels, one of them stuck in C code; its kernels' and server's process ids, and the server's folder."""
    process = subprocess.Popen(
        [sys.executable, "-c", CLIENT.format(folder=str(Path(__file__).parent))], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    busy, idle, server, address = process.stdout.readline().split()
    yield process, [int(busy), int(idle)], int(server), Path(address).parent
    process.kill()
    process.communicate()
    shutil.rmtree(Path(address).parent, ignore_errors=True)  # nobody is left to do it where both were killed


@pytest.mark.skipif(sys.platform != "linux", reason="reads the states of processes")
def test_kernels_and_server_end_with_a_client_that_is_killed(client):
    process, pids, server, folder = client
    ending = [*pids, server, drawer_of(server)]
    assert not any(map(gone, ending))
    process.kill()
    assert wait_until(lambda: all(map(gone, ending)), 10)
    assert wait_until(lambda: not folder.exists(), 5)


@pytest.mark.skipif(sys.platform != "linux", reason="reads the states of processes")
def test_kernels_end_with_a_server_that_is_killed(client):
    _, pids, server, _ = client
    ending = [*pids, drawer_of(server)]
    os.kill(server, signal.SIGKILL)
    assert wait_until(lambda: all(map(gone, ending)), 10)


def test_without_a_fork_the_stock_kernel_is_started(warm, monkeypatch):
    monkeypatch.setattr(process, "possible", lambda: False)
    with Kernel() as kernel:
        assert isinstance(kernel.process, subprocess.Popen)
        assert kernel.manager.transport == "tcp"
        assert kernel.value("1 + 1") == 2


def test_where_the_forked_start_fails_the_stock_kernel_is_started(warm, monkeypatch, tmp_path):
    """A server that is gone refuses the connection; the stock kernel then runs on the same local sockets."""
    path = Path(os.path.relpath(tmp_path)) / "s"
    with socket.socket(socket.AF_UNIX) as closed:
        closed.bind(str(path))
    monkeypatch.setattr(provisioner, "address", lambda: str(tmp_path / "s"))
    with Kernel() as kernel:
        assert isinstance(kernel.process, subprocess.Popen)
        assert kernel.value("1 + 1") == 2


def test_a_folder_too_deep_for_local_sockets_leaves_the_start_to_the_stock_kernel(warm, monkeypatch):
    monkeypatch.setattr(provisioner, "_LONGEST_SOCKET", 10)
    with Kernel() as kernel:
        assert kernel.manager.transport == "tcp"
        assert kernel.value("1 + 1") == 2


HARMS = {
    "index": ("import os\nos.kill(os.getpid(), 9)", r'cell 3: the kernel died while it ran "import os"'),
    "audit": ("import time\ntime.sleep(600)", r'cell 3: "import time" ran longer than 3 seconds and was interrupted:'),
    "ledger": (
        "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\ntime.sleep(600)",
        'cell 3: "import signal, time" ran longer than 3 seconds and could not be interrupted',
    ),
    "changes": ("1 / 0", "cell 3: ZeroDivisionError: division by zero"),
    "coordination": ('chapter.chart("no.such-chart")', "cell 3: DataError: unknown chart"),
}


def test_a_crash_a_hang_and_an_error_each_fail_their_chapter_and_the_rest_goes_on(tmp_path):
    (tmp_path / "out").mkdir()
    runs = []
    for name, view in {**{name: code for name, (code, _) in HARMS.items()}, "perceptions": "chapter.meanings()"}.items():
        nbformat.write(notebook(name, view), tmp_path / f"{name}.ipynb")
        runs.append(Run(tmp_path / f"{name}.ipynb", tmp_path / "out" / f"{name}.ipynb", {}, seconds=3))
    start, ended = time.monotonic(), []
    failures = {str(error).partition(",")[0]: str(error) for error in execute_all(runs, 2, ended.append)}
    assert time.monotonic() - start < 90
    assert set(ended) == {*HARMS, "perceptions"}
    assert set(failures) == {f"chapters/{name}.ipynb" for name in HARMS}
    for name, (_, said) in HARMS.items():
        assert said in failures[f"chapters/{name}.ipynb"]
    assert "time.sleep(600)" in failures["chapters/audit.ipynb"]
    assert "1 / 0" in failures["chapters/changes.ipynb"].partition("ZeroDivisionError")[2]
    assert "\n" not in failures["chapters/coordination.ipynb"].partition("DataError")[2]
    assert nbformat.read(tmp_path / "out" / "perceptions.ipynb", as_version=4).cells[2].outputs


@pytest.mark.parametrize("fork", [True, False], ids=["forked", "stock"])
def test_a_chapter_begins_when_its_kernel_has_answered(warm, monkeypatch, tmp_path, fork):
    """By itself nbclient would wait for a pause of a fifth of a second, and binds its function where a subclass cannot reach it."""
    monkeypatch.setattr(process, "possible", lambda: fork)
    heard = []
    hear = Client._heard

    async def hearing(self, channel, request, kind, state=""):
        await hear(self, channel, request, kind, state)
        heard.append((kind, state))

    monkeypatch.setattr(Client, "_heard", hearing)
    nbformat.write(notebook("coordination", "1 + 1"), tmp_path / "coordination.ipynb")
    execute(Run(tmp_path / "coordination.ipynb", tmp_path / "out.ipynb", {}))
    assert heard[-2:] == [("kernel_info_reply", ""), ("status", "idle")]
    assert nbformat.read(tmp_path / "out.ipynb", as_version=4).cells[2].outputs[0].data["text/plain"] == "2"


def test_a_kernel_that_dies_before_it_answers_is_tried_once_more_and_told(warm, monkeypatch, tmp_path):
    tried = []

    async def never(self, *_arguments, **_options):
        tried.append(self.km.provisioner.process.pid)
        self.km.provisioner.process.kill()
        await asyncio.sleep(0.5)
        raise Empty

    monkeypatch.setattr(Client, "_heard", never)
    nbformat.write(notebook("coordination", "1 + 1"), tmp_path / "coordination.ipynb")
    with pytest.raises(LostError, match="Kernel died before replying"):
        execute(Run(tmp_path / "coordination.ipynb", tmp_path / "out.ipynb", {}))
    assert len(set(tried)) == 2


def test_what_starts_kernels_and_compares_executions_imports_none_of_what_chapters_need():
    heavy = {"IPython", "altair", "jupyter_client", "nbformat", "pandas", "papermill"}
    code = f"import sys, evidence.editions.executions; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "[]"


def test_a_worker_has_imported_what_a_run_needs(tmp_path):
    nbformat.write(notebook("coordination", "1 + 1"), tmp_path / "coordination.ipynb")
    with workers(1) as own:
        before = set(own.submit(_modules).result())
        own.submit(execute, Run(tmp_path / "coordination.ipynb", tmp_path / "out.ipynb", {})).result()
        rooms = {name.partition(".")[0] for name in set(own.submit(_modules).result()) - before}
    assert {"IPython", "nbformat", "papermill"} <= {name.partition(".")[0] for name in before}
    assert not rooms & {"IPython", "fastjsonschema", "nbformat", "nbclient", "papermill", "jupyter_client"}


def _modules():
    return list(sys.modules)


def nbval(folder, tmp_path):
    """Run nbval with forked kernels, the provisioner known by an entry point as after an installation."""
    known = tmp_path / "installed" / "evidence_entry_points-0.dist-info"
    known.mkdir(parents=True, exist_ok=True)
    (known / "METADATA").write_text("Metadata-Version: 2.1\nName: evidence-entry-points\nVersion: 0\n", encoding="utf-8")
    declared = (paths.ROOT / "lib" / "pyproject.toml").read_text(encoding="utf-8")
    line = next(line for line in declared.splitlines() if line.startswith(kernels.NAME))
    text = "[jupyter_client.kernel_provisioners]\n" + line.replace('"', "") + "\n"
    (known / "entry_points.txt").write_text(text, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval", "--nbval-current-env", str(folder)],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(known.parent), str(paths.ROOT / "lib")]),
            "JUPYTER_DEFAULT_PROVISIONER_NAME": kernels.NAME,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_nbval_runs_in_forked_kernels_and_still_sees_what_differs(tmp_path):
    def output(text):
        return nbformat.v4.new_output("execute_result", {"text/plain": text}, execution_count=1)

    made = nbformat.v4.new_notebook()
    made.cells = [
        nbformat.v4.new_code_cell("'evidence.kernels.server' in __import__('sys').modules", execution_count=1, outputs=[output("True")]),
        nbformat.v4.new_code_cell("1 + 1", execution_count=2, outputs=[output("2")]),
    ]
    nbformat.write(made, tmp_path / "made.ipynb")
    done = nbval(tmp_path / "made.ipynb", tmp_path)
    assert "2 passed" in done.stdout, done.stdout + done.stderr
    made.cells[1].outputs = [output("3")]
    nbformat.write(made, tmp_path / "made.ipynb")
    done = nbval(tmp_path / "made.ipynb", tmp_path)
    assert "1 failed, 1 passed" in done.stdout


STARTS, AT_ONCE, MOST_SECONDS = 500, 6, 1500


async def start_and_end(turn):
    async with turn:
        manager = AsyncKernelManager(kernel_name="python3")
        await manager.start_kernel()
        client = manager.client()
        client.start_channels(hb=False)
        try:
            request = client.kernel_info()
            reply = await client.get_shell_msg(timeout=60)
            assert reply["parent_header"]["msg_id"] == request
            return isinstance(manager.provisioner.process, kernels.Forked)
        finally:
            client.stop_channels()
            await manager.shutdown_kernel(now=True)


@pytest.mark.slow
def test_of_500_starts_side_by_side_every_kernel_answers(warm):
    async def start_all():
        turn = asyncio.Semaphore(AT_ONCE)
        return await asyncio.wait_for(asyncio.gather(*(start_and_end(turn) for _ in range(STARTS))), MOST_SECONDS)

    assert asyncio.run(start_all()) == [True] * STARTS
    assert not list(Path(kernels.address()).parent.glob("*-1"))
