"""The guard of a chapter that runs: what is read past the data library would not be noticed when it changes, so it is refused."""

from __future__ import annotations

import os
import site
import sys
import sysconfig
import zoneinfo
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from evidence.errors import ReadingError

_STARTS = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn")
"""Audit events of another program being started: it could read what it likes."""

_CALLS = (
    "socket.connect",
    "socket.bind",
    "socket.sendto",
    "socket.sendmsg",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.gethostbyaddr",
)
"""Audit events of a look elsewhere; what a kernel opens itself is opened outside Python."""

_COMPILED = ("ctypes.dlopen", "ctypes.dlsym")
"""Audit events of a call into compiled code by its name: it could open what it likes, and no event would tell."""

_THROUGH = ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "ctypes.dlsym")
"""Audit events that name what they go through first: a socket or a library."""

_DEVICES = ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom", "/dev/tty", "/dev/pts")
"""Devices; beside them, in /dev/shm, anybody may keep files."""
_SYSTEM = (*_DEVICES, "/proc", "/sys", "/etc", "/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/locale")
"""What of the operating system Python, Jupyter and the drawing of charts look into."""

_CHANGES = (
    "os.remove",
    "os.rename",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.mkdir",
    "os.rmdir",
    "os.chmod",
    "os.utime",
    "shutil.rmtree",
)
"""Audit events of a change to a file or folder, but for its content."""

_open_to: set[str] = set()
"""Folders and files that may be read; empty while there is no guard, which cannot be taken away once it stands."""

_kept: set[str] = set()
"""Folders in which nothing may be changed."""


def in_notebook() -> bool:
    """Return whether this process runs the cells of a notebook, as a Jupyter kernel or without one."""
    module = sys.modules.get("ipykernel.zmqshell")
    return bool(module and module.ZMQInteractiveShell.initialized())


def guard(allowed: Iterable[Path], kept: Iterable[Path] = ()) -> None:
    """Let this process read nothing from now on but some folders and files, and what Python and Jupyter need, and keep folders as they are.

    Args:
        allowed: Folders and files; added to those allowed before.
        kept: Folders in which nothing may be changed; added to those kept before.
    """
    first = not _open_to
    _kept.update(os.path.realpath(path) for path in kept)
    _open_to.update(os.path.realpath(path) for path in [*map(str, allowed), *_needed()])
    if first:
        _watch.__cantrace__ = True  # type: ignore[attr-defined]  # or coverage would see nothing of it
        sys.addaudithook(_watch)


def _needed() -> list[str]:
    """Return what Python, its packages and Jupyter read while a chapter runs."""
    places = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    places += [*site.getsitepackages(), site.getusersitepackages(), *zoneinfo.TZPATH, *_SYSTEM, str(Path(__file__).parents[1])]
    places += [sys.pycache_prefix] if sys.pycache_prefix else []  # where byte code is, if not beside its source
    compiler: Any = sys.modules.get("ipykernel.compiler")
    places += [compiler.get_tmp_directory()] if compiler else []  # where the source of a cell would be, for a traceback
    module: Any = sys.modules.get("ipykernel.kernelapp")
    if module and module.IPKernelApp.initialized():
        application = module.IPKernelApp.instance()
        places += [application.connection_dir, str(Path(application.abs_connection_file).parent), application.ipython_dir]
    coverage: Any = sys.modules.get("coverage")
    if measuring := coverage and coverage.Coverage.current():
        places += [str(Path(measuring.config.data_file).parent)]  # where make coverage has it told what of a chapter was run
    return places


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        path, mode, flags = arguments
        if isinstance(path, (str, bytes, os.PathLike)):
            if _reads(mode, flags):
                for there in _meant(path, any_folder=mode is None, only_there=True):
                    _check(os.path.realpath(there))
            if flags & (os.O_WRONLY | os.O_RDWR):
                _keep(path, any_folder=mode is None)
    elif event in _CHANGES:
        for path in arguments[:2]:
            _keep(path, any_folder=True)
    elif event == "sqlite3.connect":
        if arguments[0] not in (":memory:", b":memory:"):
            _check(os.path.realpath(os.fsdecode(arguments[0])))
    elif event in _STARTS or event in _CALLS or event in _COMPILED:
        raise ReadingError(
            f"a chapter started or called {arguments[event in _THROUGH] or 'compiled code'}, but it reads only the data library. "
            "Add what it needs to data/ and show it through Chapter."
        )


def _meant(path: Any, *, any_folder: bool, only_there: bool = False) -> Iterator[Path]:
    """Yield where a path may lead: from the working directory and, as no event tells of `dir_fd`, from each folder that is open.

    Args:
        path: The path.
        any_folder: Whether it may have been given with a folder that is open.
        only_there: Whether what such a folder does not hold is left out.
    """
    meant = Path(os.fsdecode(path))
    yield meant
    for folder in _open_folders() if any_folder and not meant.is_absolute() else ():
        if not only_there or os.path.lexists(folder / meant):
            yield folder / meant


def _open_folders() -> list[Path]:
    """Return the folders that this process has open; none where the system does not tell."""
    descriptors = Path("/proc/self/fd")
    return [found for number in (descriptors.iterdir() if descriptors.is_dir() else ()) if (found := number.resolve()).is_dir()]


def _reads(mode: str | None, flags: int) -> bool:
    """Return whether a file is opened for its content."""
    if isinstance(mode, str):
        return "r" in mode or "+" in mode
    return flags & os.O_ACCMODE != os.O_WRONLY and not flags & getattr(os, "O_DIRECTORY", 0)


def _keep(path: Any, *, any_folder: bool) -> None:
    """Refuse to change what is in a folder that is kept; of a link the link is meant, not where it leads."""
    if not isinstance(path, (str, bytes, os.PathLike)):
        return
    for there in _meant(path, any_folder=any_folder):
        if _within(str(there.parent.resolve() / there.name), _kept) or _within(os.path.realpath(there), _kept):
            raise ReadingError(
                f"a chapter changed {there}, but it only shows what the data library holds. "
                "Change chapters and data by hand or by a command, and show them through Chapter."
            )


def _within(path: str, places: set[str]) -> bool:
    return any(path == place or path.startswith(place + os.sep) for place in places)


def _check(path: str) -> None:
    if not _within(path, _open_to):
        raise ReadingError(
            f"a chapter read {path}, but it reads only the data library, so that a change is noticed. "
            "Add what it needs to data/ and show it through Chapter."
        )
