"""`Transaction`: the one way in which the files of a book are written."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Set
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from types import TracebackType

from evidence.errors import WriteError
from evidence.problems import Problem
from evidence.writing.exchange import fingerprint, hash_of
from evidence.writing.interrupts import uninterrupted
from evidence.writing.journal import BESIDE, DONE, READY, Step, changed, clear, commit, undo
from evidence.writing.lock import WAIT, locked

_FOLDER = ".replacing-book"
_HOLDER = "holder"


class Seen:
    """Files as they were when a command read them.

    Args:
        book: The book's folder.
    """

    def __init__(self, book: Path) -> None:
        self.book = book.resolve()
        self.held: dict[Path, str] = {}
        """Fingerprint of each file, by its full path; empty for a file that was not there."""

    def see(self, *paths: Path) -> None:
        """Remember what files hold, and all files in folders, hidden ones left out; a file that is not there may not begin either."""
        for path in paths:
            for file in _files(path) if path.is_dir() else [path]:
                self.held.setdefault(place := file.resolve(), fingerprint(place))

    def check(self, but: Set[Path] = frozenset()) -> None:
        """Do nothing if all of them are as they were, but for some that may have changed.

        Raises:
            WriteError: If somebody else has written one meanwhile.
        """
        if found := [place for place, seen in self.held.items() if place not in but and fingerprint(place) != seen]:
            raise changed(found, self.book)


class Transaction(AbstractContextManager["Transaction"]):
    """A change of a book's files that happens at the end of its block as a whole, or not at all.

    One process changes a book at a time, and holds it from the beginning to the end of the block; ask no person anything in between. See what the
    change rests on first, then read it in any way.

    Args:
        book: The book's folder.
        wait: Seconds to wait for another writer.

    Raises:
        WriteError: When the block begins, if another writer holds the book for longer than that; when it ends, if somebody else has written
            what was seen, or what stands where a new file was to be. Nothing is changed then.

    Example:
        >>> import tempfile
        >>> book = Path(tempfile.mkdtemp())
        >>> with Transaction(book) as work:
        ...     work.write(book / "_toc.yml", "root: index")
        >>> with Transaction(book) as work:
        ...     work.write(book / "_toc.yml", work.read(book / "_toc.yml") + ".md")
        >>> (book / "_toc.yml").read_text(encoding="utf-8")
        'root: index.md'
    """

    def __init__(self, book: Path, wait: float = WAIT) -> None:
        self._seen, self._wait = Seen(book), wait
        self._book, self._held = self._seen.book, self._seen.held
        self._contents: dict[Path, bytes] = {}
        self._removed: list[Path] = []
        self._loose: set[Path] = set()

    def __enter__(self) -> Transaction:
        with ExitStack() as begun:
            self._folder = begun.enter_context(_held(self._book, self._wait))
            self._end = begun.pop_all()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._end:
            if kind is None:
                self._commit()

    @property
    def folder(self) -> Path:
        """A folder for what is made on the way, such as a copy of the book to try the change on; it is gone after the block."""
        return self._folder

    def see(self, *paths: Path, loosely: bool = False) -> None:
        """Remember what files hold, and all files in folders: from here to the end nobody else may write them.

        Hidden files are left out. A file that is not there may not begin either.

        Args:
            paths: The files and folders.
            loosely: Whether others may write those that this transaction does not, because the change is right whatever they hold.
        """
        before = set(self._held)
        self._seen.see(*paths)
        self._loose |= set(self._held) - before if loosely else set()

    def copy(self, *names: str, loosely: bool = False) -> Path:
        """Copy files and folders of the book, hidden files left out, as they are seen, and return where to: what is changed there, `take` writes.

        Args:
            names: What to copy, such as `data`.
            loosely: As for `see`.
        """
        for name in names:
            there = self._book / name
            for file in _files(there) if there.is_dir() else [there]:
                copied = self._folder / file.relative_to(self._book)
                copied.parent.mkdir(parents=True, exist_ok=True)
                copied.write_bytes(content := file.read_bytes())
                self._held.setdefault(place := file.resolve(), hash_of(content))
                self._loose |= {place} if loosely else set()
        return self._folder

    def read(self, path: Path) -> str:
        """Return what a file holds, in UTF-8 and with its line ends as they are, after it was seen."""
        self.see(path)
        return path.read_bytes().decode("utf-8")

    def write(self, path: Path, content: str | bytes) -> None:
        """Let a file hold something else, or begin; its folder is made where there is none. One that was not seen must not be there."""
        place = path.resolve()
        self._contents[place] = content.encode() if isinstance(content, str) else content

    def remove(self, path: Path) -> None:
        """Let a file end."""
        self.see(path)
        self._removed.append(path.resolve())

    def take(self, folder: Path, *names: str) -> list[str]:
        """Write what a changed copy of the book holds differently from what was seen, end what it lacks, and return the names of these files.

        Args:
            folder: The copy, hidden files left out.
            names: Files and folders of the book it was made of, such as `data`, in the order in which they are to change.
        """
        taken = []
        for name in names:
            there = self._book / name
            copied = [path.relative_to(folder) for path in _files(folder / name)] if (folder / name).is_dir() else [Path(name)]
            written = [part for part in copied if self._differs(part, (folder / part).read_bytes())]
            for part in written:
                self.write(self._book / part, (folder / part).read_bytes())
            kept = {(self._book / part).resolve() for part in copied}
            ended = [path for path, held in self._held.items() if held and path.is_relative_to(there.resolve()) and path not in kept]
            self._removed += ended
            taken += [*map(Path.as_posix, written), *(self._named(path) for path in ended)]
        return taken

    def _differs(self, part: Path, content: bytes) -> bool:
        return self._held.get((self._book / part).resolve(), "") != hash_of(content)

    def _named(self, place: Path) -> str:
        return place.relative_to(self._book).as_posix() if place.is_relative_to(self._book) else str(place)

    def _commit(self) -> None:
        if steps := list(self._steps()):
            free = self._loose - {step.place for step in steps}
            with uninterrupted():
                commit(self._folder, steps, self._contents, lambda: self._seen.check(free))

    def _steps(self) -> Iterator[Step]:
        ends = dict.fromkeys(self._removed, "")
        wanted = {place: hash_of(content) for place, content in self._contents.items()} | ends
        for number, (place, new) in enumerate(wanted.items()):
            if (old := self._held.setdefault(place, "")) != new:
                yield Step(place, place.with_name(f"{BESIDE}{os.getpid()}-{number}"), old, new)


def _files(folder: Path) -> list[Path]:
    """Return the files of a folder and of those below it, hidden ones left out."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return [path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)]


