"""Where things are: which folder is the book, the one place that knows the layout of a book, and the text of its files."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path

from evidence.errors import DataError, NoBookError
from evidence.problems import Place, Problem

PACKAGE = Path(__file__).resolve().parent
"""The code of this library, and the files it brings along."""

ROOT = PACKAGE.parents[1]
"""The repository this library is installed from. Its own tests read it; the library asks `find_book`, for it may stand in another."""

VARIABLE = "EVIDENCE_BOOK"
"""Environment variable that names the book, for this process and those it starts."""

_MARKS = (Path("_config.yml"), Path("data", "sources.csv"))


def find_book(start: Path | None = None) -> Path:
    """Return the folder of the book: the one EVIDENCE_BOOK names, else the nearest one upward that holds `_config.yml` and `data/sources.csv`.

    Args:
        start: Folder to look upward from; the working directory when None.

    Raises:
        NoBookError: If there is none, or the one named is none.
    """
    if named := os.environ.get(VARIABLE):
        return named_book(Path(named))
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if _is_book(folder):
            return folder
    raise NoBookError(f"{here}: no book here or in a folder above; go into the folder of one, or name it with evidence --book DIR COMMAND.")


def named_book(folder: Path) -> Path:
    """Return the full path of a folder that was named as the book.

    Raises:
        NoBookError: If it holds none.
    """
    if not _is_book(folder):
        raise NoBookError(f"{folder}: no book. Name a folder that holds {' and '.join(map(str, _MARKS))}.")
    return folder.resolve()


def settle(*starts: Path) -> None:
    """Let this process and those it starts work on one book: that of its working directory, else of the first folder that lies in one.

    Raises:
        NoBookError: If no folder lies in a book.
    """
    for start in (Path.cwd(), *starts):
        with contextlib.suppress(NoBookError):
            found = find_book(start)
            if start != Path.cwd():
                os.environ[VARIABLE] = str(found)
            return
    find_book()


def _is_book(folder: Path) -> bool:
    return all((folder / mark).is_file() for mark in _MARKS)


def plain_file(path: Path) -> Path:
    """Return a path that leads to a plain file: what is read from a device or a pipe may have no end.

    Raises:
        OSError: If there is none, or it is something else.
    """
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "no plain file", str(path))
    return path


def data_dir(given: str | Path = "") -> Path:
    """Return the data library to read: `given`, or the book's own when that is empty."""
    return Path(given).resolve() if str(given) else find_book() / "data"


def chapters_dir(root: Path | None = None) -> Path:
    """Return the folder of the committed chapters."""
    return (root or find_book()) / "chapters"


def page_or_front(name: str, root: Path | None = None) -> str:
    """Return the address of a page of the book beside the other pages, or of the front page where the book has none of this name."""
    there = any((chapters_dir(root) / f"{name}{ending}").is_file() for ending in (".ipynb", ".md"))
    return f"{name if there else 'index'}.html"


def citation_file(root: Path | None = None) -> Path:
    """Return the file that says how the book is cited."""
    return (root or find_book()) / "CITATION.cff"


def site_dir(root: Path | None = None) -> Path:
    """Return the folder `make book` builds the site into."""
    return (root or find_book()) / "_build" / "html"


def editions_dir(root: Path | None = None) -> Path:
    """Return the folder re-runs write their editions to."""
    return (root or find_book()) / "_build" / "editions"


def grids_dir(root: Path | None = None) -> Path:
    """Return the folder runs of a grid write to."""
    return (root or find_book()) / "_build" / "grids"


def refresh_dir(root: Path | None = None) -> Path:
    """Return the folder fetched files are kept in."""
    return (root or find_book()) / "_build" / "refresh"


def proposals_dir(source: str, root: Path | None = None) -> Path:
    """Return the folder in which what a source's document proposes waits for its author."""
    return (root or find_book()) / "_build" / "proposals" / source


def read_text(file: Path) -> str:
    """Return the text of a file of the book.

    Raises:
        DataError: If it is not UTF-8.
    """
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DataError(Problem(Place(file.name), f"byte {error.start} is not UTF-8.", "Save the file in UTF-8.")) from None
