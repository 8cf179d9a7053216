"""Rerun: the whole book on other data, written as an edition that is there whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence import ledger, paths
from evidence.catalog import Library, load
from evidence.editions.building import build_site
from evidence.editions.changes import compare, markdown
from evidence.editions.execution import Run, execute_all, prepare
from evidence.editions.recording import notebooks
from evidence.editions.snapshot import make_snapshot
from evidence.errors import EditionError, told_by
from evidence.writing import discard, swap, sweep


@dataclass(frozen=True, slots=True)
class Edition:
    """A finished edition.

    Attributes:
        directory: Where it is.
        report: Its change report.
        fresh: Whether it was made now, and not found whole from before.
    """

    directory: Path
    report: dict[str, Any]
    fresh: bool


@dataclass(frozen=True, slots=True)
class RerunOrder:
    """What to run.

    Attributes:
        data: Full data library or overlay of new rows; None for the repository's own.
        as_of: Day to see the data on, ISO, or empty.
        only: One chapter, or empty for all.
        jobs: Chapters at once.
        site: Whether to build the site of the edition too.
        out: Folder the editions go to.
        fresh: Whether to run the chapters even where an edition of the same content is there.
    """

    data: Path | None
    as_of: str
    only: str
    jobs: int
    site: bool
    out: Path
    fresh: bool = False


def rerun(
    order: RerunOrder, done: Callable[[str], None], started: Callable[[int], None] = lambda _total: None, root: Path | None = None
) -> Edition:
    """Execute the chapters on other data and write an edition: notebooks, ledger, change report, and the site when asked for.

    The edition is named by its content, written beside and moved into place at the end; `latest` then points to it. A run killed at any point
    leaves earlier editions as they were, and never touches the committed chapters.

    Args:
        order: What to run.
        done: Called with each chapter's name as it ends.
        started: Called with the number of chapters before the first runs.
        root: The book; the one it stands in when None.

    Raises:
        DataError: If the data are malformed.
        EditionError: If a chapter fails, there is none of that name, or nothing at all was published by the day asked for.
    """
    root = root or paths.find_book()
    chapters = paths.chapters_dir(root)
    chosen = notebooks(chapters, order.only)
    prepare()
    own = load(root / "data")  # the prose is written on all there is, whatever day the edition is of
    order.out.mkdir(parents=True, exist_ok=True)
    for prefix in (".partial-", ".latest-"):
        sweep(order.out, prefix)
    partial = Path(tempfile.mkdtemp(prefix=f".partial-{os.getpid()}-", dir=order.out)).absolute()  # chapters run in their own folder
    partial.chmod(0o755)
    try:
        make_snapshot(order.data or root / "data", partial / "data", root / "data")
        library = _seen(partial / "data", order.as_of)
        name = _name(partial / "data", chapters, root, order)
        if (order.out / name).exists() and not order.fresh:
            _point(order.out, name)
            return Edition(order.out / name, _read_report(order.out / name), fresh=False)
        started(len(chosen))
        _execute(chosen, partial, order, done)
        report = compare(own, library, chapters)
        ledger.write(ledger.build(library, chapters), partial / "ledger.json")
        _write_report(partial, report)
        if order.site:
            build_site(root, partial / "site", notebooks=partial / "chapters", data=partial / "data", as_of=order.as_of)
        swap(partial, order.out / name)
        _point(order.out, name)
        return Edition(order.out / name, report, fresh=True)
    finally:
        discard(partial)


def _seen(data: Path, as_of: str) -> Library:
    """Return the library of an edition, seen on its day."""
    library = load(data, as_of)
    if not library.figures:
        first = min(row["as_of"] for row in library.all_rows("figures"))
        raise EditionError(f"nothing was published by {as_of}: the first figure is of {first}. Name that day or a later one with --as-of.")
    return library


def _execute(chosen: list[Path], partial: Path, order: RerunOrder, done: Callable[[str], None]) -> None:
    (partial / "chapters").mkdir()
    parameters = {"data_dir": str(partial / "data"), "as_of": order.as_of}
    executed = execute_all([Run(path, parameters) for path in chosen], order.jobs, done)
    if executed.failures:
        raise EditionError([*told_by(executed.failures), "No edition was written."])
    for name, text in executed.texts.items():
        (partial / "chapters" / name).write_text(text, encoding="utf-8")


def _name(data: Path, chapters: Path, root: Path, order: RerunOrder) -> str:
    content = ledger.digest(data, chapters, paths.PACKAGE)[:12]
    parts = [order.as_of or "all", *([order.only] if order.only else []), *(["site"] if order.site else []), content]
    return "-".join(parts)


def _write_report(folder: Path, report: dict[str, Any]) -> None:
    (folder / "changes.json").write_text(json.dumps(report, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    (folder / "changes.md").write_text(markdown(report), encoding="utf-8")


def _read_report(folder: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((folder / "changes.json").read_text(encoding="utf-8"))
    return report


def _point(out: Path, name: str) -> None:
    if (out / "latest").exists() and not (out / "latest").is_symlink():
        return  # somebody else's
    link = out / f".latest-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(name)
    os.replace(link, out / "latest")
