"""What a command makes for others to read: files and folders of ours, replaced as a whole, in which nothing is deleted that we did not make."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager
from pathlib import Path

from evidence.errors import WriteError
from evidence.problems import Place, Problem
from evidence.writing.exchange import exchange, fingerprint
from evidence.writing.interrupts import uninterrupted
from evidence.writing.lock import locked
from evidence.writing.temporary import discard, sweep

MARK = ".evidence-output"
"""Name of the file by which a folder is known as ours: it names what we put there, a line each."""

Ours = Callable[[Path], Set[str] | None]
"""Tells which files of a folder we made, by name below it; None when the folder is not ours."""

_TAKEN = {errno.ENOTEMPTY, errno.EEXIST}


def listed(folder: Path) -> Set[str] | None:
    """Return the names of the files that the mark of a folder says are ours; None where it has none."""
    found = _listed(folder)
    return None if found is None else {MARK, *found}


def unedited(folder: Path) -> Set[str] | None:
    """Return the same, but for files that hold something else by now."""
    found = _listed(folder)
    return None if found is None else {MARK, *(name for name, held in found.items() if fingerprint(folder / name) == held)}


def _listed(folder: Path) -> dict[str, str] | None:
    try:
        lines = (folder / MARK).read_text(encoding="utf-8", errors="replace").splitlines()[1:]
    except (FileNotFoundError, IsADirectoryError):
        return None
    return {name: held for held, _, name in (line.partition("  ") for line in lines)}


def names(folder: Path) -> set[str]:
    """Return the names of all files, links and empty folders in a folder, from it on."""
    found = set()
    for place, folders, files in os.walk(folder):
        here = Path(place)
        inner = [name for name in folders if (here / name).is_symlink() or not any((here / name).iterdir())]
        found |= {(here / name).relative_to(folder).as_posix() for name in (*files, *inner)}
    return found


def claimed(target: Path, ours: Ours = listed) -> Path:
    """Return the full path of a folder that may be replaced: one that is new, empty or ours, or holds only `CNAME` and hidden files.

    Raises:
        WriteError: If it holds what we did not make, is a file, or is the folder the command is typed in or one above that.
    """
    place = target.resolve()
    if place.exists() and not place.is_dir():
        raise _refused(target, "is a file.", "Name a folder.")
    if place == Path.cwd() or place in Path.cwd().parents:
        raise _refused(target, "is the folder you are in, or one above it.", "Name another, or go elsewhere.")
    if place.is_dir() and ours(place) is None:
        foreign = sorted(path.name for path in place.iterdir() if not path.name.startswith(".") and path.name != "CNAME")
        if foreign:
            raise _refused(target, f"holds {foreign[0]}, which no such command has put there.", "Name another folder, or empty this one.")
    return place


def _refused(target: Path, message: str, remedy: str) -> WriteError:
    return WriteError(Problem(Place(str(target)), message, f"{remedy} Nothing was changed."))


@contextmanager
def replacing(target: Path, ours: Ours = listed) -> Iterator[Path]:
    """Yield an empty folder to be filled, which takes the place of another when the block ends well.

    Whatever stands there that is not ours is carried over, and links that lead there stay. One process at a time replaces a folder that is there.

    Args:
        target: The folder; made, with those above it, where there is none.
        ours: How it is known what in it is ours.

    Raises:
        WriteError: If it is none of ours, what is to be written would take the place of something that is not, or another process writes it.
    """
    place = claimed(target, ours)
    with _alone(place), _made(place.parent):
        _recover(place)
        beside = place.with_name(f".{place.name}-{os.getpid()}")
        try:
            beside.mkdir()
            yield beside
            with uninterrupted():
                _put_in_place(beside, place, (ours(place) if place.is_dir() else None) or set())
        finally:
            discard(beside)


def open_to_read(folder: Path) -> None:
    """Let everybody read a folder that is to be served, whatever the umask of whoever has made it: a server is often somebody else."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() else 0o644)


def mark(folder: Path, made_by: str, *, contents: bool = True) -> None:
    """Mark a finished folder as ours, with the names of its files, so that it may be replaced.

    Args:
        folder: The folder.
        made_by: What made it, for people who wonder.
        contents: Whether what the files hold is marked too, for `unedited`.
    """
    made = [f"{fingerprint(folder / name) if contents else '-'}  {name}" for name in sorted(names(folder) - {MARK})]
    told = f"Made by {made_by}, which replaces these files when it writes here again, and no others."
    (folder / MARK).write_text("\n".join([told, *made, ""]), encoding="utf-8")


