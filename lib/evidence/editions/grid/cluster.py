"""Who does the units on a Dask cluster: the only module that knows dask.distributed, an optional extra."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evidence.editions.executions import environment
from evidence.editions.grid.freezing import code
from evidence.editions.grid.units import do_there
from evidence.editions.grid.workers import Crew
from evidence.errors import EditionError

SECONDS_TO_CONNECT = 10
"""How long a scheduler may take to answer."""

SECONDS_WITHOUT_WORKERS = 60.0
"""How long a cluster may be without any worker: one that is killed is started again within a few seconds."""

_MARK = "mark"
_START = "Start workers with: dask worker {address} --nthreads 1"


@contextmanager
def cluster(address: str, work: Path) -> Iterator[Crew]:
    """Yield a crew of the workers of a cluster, each proved to run our code and to see our folder.

    Args:
        address: Of the scheduler, such as tcp://127.0.0.1:8786.
        work: Folder of the run.

    Raises:
        EditionError: If dask.distributed is missing, nobody answers, or a worker is not fit: names the worker and what to do.
    """
    client = _connected(address)
    try:
        _check_workers(client, address, work)
        executor = client.get_executor(pure=False)
        yield Crew(executor, lambda: max(1, 2 * sum(client.nthreads().values())), do_there, _Watch(client, address).check)
        executor.shutdown()
    except (OSError, RuntimeError) as error:
        if client.status == "running":
            raise
        raise _gone(address) from error
    finally:
        client.close(timeout=2)


def _connected(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise EditionError("a cluster needs dask.distributed, which is not installed. Run: make cluster") from None
    try:
        return Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise EditionError(f"no scheduler answers at {address} ({type(error).__name__}). Start one with: dask scheduler") from None


def _check_workers(client: Any, address: str, work: Path) -> None:
    """Refuse a cluster without workers, or with one that runs other code or does not see our folder."""
    (work / _MARK).write_text(code(), encoding="utf-8")
    told = client.run(probe, str(work / _MARK), on_error="return")
    if not told:
        raise EditionError(f"the scheduler at {address} has no worker. {_START.format(address=address)}")
    problems = [f"worker {name}: {problem}" for name, answer in sorted(told.items()) if (problem := _unfit(answer, work))]
    if problems:
        raise EditionError("\n".join([*problems, "Nothing was run."]))


def probe(mark: str) -> dict[str, Any]:
    """Return what a worker runs and sees: hash of its code, versions of what computes, and what it reads in a file of ours."""
    path = Path(mark)
    return {"code": code(), "environment": environment(), "seen": path.read_text(encoding="utf-8") if path.exists() else ""}


def _unfit(answer: Any, work: Path) -> str:
    """Return why a worker is not fit, or an empty text."""
    if not isinstance(answer, dict):
        return f"it cannot run this library ({type(answer).__name__}: {answer}). Install it there, and start its workers again."
    ours = environment()
    if answer["code"] != code():
        return "it runs other code of this library. Install the same there, and start its workers again."
    if differing := [f"{there} for {here}" for here, there in zip(ours, answer["environment"], strict=True) if here != there]:
        return f"it has {', '.join(differing)}. Outputs depend on these: install what requirements.txt says."
    if answer["seen"] != code():
        return f"it does not see {work}. Give a folder that all workers share with --out."
    return ""


class _Watch:
    """Looks whether a cluster can still end anything."""

    def __init__(self, client: Any, address: str) -> None:
        self._client, self._address, self._last = client, address, time.monotonic()

    def check(self) -> None:
        if self._client.status != "running":
            raise _gone(self._address)
        if self._client.nthreads():
            self._last = time.monotonic()
        elif time.monotonic() - self._last > SECONDS_WITHOUT_WORKERS:
            raise EditionError(
                f"the scheduler at {self._address} has had no worker for {SECONDS_WITHOUT_WORKERS:.0f} seconds. "
                f"{_START.format(address=self._address)}, then run the same command again: rows that are whole are kept."
            )


def _gone(address: str) -> EditionError:
    return EditionError(f"the scheduler at {address} has gone. Start it, then run the same command again: rows that are whole are kept.")
