"""One process that draws the charts of all kernels of a server, and remembers them: what draws takes longer to start than all else.

The pictures are the same, for it is the same function of the same package that draws them. A kernel whose drawer has gone draws for itself.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import selectors
import socket
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

from evidence import charts
from evidence.kernels.memory import Memory

_LENGTH = struct.Struct("!I")
SECONDS_TO_DRAW = 60.0
"""How long a kernel waits for a picture before it draws for itself; one takes a twentieth of a second, the first of all about one."""


def serve(listener: socket.socket, server: int, folder: Path) -> None:
    """Draw and remember what kernels ask for, until the server has gone.

    Args:
        listener: Where kernels connect.
        server: Process id of the server, whose child this process is.
        folder: Where charts are kept.
    """
    import vl_convert

    memory = Memory(folder)
    tasks = {"draw": vl_convert.vegalite_to_svg, "find": memory.find, "keep": memory.keep}

    with selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        while os.getppid() == server:
            for key, _ in selector.select(timeout=1):
                if key.fileobj is listener:
                    selector.register(listener.accept()[0], selectors.EVENT_READ)
                elif not _answer(key.fileobj, tasks):  # type: ignore[arg-type]
                    selector.unregister(key.fileobj)
                    key.fileobj.close()  # type: ignore[union-attr]


def _answer(connection: socket.socket, tasks: dict[str, Callable[..., str | None]]) -> bool:
    """Do one task, and return whether the kernel is still there; an empty answer tells it to do it itself, and meet the error."""
    try:
        task, arguments, options = json.loads(_receive(connection))
    except (OSError, ValueError):
        return False
    try:
        answer = tasks[task](*arguments, **options) or ""
    except Exception:
        answer = ""
    with contextlib.suppress(OSError):
        _send(connection, answer.encode())
    return True


def draw_elsewhere(address: str) -> None:
    """Let this kernel's charts be drawn and remembered by the process at an address; without one it draws for itself."""
    import vl_convert

    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(address)
    except OSError:
        connection.close()
        return
    connection.settimeout(SECONDS_TO_DRAW)
    ask = functools.partial(_ask, connection)
    vl_convert.vegalite_to_svg = _drawing(vl_convert.vegalite_to_svg, ask)
    charts.remember(functools.partial(_remembered, ask))


def _ask(connection: socket.socket, task: str, *arguments: Any, **options: Any) -> str:
    """Return what the drawer answers; an empty text when it has gone."""
    try:
        _send(connection, json.dumps([task, arguments, options]).encode())
        return _receive(connection).decode()
    except (OSError, TypeError):
        connection.close()
        return ""


def _drawing(draw: Callable[..., str], ask: Callable[..., str]) -> Callable[..., str]:
    @functools.wraps(draw)
    def drawn(*arguments: Any, **options: Any) -> str:
        return ask("draw", *arguments, **options) or draw(*arguments, **options)

    return drawn


def _remembered(ask: Callable[..., str], made_of: str, make: Callable[[], str]) -> str:
    if kept := ask("find", made_of):
        return kept
    chart = make()
    ask("keep", made_of, chart)
    return chart


def _send(connection: socket.socket, content: bytes) -> None:
    connection.sendall(_LENGTH.pack(len(content)) + content)


def _receive(connection: socket.socket) -> bytes:
    return _exactly(connection, _LENGTH.unpack(_exactly(connection, _LENGTH.size))[0])


def _exactly(connection: socket.socket, count: int) -> bytes:
    content = b""
    while len(content) < count:
        more = connection.recv(count - len(content))
        if not more:
            raise ConnectionError("the other side has gone")
        content += more
    return content
