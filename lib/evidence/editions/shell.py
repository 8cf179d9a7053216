"""The process that runs one chapter's cells in IPython: what they show leaves it in the messages of a Jupyter kernel."""

from __future__ import annotations

import builtins
import contextlib
import ctypes
import io
import os
import resource
import signal
import sys
import tempfile
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

import numpy
from ipykernel.compiler import XCachingCompiler
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from IPython.core.profiledir import ProfileDir
from jupyter_client.session import Session, json_packer
from traitlets.config import Config

from evidence import paths
from evidence.errors import NoBookError

Send = Callable[[dict[str, Any]], None]

_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux's prctl."""


def be(cells: Iterable[tuple[int, str]], folder: Path, memory_mb: int, writer: Connection, parent: int) -> NoReturn:
    """Run cells in this process, which was forked for them and ends with them.

    Args:
        cells: Position in the notebook and source of each.
        folder: Working directory.
        memory_mb: Most memory it may take for itself, in megabytes; where the system has such a limit.
        writer: Takes each message as JSON: `begin` and `end` around those of a cell, or `fault` when this function fails.
        parent: The process it was forked from, with which it ends.
    """

    def send(message: dict[str, Any]) -> None:
        writer.send_bytes(json_packer(message))

    try:
        end_with(parent)
        _stand_alone(folder, memory_mb)
        _run(cells, send)
    except BaseException as error:
        send({"msg_type": "fault", "why": f"{type(error).__name__}: {error}"})
    finally:
        os._exit(0)  # nothing of the parent's that waits for its end is this process's to do


def end_with(parent: int) -> None:
    """Ask Linux to end this process with its parent, whatever it is doing then; elsewhere it ends when it next tells something."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, int(signal.SIGKILL))
        if os.getppid() != parent:
            os._exit(1)


def _stand_alone(folder: Path, memory_mb: int) -> None:
    """Let go of what is the parent's: its group, its signals, its input, its random numbers."""
    os.setpgid(0, 0)
    limit_memory(memory_mb)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    _stay_in_the_book(folder)
    os.chdir(folder)
    sys.path.append("")
    numpy.random.seed()


def limit_memory(megabytes: int) -> None:
    """Let this process take so much memory for itself and no more, where the system has such a limit, and leave no image of it behind."""
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))


def _stay_in_the_book(folder: Path) -> None:
    """Let a chapter that runs in a folder of its own, outside any book, belong to the book its parent works on."""
    for start in (folder, None):
        with contextlib.suppress(NoBookError):
            os.environ[paths.VARIABLE] = str(paths.find_book(start))
            return


def _run(cells: Iterable[tuple[int, str]], send: Send) -> None:
    """Run cells until one fails."""
    session = _Session(send)
    nowhere = {"ipython_dir": "", "profile_dir": ProfileDir()}  # or IPython makes folders in the home, or temporary ones that stay
    shell = ZMQInteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}), compiler_class=XCachingCompiler, **nowhere)
    part: Any
    for part in (shell.displayhook, shell.display_pub):
        part.session, part.pub_socket = session, None
    sys.stdout, sys.stderr = streams = _Stream("stdout", 1, session), _Stream("stderr", 2, session)
    builtins.input = _no_input
    for index, source in cells:
        send({"msg_type": "begin", "index": index})
        session.send(None, "execute_input", {"execution_count": shell.execution_count})
        result = shell.run_cell(source, store_history=True)
        for stream in streams:
            stream.flush()
        send({"msg_type": "end", "good": bool(result.success)})
        if not result.success:
            return


def _no_input(_prompt: object = "") -> NoReturn:
    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")


class _Session(Session):
    """Stands where a kernel has its connections: IPython's display speaks to it, and each message goes to one function."""

    def __init__(self, send: Send) -> None:
        super().__init__()
        self._tell = send

    def msg(self, msg_type: str, content: Any = None, *_arguments: Any, **_options: Any) -> dict[str, Any]:
        return {"msg_type": msg_type, "header": {"msg_type": msg_type}, "parent_header": {}, "metadata": {}, "content": content or {}}

    def send(self, stream: Any, msg_or_type: Any, content: Any = None, *_arguments: Any, **_options: Any) -> None:
        self._tell(self.msg(msg_or_type, content) if isinstance(msg_or_type, str) else msg_or_type)


class _Stream(io.TextIOBase):
    """What a cell writes to a standard stream, with what programs and compiled code write to its descriptor."""

    encoding, errors = "UTF-8", "replace"

    def __init__(self, name: str, number: int, session: _Session) -> None:
        self._name, self._session, self._text, self._read = name, session, "", 0
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lasts as long as the process
        os.dup2(self._file.fileno(), number)

    def fileno(self) -> int:
        return self._file.fileno()

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._text += text
        return len(text)

    def flush(self) -> None:
        there = os.fstat(self._file.fileno()).st_size
        if there > self._read:
            self._text += os.pread(self._file.fileno(), there - self._read, self._read).decode(errors="replace")
            self._read = there
        if self._text:
            text, self._text = self._text, ""
            self._session.send(None, "stream", {"name": self._name, "text": text})
