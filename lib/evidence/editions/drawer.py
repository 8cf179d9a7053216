"""The process that draws the charts of the chapters that another one runs: what draws takes longer to start than to draw, and starts once for all of them."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
import socket
import sys
from functools import partial
from multiprocessing import connection
from multiprocessing.connection import Connection
from typing import NoReturn

from evidence.charts import drawing
from evidence.editions import shell


class Drawer:
    """Draws for one chapter at a time, and ends with the process that has started it."""

    def __init__(self, memory_mb: int) -> None:
        """Start it.

        Args:
            memory_mb: Most memory it may take, in megabytes; where the system has such a limit.
        """
        self._chapters, theirs = socket.socketpair()
        parent = os.getpid()
        self._pid = _spawned(theirs, parent, memory_mb) if drawing.drawn_in() else os.fork()
        if self._pid == 0:
            self._chapters.close()
            be(theirs, parent, memory_mb)
        theirs.close()

    def line(self) -> Connection:
        """Return a line on which one chapter may ask it; a line that nobody answers when it has ended meanwhile."""
        ours, theirs = multiprocessing.Pipe()
        with theirs, contextlib.suppress(OSError):
            socket.send_fds(self._chapters, [b"."], [theirs.fileno()])
        return ours

    def end(self) -> None:
        """End it, wherever it is."""
        self._chapters.close()
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)


def draw_by(line: Connection) -> None:
    """Let this process have its charts drawn at the other end of a line; by itself once that end answers no more."""
    drawing.DRAW.set(partial(_asked, line))


def _asked(line: Connection, spec: str) -> str:
    """Return a specification drawn as SVG at the other end of a line.

    Raises:
        ValueError: If it cannot be drawn.
    """
    if line.closed:
        return drawing.draw_here(spec)
    try:
        line.send_bytes(spec.encode())
        good, said = json.loads(line.recv_bytes())
    except (ConnectionError, EOFError):
        line.close()
        return drawing.draw_here(spec)
    except BaseException:
        line.close()  # what is answered to this would be taken for the answer to the next
        raise
    if not good:
        raise ValueError(said)
    return str(said)


def _spawned(chapters: socket.socket, parent: int, memory_mb: int) -> int:
    """Begin a process that knows nothing of this one, which has drawn itself, so that none that is forked from it can; return its number."""
    chapters.set_inheritable(True)
    code = (
        f"import socket; from evidence.editions import drawer; drawer.be(socket.socket(fileno={chapters.fileno()}), {parent}, {memory_mb})"
    )
    return os.posix_spawn(sys.executable, [sys.executable, "-c", code], os.environ)


def be(chapters: socket.socket, parent: int, memory_mb: int) -> NoReturn:
    """Draw in this process, which was begun for it, until nobody is left who could ask."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # which is for those that it draws for
        shell.end_with(parent)
        shell.limit_memory(memory_mb)
        _draw_all(chapters)
    finally:
        os._exit(0)


def _draw_all(chapters: socket.socket) -> None:
    """Draw what one chapter after another asks for; the next has a line once the one before it has ended."""
    line: Connection | None = None
    while True:
        if chapters in connection.wait([chapters, *([line] if line else [])]):
            if not (found := socket.recv_fds(chapters, 1, 1)[1]):
                return
            line = Connection(found[0])
        elif line:
            try:
                line.send_bytes(_answer(line.recv_bytes().decode()))
            except (OSError, EOFError):
                line = None


def _answer(spec: str) -> bytes:
    """Return whether a specification could be drawn, and the drawing or why not, as JSON."""
    try:
        return json.dumps((True, drawing.draw_here(spec))).encode()
    except ValueError as error:
        return json.dumps((False, str(error))).encode()
