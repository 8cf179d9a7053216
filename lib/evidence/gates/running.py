"""The fast gates an author runs: data, audit, statements, charts and the form of the chapters, each with its own count."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

from evidence import paths
from evidence.audit import UNCOMPARED, Verdict, check_corrections, verdicts
from evidence.catalog import Library, load
from evidence.catalog.packaging import canonical_files, differing
from evidence.catalog.validation import validate
from evidence.chapter import views
from evidence.charts import chart_data
from evidence.errors import EvidenceError, StatementError
from evidence.gates.form import missing_from_contents, notebook_form
from evidence.grading import check_strengths
from evidence.statements import (
    Checked,
    Statement,
    chapter_files,
    check_passages,
    library_prose,
    read_notebook,
    read_page,
    stale_allowances,
    stale_notices,
)


@dataclass(slots=True)
class Gate:
    """The outcome of one gate.

    Attributes:
        name: What was checked.
        looked_at: How many things; a gate that looked at nothing has failed.
        problems: What must be mended, one message each.
        note: Counts worth reading.
    """

    name: str
    looked_at: int = 0
    problems: list[str] = field(default_factory=list)
    note: str = ""

    @property
    def green(self) -> bool:
        """Whether the gate looked at something and found nothing wrong."""
        return self.looked_at > 0 and not self.problems


def run_gates(data_dir: str | Path = "", chapters: Path | None = None, only: str = "") -> list[Gate]:
    """Return the outcome of every fast gate; the later ones are left out when the data cannot be read.

    Args:
        data_dir: Data library; empty for the repository's own.
        chapters: Folder of the chapters; the repository's own when None.
        only: Name of one chapter to check, or empty for all.
    """
    folder = chapters or paths.chapters_dir()
    try:
        library = validate(load(data_dir))
    except EvidenceError as error:
        return [Gate("data library", 1, getattr(error, "problems", [str(error)]))]
    checks: list[Callable[[], Gate]] = [
        lambda: _data(library),
        lambda: _written(library),
        lambda: _audit(library),
        lambda: _strengths(library),
        lambda: _charts(library),
        lambda: _statements(library, folder, only),
        lambda: _recorded(library, folder, only),
        lambda: _form(folder, only),
    ]
    return [_guarded(check) for check in checks]


def _guarded(check: Callable[[], Gate]) -> Gate:
    try:
        return check()
    except EvidenceError as error:
        return Gate("chapters", 1, getattr(error, "problems", [str(error)]))


def _data(library: Library) -> Gate:
    records = sum(len(frame) for frame in library.tables.values())
    return Gate("data library", records, note=f"{records:,} records, {len(library.figures):,} figures")


def _written(library: Library) -> Gate:
    """Check that the files of the library are written the one way, so that a diff shows what changed and nothing else."""
    directory = library.directory or paths.data_dir()
    problems = [f"data/{name.as_posix()}: not in its committed form. Run: evidence format" for name in differing(directory)]
    files = len(canonical_files(directory))
    return Gate("form of the data", files, problems, f"{files} files")


def _audit(library: Library) -> Gate:
    verdict_of = verdicts(library)
    compared = sum(verdict.word not in UNCOMPARED for verdict in verdict_of.values())
    return Gate("audit", compared, check_corrections(library, verdict_of), f"{compared} figures recomputed or compared")


def _strengths(library: Library) -> Gate:
    """Check that each finding is called as strong as the rule makes it."""
    findings = len(library.rows("findings"))
    return Gate("strength of findings", findings, check_strengths(library), f"{findings} findings graded")


def _charts(library: Library) -> Gate:
    gate = Gate("charts")
    for row in library.rows("charts"):
        gate.looked_at += 1
        try:
            chart_data(library, row["id"])
        except EvidenceError as error:
            gate.problems.append(str(error))
    gate.note = f"{gate.looked_at} charts"
    return gate


def _statements(library: Library, chapters: Path, only: str) -> Gate:
    checked = check_book(library, chapters, only)
    problems = checked.problems + ([] if only else stale_allowances(library, checked) + stale_notices(library, checked))
    note = f"{checked.bound} numbers bound, {len(checked.allowed)} allowed, {len(checked.unbound)} unbound"
    awaiting = sum(statement.noticed for statement in checked.statements)
    note += f"; {awaiting} await their author, with a notice" if awaiting else ""
    return Gate("statements", len(checked.statements), problems, note)


def check_book(library: Library, chapters: Path, only: str = "") -> Checked:
    """Return what all prose of the book states: the chapters and the prose cells of the data library.

    Raises:
        StatementError: If a chapter cannot be read, or `only` names none.
    """
    passages = [passage for path in _chosen(chapters, only) for passage in read_page(path)]
    return check_passages(passages if only else [*passages, *library_prose(library)], library)


def _recorded(library: Library, chapters: Path, only: str) -> Gate:
    gate, verdict_of = Gate("recorded statements"), verdicts(library)
    for path in _chosen(chapters, only):
        if path.suffix == ".ipynb":
            statements = check_passages(read_page(path), library).statements
            gate.looked_at += 1
            gate.problems += [problem for problem in [recorded_problem(path, statements, verdict_of, library)] if problem]
    gate.note = f"{gate.looked_at} recorded tables of statements"
    return gate if gate.looked_at or not only else Gate("recorded statements", 1, note="the page has no code")


def recorded_problem(path: Path, statements: list[Statement], verdict_of: dict[str, Verdict], library: Library) -> str:
    """Return what differs between a chapter's recorded table of statements and its prose on this library, or an empty text.

    No kernel is started: what the last cell would show is made here, so that prose edited after recording is noticed in seconds.

    Args:
        path: The chapter's notebook.
        statements: What its prose states.
        verdict_of: Verdict of every figure.
        library: The data library.
    """
    recorded = _last_text(read_notebook(path)).splitlines()
    now = views.statements_view(statements, verdict_of, library).text.splitlines()
    if recorded == now:
        return ""
    different = next(((old, new) for old, new in zip_longest(recorded, now, fillvalue="nothing") if old != new), ("", ""))
    return f'chapters/{path.name}, last cell: recorded "{different[0][:120]}", now "{different[1][:120]}". Run: evidence record {path.stem}'


def _last_text(notebook: Any) -> str:
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    outputs = code[-1].outputs if code else []
    return str(outputs[-1].get("data", {}).get("text/plain", "")) if outputs else ""


def _chosen(chapters: Path, only: str) -> list[Path]:
    files = [path for path in chapter_files(chapters) if not only or path.stem == only]
    if not files:
        raise StatementError(
            f"chapters/{only}: there is no such chapter. There are {', '.join(path.stem for path in chapter_files(chapters))}."
        )
    return files


def _form(chapters: Path, only: str) -> Gate:
    gate = Gate("form of the chapters")
    for path in _chosen(chapters, only):
        gate.looked_at += 1
        if path.suffix == ".ipynb":
            gate.problems += notebook_form(path, read_notebook(path))
    if not only:
        gate.problems += missing_from_contents(chapters)
    gate.note = f"{gate.looked_at} pages"
    return gate
