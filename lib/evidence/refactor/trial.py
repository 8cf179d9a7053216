"""A changed copy of the book, recorded and tried by every gate: in this process, or in one of its own where the code of its package has changed."""

from __future__ import annotations

import os
import pickle
import sys
from pathlib import Path

from evidence import paths
from evidence.editions.execution import Run, execute_all
from evidence.errors import EvidenceError, ScaffoldError, told_by
from evidence.gates import Desk, run_gates
from evidence.problems import Problem
from evidence.programs import run_apart


def tried(book: Path, copy: Path, chapters: list[str], *, code_changed: bool) -> list[Problem]:
    """Run chapters of a copy of the book and store what they show there; return what its gates find that those of the book do not.

    Args:
        book: The book.
        copy: The copy.
        chapters: Names of the chapters to run.
        code_changed: Whether the code of the book's package is another in the copy.

    Raises:
        ScaffoldError: If a gate refuses the copy, or a chapter of it fails.
    """
    if code_changed:
        return _in_a_process_of_its_own(book, copy, chapters)
    return _recorded_and_judged(book, copy, chapters)


def _judged(root: Path, desk: Desk) -> list[Problem]:
    return [problem for gate in run_gates(root / "data", root / "chapters", desk=desk) for problem in gate.problems]


def _recorded_and_judged(book: Path, copy: Path, chapters: list[str]) -> list[Problem]:
    """Return what is new at the gates once the chapters are recorded; what they refuse beforehand is told before a chapter runs."""
    desk, before = Desk(), None
    found = _judged(copy, desk)
    if any(not problem.recordable for problem in found):
        before = set(map(str, _judged(book, Desk())))
        if refused := [problem for problem in found if not problem.recordable and str(problem) not in before]:
            return refused
    if chapters:
        _record(copy, chapters)
        found = _judged(copy, desk)
    return [problem for problem in found if str(problem) not in (before or ())]


def _record(copy: Path, chapters: list[str]) -> None:
    files = [copy / "chapters" / f"{name}.ipynb" for name in chapters]
    executed = execute_all([Run(path, {"data_dir": str(copy / "data")}) for path in files], 1, lambda _name: None)
    if executed.failures:
        raise ScaffoldError([*told_by(executed.failures), "Nothing was written."])
    for name, text in executed.texts.items():
        (copy / "chapters" / name).write_text(text, encoding="utf-8")


def _in_a_process_of_its_own(book: Path, copy: Path, chapters: list[str]) -> list[Problem]:
    surroundings = {**os.environ, paths.VARIABLE: str(copy), "PYTHONPATH": os.pathsep.join([str(copy / "lib"), str(paths.PACKAGE.parent)])}
    command = [sys.executable, "-m", __name__, str(book), str(copy), *chapters]
    done = run_apart(command, surroundings)
    if done.returncode:
        raise ScaffoldError([*done.stderr.strip().splitlines()[-1:], "Nothing was written."])
    return list(pickle.loads(bytes.fromhex(done.stdout)))


def _main(book: str, copy: str, *chapters: str) -> None:
    try:
        found = _recorded_and_judged(Path(book), Path(copy), list(chapters))
    except EvidenceError as error:
        found = error.problems
    print(pickle.dumps(found).hex())


if __name__ == "__main__":
    _main(*sys.argv[1:])
