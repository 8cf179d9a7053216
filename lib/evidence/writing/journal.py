"""The steps of a transaction on disk: each file is written beside its place and exchanged with it; any end in between is undone.

What is to happen is written down before anything does. Until the mark is renamed at the end every step can be undone, by the process itself after
an error or by the next command after a kill; after it, only what lies beside is cleared up. A file that somebody else has written meanwhile is
theirs: it stays, and where it was written twice the other version is kept in `_build/kept`.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import stat
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from evidence.errors import WriteError
from evidence.parsing import parse_json
from evidence.problems import Place, Problem
from evidence.writing.exchange import exchange, fingerprint, put, settle

READY, DONE = "READY", "DONE"
BESIDE = ".evidence-"
"""How the name begins of a file that waits beside its place."""
KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Step:
    """A file that becomes another, begins or ends.

    Attributes:
        place: The file, links followed.
        beside: Where its new content waits, and its old content goes.
        old: Fingerprint of what it holds; empty for nothing.
        new: Fingerprint of what it will hold; empty for nothing.
    """

    place: Path
    beside: Path
    old: str
    new: str


def commit(folder: Path, steps: list[Step], contents: Mapping[Path, bytes], check: Callable[[], None]) -> None:
    """Take all steps, or none.

    Args:
        folder: Where they are written down, in the build folder of the book.
        steps: In the order in which they are taken.
        contents: What each file that does not end will hold, by its place.
        check: Raises when somebody else has written what the steps rest on; asked right before the first.

    Raises:
        WriteError: If somebody else writes one of the files at that very moment.
    """
    book, folders = folder.parent.parent, _missing_folders(steps)
    _note(folder, steps, folders)
    try:
        for made in folders:
            made.mkdir(exist_ok=True)
        for step in steps:
            if step.new:
                _write_beside(step, contents[step.place])
        check()
        for step in steps:
            if not _taken(step):
                raise changed([step.place], book)
        if late := [step.place for step in steps if step.old and fingerprint(step.beside) != step.old]:
            raise changed(late, book)
        os.rename(folder / READY, folder / DONE)
    except BaseException:
        undo(folder, (steps, folders))
        raise
    with contextlib.suppress(OSError):  # what cannot be cleared up now is by the next command
        clear(folder, steps)


def changed(places: list[Path], book: Path) -> WriteError:
    """Return the error that somebody else has written some files of a book meanwhile."""
    named = [str(path.relative_to(book)) if path.is_relative_to(book) else str(path) for path in places]
    also = f", and so were {', '.join(named[1:4])}{' and others' * (len(named) > 4)}" if len(named) > 1 else ""
    message = f"saved by another program while this command ran{also}."
    return WriteError(Problem(Place(named[0]), message, "Nothing was changed; run the command again."))


def _missing_folders(steps: list[Step]) -> list[Path]:
    """Return the folders that are to be made, each after the one it lies in."""
    wanted = {parent for step in steps if step.new for parent in step.place.parents if not parent.exists()}
    return sorted(wanted)


def _note(folder: Path, steps: list[Step], folders: list[Path]) -> None:
    noted = {"steps": [{name: str(value) for name, value in asdict(step).items()} for step in steps], "folders": list(map(str, folders))}
    mark = folder / f"{READY}.part"
    mark.write_text(json.dumps(noted), encoding="utf-8")
    os.rename(mark, folder / READY)


def _noted(mark: Path) -> tuple[list[Step], list[Path]]:
    """Return the steps that were written down, and the folders that were to be made.

    Raises:
        WriteError: If the mark is damaged, or names what no command would write in this book.
    """
    try:
        noted = parse_json(mark.read_text(encoding="utf-8"))
        steps = [Step(Path(step["place"]), Path(step["beside"]), str(step["old"]), str(step["new"])) for step in noted["steps"]]
        folders = [Path(made) for made in noted["folders"]]
        _check_own(mark.parents[2], steps, folders)
    except (ValueError, KeyError, TypeError) as error:
        remedy = "See whether the files of the book are as you want them (git diff), then delete it."
        raise WriteError(Problem(Place(str(mark)), f"what a killed command left to be undone is damaged ({error}).", remedy)) from None
    return steps, folders


def _check_own(book: Path, steps: list[Step], folders: list[Path]) -> None:
    """Refuse a mark that would have us change anything outside of a book and of where links in it lead."""
    touched = [*(step.place for step in steps), *folders]
    if any(step.beside.parent != step.place.parent or not step.beside.name.startswith(BESIDE) for step in steps):
        raise ValueError("it names a file that no command writes")
    if any(".." in path.parts for path in touched):
        raise ValueError("it names a file by way of another folder")
    if not all(path.is_relative_to(book) for path in touched):
        linked = [
            Path(place, name).resolve()
            for place, *inner in os.walk(book)
            for name in itertools.chain(*inner)
            if Path(place, name).is_symlink()
        ]
        if not all(any(path.is_relative_to(there) for there in (book, *linked)) for path in touched):
            raise ValueError("it names a file outside of the book")


def _write_beside(step: Step, content: bytes) -> None:
    """Write a file's new content down to the disk, under the permissions of the old."""
    handle = os.open(step.beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    try:
        if step.old:
            os.fchmod(handle, stat.S_IMODE(step.place.stat().st_mode))
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
    finally:
        os.close(handle)


def _taken(step: Step) -> bool:
    """Take a step, and return whether what came out of the place is what was expected there."""
    try:
        if not step.new:
            os.rename(step.place, step.beside)
        elif step.old:
            exchange(step.beside, step.place)
        else:
            put(step.beside, step.place)
    except (FileExistsError, FileNotFoundError):
        return False
    return not step.old or fingerprint(step.beside) == step.old


def undo(folder: Path, begun: tuple[list[Step], list[Path]] | None = None) -> list[Problem]:
    """Undo what was begun, and return what of it somebody else has written since and is therefore left as it is.

    A step that cannot be undone keeps no other from it; then the mark stays, and the next command tries again.

    Args:
        folder: Where it is written down.
        begun: The steps and the folders that were to be made, from the command that has begun them, which may change files outside of the book;
            what another command has left is believed of the book alone.
    """
    steps, folders = begun or _noted(folder / READY)
    told, failed = [], None
    for step in reversed(steps):
        try:
            told += _undone(step, folder)
        except OSError as error:
            failed = failed or error
    if failed:
        raise failed
    for made in reversed(folders):
        with contextlib.suppress(OSError):  # not made, or in use by now
            made.rmdir()
    (folder / READY).unlink()
    return told


def _undone(step: Step, folder: Path) -> list[Problem]:
    settle(step.beside, step.place)
    there, beside, told = fingerprint(step.place), fingerprint(step.beside), []
    if there == step.old:  # not begun, perhaps half written beside
        pass
    elif beside in ("", step.new):  # nothing of the author's lies beside: undone already, or a file that began
        if step.new and not step.old and there == step.new and (not beside or _same(step)):
            step.place.unlink()
    elif there == step.new:
        exchange(step.beside, step.place) if there else put(step.beside, step.place)
    else:
        told = [_overtaken(step, folder)]
    step.beside.unlink(missing_ok=True)
    return told


def clear(folder: Path, taken: list[Step] | None = None) -> list[Problem]:
    """Clear up after all steps were taken, and return what somebody else wrote into an old file at the last moment.

    Args:
        folder: Where they are written down.
        taken: The steps, from the command that has taken them; as for `undo`.
    """
    told = []
    for step in _noted(folder / DONE)[0] if taken is None else taken:
        if fingerprint(step.beside) not in ("", step.old, step.new) and not _same(step):
            told.append(_overtaken(step, folder))
        step.beside.unlink(missing_ok=True)
    (folder / DONE).unlink()
    return told


def _same(step: Step) -> bool:
    return step.place.exists() and step.beside.exists() and step.place.samefile(step.beside)


def _overtaken(step: Step, folder: Path) -> Problem:
    """Tell that somebody else has written a file since, and keep what lies beside where it is another edit and not what the command has seen."""
    message, remedy = (
        "saved by another program while a command that was cut short changed it; that version stays.",
        "Look whether it is right.",
    )
    if fingerprint(step.beside) != step.old and not _same(step):
        remedy = f"Another version is kept in {_kept(step, folder.parent / KEPT)}."
    return Problem(Place(str(step.place)), message, remedy)


def _kept(step: Step, kept: Path) -> Path:
    kept.mkdir(exist_ok=True)
    names = (kept / f"{step.place.name}{f'.{number}' if number else ''}" for number in range(10_000))
    free = next(path for path in names if not path.exists())
    os.rename(step.beside, free)
    return free