@contextmanager
def _held(book: Path, wait: float) -> Iterator[Path]:
    """Hold a book, undo what a killed writer had begun, and yield the folder of this one."""
    build = book / "_build"
    build.mkdir(exist_ok=True)
    folder = build / _FOLDER
    with locked(build, wait) as free:
        if not free:
            raise WriteError(
                f"{_holder(folder)} is writing into this book. Nothing was changed; run the command again when that has ended."
            )
        _make_good(folder)
        folder.mkdir(exist_ok=True)
        try:
            (folder / _HOLDER).write_text(_this_command(), encoding="utf-8")
            yield folder
        finally:
            with uninterrupted():
                _sweep(folder)


def _this_command() -> str:
    words = [word for word in sys.argv[1:3] if not word.startswith(("-", "/"))]
    return f"{' '.join(['evidence', *words])} (process {os.getpid()})"


def _holder(folder: Path) -> str:
    try:
        return (folder / _HOLDER).read_text(encoding="utf-8") or "another command"
    except OSError:
        return "another command"


def finish(book: Path) -> list[Problem]:
    """Undo what a killed writer had begun in a book, unless one writes there now, and return what somebody else has written since."""
    folder = book.resolve() / "_build" / _FOLDER
    if not folder.exists():
        return []
    with locked(folder.parent, 0) as free:
        return _make_good(folder) if free else []


def _make_good(folder: Path) -> list[Problem]:
    with uninterrupted():
        told = undo(folder) if (folder / READY).exists() else []
        told += clear(folder) if (folder / DONE).exists() else []
        _sweep(folder)
    return told


def _sweep(folder: Path) -> None:
    """Remove the folder of a transaction, but for one that could not be undone or cleared up yet."""
    if not (folder / READY).exists() and not (folder / DONE).exists():
        shutil.rmtree(folder, ignore_errors=True)