def swap(beside: Path, place: Path) -> None:
    """Put a finished folder in the place of another, which is there whole until then; what only the other holds is carried over."""
    with uninterrupted():
        _put_in_place(beside, place, names(beside))
    discard(beside)


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Hold a folder, once it is certain that the one that was held is the one that stands there."""
    while place.is_dir():
        before = place.stat().st_ino
        with locked(place) as free:
            if not free:
                raise _refused(place, "is being written by another command.", "Run this one again when that has ended.")
            if place.stat().st_ino == before:
                yield
                return
    yield


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Make a folder and those above it, and remove them again where nothing comes of it."""
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            for path in made:
                path.rmdir()
        raise


def _recover(place: Path) -> None:
    """Clear up what killed processes left beside a folder, and give it back its place where an exchange by renaming was cut short."""
    for aside in place.parent.glob(f".{place.name}-*.aside"):
        if not place.exists():
            os.rename(aside, place)
        shutil.rmtree(aside, ignore_errors=True)
    sweep(place.parent, f".{place.name}-", ours=True)


def _carry_over(place: Path, beside: Path, ours: Set[str]) -> dict[str, str]:
    """Copy what is not ours into the folder that is to take the place of this one, and return what was copied, as it was."""
    carried = {}
    for name in sorted(names(place) - ours) if place.is_dir() else []:
        source, copied = place / name, beside / name
        folder = source.is_dir() and not source.is_symlink()
        if folder and copied.is_dir():
            continue
        if os.path.lexists(copied):
            raise _refused(source, "was not put there by evidence, and would be replaced.", "Move it away.")
        if not (folder or source.is_symlink() or source.is_file()):
            raise _refused(source, "is no file, folder or link, and cannot be carried over.", "Move it away.")
        copied.parent.mkdir(parents=True, exist_ok=True)
        if folder:
            copied.mkdir()
        else:
            shutil.copy2(source, copied, follow_symlinks=False)
        carried[name] = _state(copied)
    return carried


def _state(path: Path) -> str:
    return str(path.readlink()) if path.is_symlink() else fingerprint(path)


def _put_in_place(beside: Path, place: Path, ours: Set[str]) -> None:
    """Give a finished folder its place, with what is not ours of the one that stands there, as it is at the end."""
    made = names(beside)
    carried = _carry_over(place, beside, ours)
    if place.is_dir():
        exchange(beside, place)
        for name in sorted(names(beside) - ours - made):
            empty = (beside / name).is_dir() and (place / name).is_dir()
            if not empty and carried.get(name) != _state(beside / name):  # it came, or was saved, after it could be copied
                (place / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(beside / name, place / name)
    else:
        try:
            os.rename(beside, place)
        except OSError as error:
            if error.errno not in _TAKEN:
                raise
            raise _refused(place, "was made by another program meanwhile.", "Run the command again.") from None
    sweep(place.parent, f".{place.name}-")


def replace_file(target: Path, content: str | bytes, ours: Callable[[bytes], bool] = lambda _content: True) -> None:
    """Write a file of ours, so that an end at any moment leaves the old or the new one whole; what killed runs left beside it is cleared up.

    Args:
        target: The file; a folder for it is made where there is none. A link to it stays.
        content: What it will hold.
        ours: Tells whether what stands there by now is ours, and may be replaced.

    Raises:
        WriteError: If it is not.
    """
    place = target.resolve()
    claimed_file(place, ours)
    if not place.parent.is_dir():
        place.parent.mkdir(parents=True, exist_ok=True)
    sweep(place.parent, f".{place.name}.", ours=True)
    beside = place.with_name(f".{place.name}.{os.getpid()}")
    with uninterrupted():
        try:
            beside.write_bytes(content.encode() if isinstance(content, str) else content)
            os.replace(beside, place)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise


def claimed_file(target: Path, ours: Callable[[bytes], bool]) -> None:
    """Do nothing if a file may be written: one that is new, empty or ours.

    Raises:
        WriteError: If it holds what we did not make, or is a folder.
    """
    if target.is_dir():
        raise _refused(target, "is a folder.", "Name a file.")
    if target.is_file() and target.stat().st_size and not ours(target.read_bytes()):
        raise _refused(target, "stands there already, and no such command has written it.", "Name another file, or move this one.")
