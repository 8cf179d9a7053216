"""Processes of a Dask cluster, as an executor: the only module that knows dask.distributed, an optional extra."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evidence.editions.grid.freezing import code, environment
from evidence.errors import EditionError

SECONDS_TO_ANSWER = 10.0
"""How long a scheduler may take to answer."""

_MARK = "mark"


@contextmanager
def cluster(address: str, work: Path) -> Iterator[Executor]:
    """Yield the workers of a cluster, each proved to run our code and to see our folder. Lost workers are replaced by Dask's own rules.

    Args:
        address: Of the scheduler, such as tcp://127.0.0.1:8786.
        work: Folder of the run.

    Raises:
        EditionError: If dask.distributed is missing, nobody answers, or a worker is not fit: names the worker and what to do.
    """
    client = _connected(address)
    try:
        _check_workers(client, address, work)
        yield client.get_executor(pure=False)
    finally:
        client.close(timeout=2)


def _connected(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise EditionError("a cluster needs dask.distributed, which is not installed. Run: make cluster") from None
    try:
        with ThreadPoolExecutor(1) as alone:  # a loop of its own, also where one runs already, as in a notebook
            alone.submit(lambda: asyncio.run(asyncio.wait_for(_identity(address), SECONDS_TO_ANSWER))).result()
        return Client(address, timeout=SECONDS_TO_ANSWER, set_as_default=False)
    except Exception as error:
        raise EditionError(f"no scheduler answers at {address} ({type(error).__name__}). Start one with: dask scheduler") from None


async def _identity(address: str) -> Any:
    """Return what a scheduler says it is; asked first, for a client of Dask would wait without end for a listener that says nothing."""
    from distributed import rpc

    async with rpc(address) as scheduler:
        return await scheduler.identity()


def _check_workers(client: Any, address: str, work: Path) -> None:
    """Refuse a cluster without workers, or with one that runs other code or does not see our folder."""
    (work / _MARK).write_text(code(), encoding="utf-8")
    told = client.run(probe, str(work / _MARK), on_error="return")
    if not told:
        raise EditionError(f"the scheduler at {address} has no worker. Start workers with: dask worker {address} --nthreads 1")
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
