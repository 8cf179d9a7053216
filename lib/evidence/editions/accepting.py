"""Accept new data into the committed book: vintages, restated prose, outputs and history change together or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evidence import paths
from evidence.catalog import Library, load, schema
from evidence.catalog.packaging import differing
from evidence.catalog.rows import read_rows, write_rows
from evidence.catalog.validation import validate
from evidence.editions.changes import compare, difference
from evidence.editions.execution import Run, execute_all, prepare
from evidence.editions.recording import notebooks
from evidence.editions.restating import replace_link, restated
from evidence.editions.retiring import retire_corrections, retire_words
from evidence.editions.snapshot import make_snapshot
from evidence.errors import EditionError, told_by
from evidence.gates import check_book, run_gates
from evidence.places import FOLDER
from evidence.receipts import carry
from evidence.statements import Statement
from evidence.statements.checking import MOVED_BY_DATA
from evidence.writing import Transaction

CLASSES = {"new figure": "new", "new period": "new period", "revision": "revision", "correction": "correction", "recomputed": "recomputed"}
"""Class of a change in the history, by its class in the change report."""


@dataclass(frozen=True, slots=True)
class AcceptRequest:
    """What to accept.

    Attributes:
        data: Overlay of new rows, or a full data library.
        reason: Why, for the history; must not be empty.
        day: Day of the acceptance, ISO.
        jobs: Chapters to execute at once.
        dry_run: Whether to say what would change and change nothing.
    """

    data: Path
    reason: str
    day: str
    jobs: int
    dry_run: bool = False


@dataclass(slots=True)
class Acceptance:
    """What was accepted, or would be.

    Attributes:
        report: Change report between the book as it was and the new data.
        history: Rows added to the history.
        restated: Page, old and new text of every number restated.
        awaiting: Statements in words, and claims, that no longer hold and now carry a notice.
        retired: What is said of each correction whose error is gone, and of each sentence of an author that the data have overtaken; the rows were
            removed.
        difference: Unified difference of data, prose and outputs.
    """

    report: dict[str, Any]
    history: list[dict[str, str]] = field(default_factory=list)
    restated: list[tuple[str, str, str]] = field(default_factory=list)
    awaiting: list[Statement] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    difference: str = ""


def accept(request: AcceptRequest, done: Callable[[str], None], root: Path | None = None) -> Acceptance:
    """Write new vintages into the data library, restate the prose, record the outputs anew, and add to the history.

    Everything is prepared beside and passes all gates before it takes the place of what is there; killed at any moment, the next run finds the
    old book or the new one, and so does everybody after an error. Numbers in words and claims that no longer hold are never guessed: they get a notice that readers see.

    Args:
        request: What to accept, and why.
        done: Called with each chapter's name once it is executed.
        root: The book; the one it stands in when None.

    Raises:
        EditionError: If there is no reason, nothing changes, a figure would vanish, a chapter fails or a gate stays red; nothing is changed then.
        DataError: If the data are malformed.
        WriteError: If another command writes the book, or a file of data or chapters was saved meanwhile; nothing is changed then.
    """
    root = root or paths.find_book()
    if not request.reason.strip():
        raise EditionError("no reason, no accept: say why with --reason, in a sentence that readers of the history will understand.")
    if _others(request.data / FOLDER, root / "data" / FOLDER):
        raise EditionError(
            f"{request.data.name}/{FOLDER}: place data are shown in editions of their own and never become part of the repository. "
            "Run them with evidence rerun --data, or accept the new rows from a folder without them."
        )
    prepare()
    with Transaction(root) as work:
        folder = work.copy("chapters", "_toc.yml")
        work.see(root / "data")
        old = validate(load(root / "data"))
        make_snapshot(request.data, folder / "data", root / "data")
        acceptance = _prepare(request, old, folder)
        _record(folder, request.jobs, done)
        _prove(folder)
        acceptance.difference = difference(root, folder)
        if not request.dry_run:
            work.take(folder, "data", "chapters")
    return acceptance


def _others(given: Path, kept: Path) -> list[str]:
    """Return the names of the given files that the book does not keep as they are."""
    return [
        path.name
        for path in sorted(given.glob("*"))
        if not (kept / path.name).is_file() or (kept / path.name).read_bytes() != path.read_bytes()
    ]


def _prepare(request: AcceptRequest, old: Library, folder: Path) -> Acceptance:
    """Write history, restated prose and notices into the prepared folder, and return what was done."""
    new = load(folder / "data")
    report = compare(old, new, folder / "chapters")
    acceptance = Acceptance(report, history=_history(report, request))
    if not report["figures"]:
        raise EditionError("nothing to accept: every figure states what it stated before. Check that the new rows carry a newer as_of.")
    if gone := [entry["id"] for entry in report["figures"] if entry["class"] == "removed"]:
        raise EditionError(
            f"{', '.join(gone)} would vanish. Retire a figure by a row in data/aliases.csv that says why, then accept again."
        )
    _append(folder / "data", "history", acceptance.history)
    acceptance.retired = [*retire_corrections(new, folder / "data"), *retire_words(folder / "data")]
    _restate(acceptance, request, load(folder / "data"), folder)
    carry(old.directory or paths.data_dir(), folder / "data")
    for name, text in differing(folder / "data").items():
        (folder / "data" / name).write_text(text, encoding="utf-8", newline="")
    return acceptance


def _history(report: dict[str, Any], request: AcceptRequest) -> list[dict[str, str]]:
    return [
        {
            "figure": entry["id"],
            "old": entry["old"],
            "new": entry["new"],
            "class": CLASSES.get(entry["class"], entry["class"]),
            "date": request.day,
            "reason": " ".join(request.reason.split()),
        }
        for entry in report["figures"]
    ]


def _restate(acceptance: Acceptance, request: AcceptRequest, library: Library, folder: Path) -> None:
    """Restate every broken number that can be, and leave a notice at what cannot, or whose sentence the data no longer bear out otherwise."""
    checked = check_book(library, folder / "chapters")
    broken = [s for s in checked.statements if not s.holds and not s.noticed]
    elsewhere = {problem.sentence for problem in checked.problems if problem.rule in MOVED_BY_DATA}
    barred = frozenset(s.where for s in broken if s.sentence in elsewhere)
    done: set[tuple[str, str, str]] = set()
    for statement in broken:
        text = "" if statement.where in barred else restated(statement, library)
        if text and (statement.page, statement.target, statement.text) in done:
            continue
        if text and replace_link(folder, statement.page, statement.target, statement.text, text, barred):
            done.add((statement.page, statement.target, statement.text))
            acceptance.restated.append((statement.page, statement.text, text))
        else:
            acceptance.awaiting.append(statement)
    acceptance.awaiting += _overtaken(acceptance, load(folder / "data"), folder)
    notices = {(s.page, s.kind, s.target, s.text): request.day for s in acceptance.awaiting}
    _append(folder / "data", "notices", [dict(zip(schema.NOTICES.names, (*key, day), strict=True)) for key, day in notices.items()])


def _overtaken(acceptance: Acceptance, library: Library, folder: Path) -> list[Statement]:
    """Return the statements of changed figures whose sentences break a rule now, though their numbers hold: they name whom or when it was, say."""
    checked = check_book(library, folder / "chapters")
    moved = {problem.sentence for problem in checked.problems if problem.rule in MOVED_BY_DATA}
    changed = {entry["id"] for entry in acceptance.report["figures"]}
    ends = {stem for stem, (low, high) in library.ranges.items() if {low.id, high.id} & changed}
    there = {(s.page, s.target, s.text) for s in acceptance.awaiting}
    return [
        s
        for s in checked.statements
        if s.sentence in moved and s.target in changed | ends and s.kind == "figure" and (s.page, s.target, s.text) not in there
    ]


def _append(data: Path, table: str, new: list[dict[str, str]]) -> None:
    """Add rows to a table, but for those whose key is there: a number that two waves of the same day's acceptances state is told once."""
    declared = schema.table(table)
    file = data / declared.path
    rows = read_rows(file, f"data/{declared.path}", declared.names) if file.exists() else [list(declared.names)]
    places = [declared.names.index(name) for name in declared.key]
    known = {tuple(row[place] for place in places) for row in rows[1:]}
    new = [row for row in new if tuple(row[name] for name in declared.key) not in known]
    if new:
        write_rows(file, [*rows, *([row[name] for name in declared.names] for row in new)])


def _record(folder: Path, jobs: int, done: Callable[[str], None]) -> None:
    """Execute the prepared chapters on the prepared data and store their outputs."""
    parameters = {"data_dir": str(folder / "data")}
    executed = execute_all([Run(path, parameters) for path in notebooks(folder / "chapters")], jobs, done)
    if executed.failures:
        raise EditionError([*told_by(executed.failures), "Nothing was accepted."])
    for name, text in executed.texts.items():
        (folder / "chapters" / name).write_text(text, encoding="utf-8")


def _prove(folder: Path) -> None:
    problems = [f"{gate.name}: {text}" for gate in run_gates(folder / "data", folder / "chapters") for text in gate.problems]
    if problems:
        raise EditionError([*problems, "Nothing was accepted. Mend these in the new rows, or in the book, then accept again."])
