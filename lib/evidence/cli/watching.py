"""Check again at each save: everything is imported once, and only what has changed is read and checked."""

from __future__ import annotations

import json
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from rich.markup import escape
from watchfiles import watch as saves

from evidence import paths
from evidence.cli.console import out, print_problem
from evidence.gates import Desk, Gate, run_gates

_SUFFIXES = {".ipynb", ".md", ".csv", ".toml", ".yml"}


def watch(data: str | Path, only: str, *, as_json: bool) -> None:
    """Check now and after each save until interrupted, and print what must be mended, with the time it took beside that of the first check.

    Args:
        data: Data library; empty for the repository's own.
        only: Name of one chapter, or empty for all.
        as_json: Whether to print one line of JSON for each check.
    """
    desk, stop, full = Desk(), threading.Event(), 0.0
    signal.signal(signal.SIGINT, lambda _number, _frame: stop.set())
    for saved in rounds(paths.data_dir(data), stop):
        begun = time.perf_counter()
        try:
            gates = run_gates(data, only=only, desk=desk)
        except FileNotFoundError:
            continue  # a file is just being put in the place of another, of which the next round tells
        took = time.perf_counter() - begun
        full = full or took
        (_tell_json if as_json else _tell)(gates, saved, took, full)


def rounds(directory: Path, stop: threading.Event) -> Iterator[list[str]]:
    """Yield once at the start, and then the names of what was saved, whenever something was.

    The watch begins before the first check, so that what is saved while one runs is not missed.
    """
    folders = [paths.find_book(), paths.chapters_dir(), directory, *(path for path in directory.iterdir() if path.is_dir())]
    told = saves(
        *folders,
        watch_filter=lambda _change, path: _counts(Path(path)),
        stop_event=stop,
        recursive=False,
        debounce=100,
        step=20,
        rust_timeout=200,
        yield_on_timeout=True,
    )
    begun = False
    for changes in told:
        if changes or not begun:
            begun = True
            yield sorted({Path(path).name for _, path in changes})


def _counts(path: Path) -> bool:
    return path.suffix in _SUFFIXES and not path.name.startswith(".")


def _tell_json(gates: list[Gate], saved: list[str], took: float, full: float) -> None:
    problems = [problem.as_record() for gate in gates for problem in gate.problems]
    green = all(gate.green for gate in gates)
    line = {"green": green, "saved": saved, "seconds": round(took, 3), "share_of_first": round(took / full, 3), "problems": problems}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def _tell(gates: list[Gate], saved: list[str], took: float, full: float) -> None:
    problems = [problem for gate in gates for problem in gate.problems]
    empty = [gate.name for gate in gates if not gate.looked_at]
    for problem in problems:
        print_problem(problem)
    state = (
        f"[red]{len(problems)} to mend[/]" if problems else f"[red]nothing looked at in {', '.join(empty)}[/]" if empty else "[green]ok[/]"
    )
    what = f"after {escape(', '.join(saved))}" if saved else "at first"
    share = f", {took / full:.0%} of the first check" if saved else ""
    out.print(f"{state} {what}: {took:.2f} s{share}")
    out.file.flush()
