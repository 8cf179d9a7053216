"""Build the site from stored outputs: nothing is executed, warnings are fatal, no earlier build is trusted."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Set
from pathlib import Path
from tempfile import TemporaryFile

from evidence import paths
from evidence.editions.pdf import find_browser, make_pdf, pdf_name
from evidence.errors import EditionError
from evidence.programs import LASTING
from evidence.writing import claimed, listed, mark, names, open_to_read, replacing, temporary

_TOP = ("_config.yml", "_toc.yml")

_BUILD = """
import gc, os, threading, time

def end_with(parent):
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)

threading.Thread(target=end_with, args=({parent},), daemon=True).start()
gc.set_threshold({lasting})
from jupyter_book.cli.main import main
main()
"""
"""Builds a book, and ends when the process that wants it has been killed."""


def build_site(
    root: Path,
    target: Path,
    notebooks: Path | None = None,
    data: Path | None = None,
    as_of: str = "",
    pdf: bool = False,
    unprinted: bool = False,
    check: Callable[[Path], None] = lambda _site: None,
    meanwhile: Callable[[], None] = lambda: None,
) -> Path:
    """Build the site and return its folder.

    Args:
        root: The repository.
        target: Folder the site goes to; replaced as a whole once the build has succeeded, but for what was not built there.
        notebooks: Executed notebooks to use instead of the committed ones.
        data: Data library of these notebooks; the repository's own when None.
        as_of: Day the notebooks saw it on, ISO; empty for all there is.
        pdf: Whether the site holds the book as a PDF too; while it is built, `EVIDENCE_PDF` holds the name of that file, or nothing.
        unprinted: Whether the pages lead to such a PDF, but it is left out.
        check: Looks at the folder of the built site before it goes anywhere, and raises what keeps it from going.
        meanwhile: Called while the pages are made; what it raises keeps them from going anywhere too, and ends the making.

    Raises:
        EditionError: If the build fails or warns, or there is no browser to print the PDF with; the site that was there is left as it was.
        WriteError: If the folder holds something else, or another command builds there; the same holds.
    """
    if pdf:
        find_browser()
    claim_site(root, target)
    with temporary("site") as folder:
        book = folder / "book"
        try:
            _copy(root, book, notebooks)
        except (shutil.Error, FileNotFoundError):
            meanwhile()  # which says better what is wrong with a file that is not there or cannot be copied
            raise
        built = _jupyter_book(root, book, data or root / "data", as_of, pdf_name() if pdf or unprinted else "", meanwhile)
        check(built)
        if pdf:
            make_pdf(root, built, built / pdf_name())
        with replacing(target, _ours(root)) as beside:
            shutil.copytree(built, beside, dirs_exist_ok=True)
            mark(beside, "evidence build", contents=False)
            open_to_read(beside)
    return target


def claim_site(root: Path, target: Path) -> None:
    """Do nothing if a site may be built into a folder: a new or empty one, or one that was built by us.

    Raises:
        WriteError: If it holds something else, or is the folder the command is typed in.
    """
    claimed(target, _ours(root))


def _ours(root: Path) -> Callable[[Path], Set[str] | None]:
    """Return how to know what in a site is ours; the book's own without a mark is of an earlier version, and ours as a whole."""
    own = paths.site_dir(root).resolve()
    return lambda folder: found if (found := listed(folder)) is not None or folder != own else names(folder)


def _copy(root: Path, book: Path, notebooks: Path | None) -> None:
    book.mkdir()
    for name in _TOP:
        source = root / name
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, book / name)
    shutil.copytree(root / "chapters", book / "chapters", symlinks=True, ignore=shutil.ignore_patterns(".*"))
    for path in sorted(notebooks.glob("*.ipynb")) if notebooks else []:
        shutil.copy2(path, book / "chapters" / path.name)


def _jupyter_book(root: Path, book: Path, data: Path, as_of: str, pdf: str, meanwhile: Callable[[], None]) -> Path:
    command = [
        sys.executable,
        "-c",
        _BUILD.format(parent=os.getpid(), lasting=LASTING),
        "build",
        str(book),
        "-W",
        "-n",
        "--keep-going",
        "--all",
    ]
    environment = {
        **os.environ,
        paths.VARIABLE: str(root.resolve()),
        "EVIDENCE_DATA": str(data.resolve()),
        "EVIDENCE_AS_OF": as_of,
        "EVIDENCE_PDF": pdf,
        "TMPDIR": str(book.parent),  # so that nothing is left elsewhere when it is killed
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH", "1767225600"),
    }
    code, said = _run_beside(command, environment, meanwhile)
    built = book / "_build" / "html"
    if code or not (built / "index.html").exists():
        log = "\n".join(line for line in said.splitlines() if line.strip())
        raise EditionError(f"the site did not build:\n{log.replace(str(book) + os.sep, '')[-6000:]}")
    return built


def _run_beside(command: list[str], environment: dict[str, str], meanwhile: Callable[[], None]) -> tuple[int, str]:
    """Return how a program ended and all it said, warnings last; it ends at once when what is done meanwhile fails."""
    with TemporaryFile("w+") as said, TemporaryFile("w+") as warned:
        with subprocess.Popen(command, stdout=said, stderr=warned, env=environment) as process:
            try:
                meanwhile()
                process.wait()
            except BaseException:
                process.kill()
                raise
        for stream in (said, warned):
            stream.seek(0)
        return process.returncode, said.read() + warned.read()
