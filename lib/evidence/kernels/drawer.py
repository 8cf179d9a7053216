"""One process that draws the charts of all kernels of a server: what turns a chart into a picture takes longer to start than all else.

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
from typing import Any

_LENGTH = struct.Struct("!I")
SECONDS_TO_DRAW = 60.0
"""How long a kernel waits for a picture before it draws for itself; one takes a twentieth of a second, the first of all about one."""


def serve(listener: socket.socket, server: int) -> None:
    """Draw what kernels ask for, until the server has gone.

    Args:
        listener: Where kernels connect.
        server: Process id of the server, whose child this process is.
    """
    import vl_convert

    with selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        while os.getppid() == server:
            for key, _ in selector.select(timeout=1):
                if key.fileobj is listener:
                    selector.register(listener.accept()[0], selectors.EVENT_READ)
                elif not _answer(key.fileobj, vl_convert.vegalite_to_svg):  # type: ignore[arg-type]
                    selector.unregister(key.fileobj)
                    key.fileobj.close()  # type: ignore[union-attr]


def _answer(connection: socket.socket, draw: Callable[..., str]) -> bool:
    """Draw one picture, and return whether the kernel is still there; an empty picture tells it to draw for itself, and meet the error."""
    try:
        arguments, options = json.loads(_receive(connection))
    except (OSError, ValueError):
        return False
    try:
        picture = draw(*arguments, **options)
    except Exception:
        picture = ""
    with contextlib.suppress(OSError):
        _send(connection, picture.encode())
    return True


def draw_elsewhere(address: str) -> None:
    """Let this kernel's charts be drawn by the process at an address; without one it draws for itself."""
    import vl_convert

    connection = socket.socket(socket.AF_UNIX)
    try:
        connection.connect(address)
    except OSError:
        connection.close()
        return
    connection.settimeout(SECONDS_TO_DRAW)
    vl_convert.vegalite_to_svg = _drawing(vl_convert.vegalite_to_svg, connection)


def _drawing(draw: Callable[..., str], connection: socket.socket) -> Callable[..., str]:
    @functools.wraps(draw)
    def drawn(*arguments: Any, **options: Any) -> str:
        try:
            _send(connection, json.dumps([arguments, options]).encode())
            return _receive(connection).decode() or draw(*arguments, **options)
        except (OSError, TypeError):
            connection.close()
            return draw(*arguments, **options)

    return drawn


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
