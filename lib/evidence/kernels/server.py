"""The process that kernels are forked from: it has imported what every chapter needs, holds no thread, and ends with its client.

One connection to its socket is one kernel. The client sends a request and the kernel's output streams; the server answers with the kernel's
process id, that it is ready, and at its end its exit code. Whichever end closes the connection ends the kernel.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import shutil
import signal
import socket
import sys
from dataclasses import dataclass, field
from typing import Any

from evidence import paths
from evidence.kernels import drawer
from evidence.kernels.warming import warm

WIDEST_REQUEST = 1 << 20
"""Longest request in bytes: a command line and an environment fit into a hundredth of it."""

SECONDS_TO_ASK = 5.0
"""How long a client may take over its request; it sends it in one go, so this only frees the server from one that is stopped."""

DRAWER = "d"
"""Name of the socket of the process that draws, in the server's folder."""

_KILL_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux's prctl."""


@dataclass(slots=True)
class Birth:
    """What a new kernel is to be.

    Attributes:
        request: Arguments of the kernel application, working directory and environment.
        streams: File descriptors of its standard output and standard error.
        connection: Connection on which it says that it is ready.
    """

    request: dict[str, Any]
    streams: tuple[int, int]
    connection: socket.socket


@dataclass(slots=True)
class _Server:
    listener: socket.socket
    lifeline: int
    woken: socket.socket
    selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    kernels: dict[int, socket.socket] = field(default_factory=dict)

    def serve(self) -> Birth | None:
        """Return what to be in a forked child, and None in the server once its client has gone."""
        for readable in (self.listener, self.lifeline, self.woken):
            self.selector.register(readable, selectors.EVENT_READ)
        while True:
            for key, _ in self.selector.select():
                if key.fileobj == self.lifeline:
                    return None
                if key.fileobj is self.woken:
                    self.woken.recv(4096)
                elif key.fileobj is not self.listener:
                    self._hear(key.fileobj)  # type: ignore[arg-type]
                elif birth := self._fork():
                    return birth
            self._reap()

    def _fork(self) -> Birth | None:
        connection, _ = self.listener.accept()
        try:
            request, streams = _asked(connection)
            pid = os.fork()
        except (OSError, ValueError):
            connection.close()  # the client takes this for a failed start and runs the stock kernel
            return None
        if pid == 0:
            self.leave()
            return Birth(request, streams, connection)
        for stream in streams:
            os.close(stream)
        _quietly(os.setpgid, pid, pid)
        connection.setblocking(False)
        self.kernels[pid] = connection
        self.selector.register(connection, selectors.EVENT_READ)
        _tell(connection, {"pid": pid})
        return None

    def leave(self) -> None:
        """Let go, in a child, of everything that is the server's; its standard input, the lifeline, is replaced later."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        self.selector.close()
        for connection in (self.listener, self.woken, *self.kernels.values()):
            connection.close()

    def _hear(self, connection: socket.socket) -> None:
        """Send a kernel the signals its client asks for; a connection that has ended kills it."""
        pid = next(pid for pid, known in self.kernels.items() if known is connection)
        try:
            text = connection.recv(4096)
        except OSError:
            text = b""
        for number in text.split() or [int(signal.SIGKILL)]:
            _quietly(os.killpg, pid, int(number))
        if not text:
            self.selector.unregister(connection)

    def _reap(self) -> None:
        for pid, connection in list(self.kernels.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                _quietly(os.killpg, pid, signal.SIGKILL)  # what the kernel itself had started
                _tell(connection, {"exit": os.waitstatus_to_exitcode(status)})
                _quietly(self.selector.unregister, connection)
                connection.close()
                del self.kernels[pid]

    def end(self) -> None:
        """Kill what is still running."""
        for pid in self.kernels:
            _quietly(os.killpg, pid, signal.SIGKILL)


def _asked(connection: socket.socket) -> tuple[dict[str, Any], tuple[int, int]]:
    connection.settimeout(SECONDS_TO_ASK)
    text, streams, _, _ = socket.recv_fds(connection, WIDEST_REQUEST, 2)
    while not text.endswith(b"\n") and len(text) < WIDEST_REQUEST:
        more = connection.recv(WIDEST_REQUEST)
        if not more:
            break
        text += more
    request = json.loads(text)
    if len(streams) != 2:
        raise ValueError("a request comes with two output streams")
    return request, (streams[0], streams[1])


def _tell(connection: socket.socket, message: dict[str, Any]) -> None:
    _quietly(connection.sendall, json.dumps(message).encode() + b"\n")


def _quietly(action: Any, *arguments: Any) -> None:
    """Do what may fail because the other side has gone."""
    with contextlib.suppress(OSError, KeyError, ValueError):
        action(*arguments)


def main(listener: int, home: str) -> None:
    """Serve kernels on a listening socket until standard input ends; a forked kernel returns from here once it has ended.

    Args:
        listener: File descriptor of the listening socket.
        home: Folder of this server's sockets, removed at its end.

    Raises:
        EditionError: If an import started a thread, for a fork would lose it; clients then run stock kernels.
    """
    warm()
    woken, wake = socket.socketpair()
    for end in (woken, wake):
        end.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
    server = _Server(socket.socket(fileno=listener), sys.stdin.fileno(), woken)
    _start_drawer(f"{home}/{DRAWER}", server)
    birth = None
    try:
        birth = server.serve()
    finally:
        if birth is None:
            server.end()
            shutil.rmtree(home, ignore_errors=True)
    if birth:
        wake.close()
        _be(birth)


def _start_drawer(address: str, server: _Server) -> None:
    """Fork the process that draws; where it does not live, each kernel draws for itself."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen(128)
        parent = os.getpid()
        if os.fork() == 0:
            _die_with_server()
            server.leave()
            os.dup2(os.open(os.devnull, os.O_RDWR), 0)
            drawer.serve(listener, parent, paths.charts_dir())
            os._exit(0)


def _be(birth: Birth) -> None:
    """Become the kernel: its own group, streams, folder, environment and random numbers; then run until it is shut down."""
    from ipykernel.kernelapp import IPKernelApp

    os.setpgid(0, 0)
    _die_with_server()
    nothing, end = os.pipe()  # of the kind a stock kernel has; it takes the place of the server's lifeline
    os.close(end)
    for number, stream in enumerate((nothing, *birth.streams)):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(birth.request["cwd"])
    os.environ.clear()
    os.environ.update(birth.request["env"])
    sys.modules["numpy"].random.seed()
    sys.path.insert(0, "")
    application = IPKernelApp.instance(parent_handle=os.getppid())
    application.initialize(birth.request["arguments"])
    drawer.draw_elsewhere(birth.request["drawer"])
    with birth.connection:
        _tell(birth.connection, {"ready": True})
    application.start()


def _die_with_server() -> None:
    """Ask Linux to kill this process with the server, whatever it is doing then; elsewhere the kernel looks each second."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_KILL_WITH_PARENT, int(signal.SIGKILL))
