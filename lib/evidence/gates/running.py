"""The fast gates an author runs: data, audit, claims, charts, statements and the form of the chapters, each with its own count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

from evidence.audit import Verdict
from evidence.catalog import Library
from evidence.catalog.cells import is_device
from evidence.chapter import views
from evidence.errors import EvidenceError, StatementError
from evidence.form import faults
from evidence.gates.answering import answering
from evidence.gates.data import Gate
from evidence.gates.desk import ChapterFile, Desk, Snapshot
from evidence.gates.form import contents, marks_left, notebook_form, unseen
from evidence.gates.links import dead_links
from evidence.gates.settings import settings
from evidence.problems import Place, Problem
from evidence.signing import Signatures, chapter_items, library_items, share_of, wrong
from evidence.statements import (
    Checked,
    Passage,
    Statement,
    chapter_files,
    check_passages,
    library_prose,
    read_page,
    stale_allowances,
    stale_notices,
    stale_wordings,
)
from evidence.statements.signed import COUNTED


def run_gates(
    data_dir: str | Path = "",
    chapters: Path | None = None,
    only: str = "",
    desk: Desk | None = None,
    touched: Callable[[Path], bool] | None = None,
    *,
    judged: bool = True,
) -> list[Gate]:
    """Return the outcome of every fast gate; the later ones are left out when the data cannot be read.

    Args:
        data_dir: Data library; empty for the repository's own.
        chapters: Folder of the chapters; the repository's own when None.
        only: Name of one chapter to check, or empty for all.
        desk: What earlier checks have read; only what has changed since is read and checked again.
        touched: Returns whether a chapter's file may be another or state another thing than in a book that was in order; others are left out.
        judged: Whether the gates of the data library look at all of it, and not only whether it is well-formed.
    """
    desk = desk or Desk()
    snapshot = desk.read(data_dir, chapters, touched or (lambda file: not only or file.stem == only), judged=judged)
    if snapshot.library is None:
        return snapshot.data
    pages = snapshot.pages
    if only and not pages:
        there = ", ".join(file.stem for file in snapshot.files)
        return [
            *snapshot.data,
            Gate("chapters", 1, [Problem(Place(f"chapters/{only}"), "there is no such chapter.", f"There are {there}.")]),
        ]
    unread = [problem for page in pages for problem in page.faults]
    read = [page for page in pages if not page.faults]
    pages_gate = [Gate("chapters", len(pages), unread)] if unread else []
    checks = {page.name: desk.statements(page, snapshot) for page in read}
    whole = not only and not unread and len(pages) == len(snapshot.files)
    gates = [
        _statements(snapshot.library, Checked() if only else desk.library_prose(snapshot), checks, whole=whole),
        _recorded(read, checks, snapshot.verdict_of, snapshot.library),
        *_countersigned(snapshot.library, read, whole=judged),
        _form(read, desk, [*dead_links(read, snapshot.files), *([] if only else _beside(snapshot))]),
        *([] if only else _answering(snapshot)),
    ]
    return [*snapshot.data, *pages_gate, *(gates if read or touched else [])]


def _answering(snapshot: Snapshot) -> list[Gate]:
    """Check who answers for the book, where the chapters stand in one."""
    gate = answering(snapshot.chapters.parent)
    return [gate] if gate.looked_at else []


def _countersigned(library: Library, pages: list[ChapterFile], *, whole: bool) -> list[Gate]:
    """Check that nothing stands as it was when a countersigner found it wrong, in a book that has been countersigned."""
    if not library.all_rows("countersigned"):
        return []
    found = [*chapter_items(library, ((page.name, page.passages) for page in pages)), *(library_items(library) if whole else ())]
    signatures = Signatures(library)
    shares = share_of(found, signatures).values()
    linked = sum(share.linked for share in shares)
    told = ", ".join(f"{sum(share.signed[who] for share in shares):,} by {who}" for who in COUNTED)
    return [Gate("countersigned", len(found), wrong(found, signatures), f"of {linked:,} sentences and rows, {told}")]


def _beside(snapshot: Snapshot) -> list[Problem]:
    """Return what is wrong with the files beside the chapters that decide what is shown."""
    book, names = snapshot.chapters.parent, [file.name for file in snapshot.files]
    told = {name for page in snapshot.pages for name in [f"chapters/{page.path.name}"] if page.faults}
    return [*contents(snapshot.chapters, names), *settings(book), *(found for found in marks_left(book) if found.place.file not in told)]


def _statements(library: Library, prose: Checked, checks: dict[str, Checked], *, whole: bool) -> Gate:
    parts = [*checks.values(), prose]
    total = Checked()
    for part in parts:
        total.add(part)
    problems = total.problems
    if whole:
        unused = stale_wordings(library, total) if not problems else []  # words that a mistake has changed are told once
        problems += [*stale_allowances(library, total), *stale_notices(library, total), *unused]
    note = f"{total.bound} numbers bound, {len(total.allowed)} allowed, {len(total.unbound)} unbound"
    awaiting = sum(statement.noticed for statement in total.statements)
    note += f"; {awaiting} await their author, with a notice" if awaiting else ""
    return Gate("statements", total.read + len(total.statements), problems, note)


def check_book(library: Library, chapters: Path, only: str = "") -> Checked:
    """Return what all prose of the book states: the chapters and the prose cells of the data library.

    Raises:
        StatementError: If a chapter cannot be read, or `only` names none.
    """
    passages = read_book(chapters, only)
    return check_passages(passages if only else [*passages, *library_prose(library)], library)


def read_book(chapters: Path, only: str = "") -> list[Passage]:
    """Return the passages of all chapters, or of one.

    Raises:
        StatementError: If a chapter cannot be read, or `only` names none.
    """
    files = chapter_files(chapters)
    chosen = [path for path in files if not only or path.stem == only]
    if not chosen:
        there = f"There are {', '.join(path.stem for path in files)}."
        raise StatementError(Problem(Place(f"chapters/{only}"), "there is no such chapter.", there))
    return [passage for path in chosen for passage in read_page(path)]


def _recorded(pages: list[ChapterFile], checks: dict[str, Checked], verdict_of: Mapping[str, Verdict], library: Library) -> Gate:
    """Check recorded tables of statements, of pages whose prose is in order: recording would refuse the others."""
    gate = Gate("recorded statements")
    for page in pages:
        if page.notebook is not None:
            gate.looked_at += 1
            if not checks[page.name].problems and _last_outputs(page.notebook):
                try:
                    found = recorded_problem(page.path, page.notebook, checks[page.name].statements, verdict_of, library)
                    gate.problems += [found] if found else []
                except EvidenceError as error:  # of a recomputation under the page, where nobody has judged all of them
                    gate.problems += error.problems
    gate.note = f"{gate.looked_at} recorded tables of statements"
    return gate if gate.looked_at else Gate("recorded statements", 1, note="the page has no code")


def recorded_problem(
    path: Path, notebook: Any, statements: list[Statement], verdict_of: Mapping[str, Verdict], library: Library
) -> Problem | None:
    """Return what differs between a chapter's recorded table of statements and its prose on this library, or None.

    Args:
        path: File of the chapter.
        notebook: The chapter, as `read_notebook` gives it.
        statements: What its prose states.
        verdict_of: Verdict of every figure.
        library: The data library.
    """
    outputs = _last_outputs(notebook)
    recorded = str(outputs[-1].get("data", {}).get("text/plain", "")).splitlines() if outputs else []
    now = views.statements_view(statements, verdict_of, library).text.splitlines()
    if recorded == now:
        return None
    old, new = next((pair for pair in zip_longest(recorded, now, fillvalue="nothing") if pair[0] != pair[1]), ("", ""))
    place = Place(
        f"chapters/{path.name}", cell=max(number for number, cell in enumerate(notebook.cells, start=1) if cell.cell_type == "code")
    )
    return Problem(place, f'recorded "{old[:120]}", now "{new[:120]}".', f"Run: evidence record {path.stem}", recordable=True)


def _last_outputs(notebook: Any) -> list[Any]:
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return list(code[-1].outputs) if code else []


def _form(pages: list[ChapterFile], desk: Desk, listed: list[Problem]) -> Gate:
    problems = [problem for page in pages for problem in desk.form(page, _page_form)]
    return Gate("form of the chapters", len(pages), [*problems, *listed], f"{len(pages)} pages")


def _page_form(page: ChapterFile) -> list[Problem]:
    """Check what cells a chapter has, and of one in order also how its file is written: one message for one mistake."""
    told, remedy = "Windows keeps no file of this name.", "Give the chapter another name."
    unkept = [Problem(Place(f"chapters/{page.path.name}"), told, remedy)] if is_device(page.path.name) else []
    return unkept + (list(notebook_form(page.path, page.notebook) if page.notebook is not None else []) or _faults(page.path))


def _faults(path: Path) -> list[Problem]:
    """Return what keeps a chapter's file from its committed form, and on a page without cells the characters that nobody sees."""
    text, place, notebook = path.read_bytes().decode("utf-8"), Place(f"chapters/{path.name}"), path.suffix == ".ipynb"
    return ([] if notebook else list(unseen(place, text))) or faults(text, notebook=notebook, place=place)
