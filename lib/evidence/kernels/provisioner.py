"""Warm kernels for papermill and nbval: forked from a process that has imported everything, with the stock kernel to fall back on."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import json
import os
import signal
import socket
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from evidence.kernels.process import address

START_SECONDS = 20.0
"""How long a forked kernel may take to be ready; a stock one is started then. The server's imports, a second or two, are part of it."""

KILL_SECONDS = 1.0
"""How long to wait for a killed kernel; one that cannot die at once is Jupyter's to wait for."""

_LONGEST_SOCKET = 100
"""Longest path of a socket in bytes; the systems' limits are 104 and more."""


class Forked:
    """A forked kernel, with the part of `subprocess.Popen` that Jupyter uses.

    Args:
        connection: Its connection to the server.

    Attributes:
        pid: Its process id; 0 until the server has told.
        returncode: Its exit code, minus the signal that ended it; None while it runs.
        ready: Whether it has bound its sockets.
    """

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket) -> None:
        self.pid = 0
        self.returncode: int | None = None
        self.ready = False
        self._connection = connection
        self._heard = b""

    def poll(self) -> int | None:
        """Return its exit code, or None while it runs."""
        while self.returncode is None:
            try:
                text = self._connection.recv(4096)
            except BlockingIOError:
                break
            except OSError:
                text = b""
            self._hear(text)
        return self.returncode

    def _hear(self, text: bytes) -> None:
        if not text:
            self.returncode = -int(signal.SIGKILL)  # the server is gone, and the kernel with it
            self._connection.close()
        *lines, self._heard = (self._heard + text).split(b"\n")
        for line in lines:
            message = json.loads(line)
            self.pid = message.get("pid", self.pid)
            self.ready = self.ready or "ready" in message
            self.returncode = message.get("exit", self.returncode)

    def wait(self) -> int | None:
        """Return its exit code, after it has ended."""
        self._connection.setblocking(True)
        try:
            return self.poll()
        finally:
            self._connection.close()

    def send_signal(self, number: int) -> None:
        """Let the server signal its process group, unless it has ended."""
        if self.poll() is None:
            with contextlib.suppress(OSError):
                self._connection.sendall(b"%d\n" % number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class WarmProvisioner(LocalProvisioner):
    """Starts kernels by a fork over local sockets, which no other kernel can take from them; else as Jupyter does."""

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Return the launch parameters, with the kernel's connection moved to local sockets where it will be forked."""
        manager = self.parent
        self._address = address() if manager else ""
        prefix = f"{Path(self._address).parent}/{uuid.uuid4().hex[:12]}" if self._address else ""
        if self._address and len(prefix) < _LONGEST_SOCKET and manager.transport == "tcp" and not manager.shell_port:
            manager.transport, manager.ip = "ipc", prefix
        prepared: dict[str, Any] = await super().pre_launch(**kwargs)
        return prepared

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Start the kernel and return its connection; where the fork fails, the stock kernel is started on the same connection."""
        forked = await self._forked(cmd, kwargs) if self._forkable(cmd) else None
        if forked is None:
            return await super().launch_kernel(cmd, **kwargs)
        self.process, self.pid, self.pgid = forked, forked.pid, None
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """End the kernel and wait until it has ended, which takes some milliseconds; Jupyter would look again after a tenth of a second."""
        await super().kill(restart=restart)
        for _ in range(int(KILL_SECONDS / 0.002)):
            if self.process is None or self.process.poll() is not None:
                return
            await asyncio.sleep(0.002)

    def _forkable(self, cmd: list[str]) -> bool:
        """Return whether it is our own interpreter that is asked for, running the stock kernel."""
        return bool(self._address) and cmd[:3] == [sys.executable, "-m", "ipykernel_launcher"]

    async def _forked(self, cmd: list[str], kwargs: dict[str, Any]) -> Forked | None:
        environment = dict(kwargs.get("env") or os.environ)
        environment.pop("JPY_PARENT_PID", None)
        request = {"arguments": cmd[3:], "cwd": str(kwargs.get("cwd") or Path.cwd()), "env": environment}
        request["drawer"] = f"{Path(self._address).parent}/d"
        streams = [_descriptor(kwargs.get(name), number) for name, number in (("stdout", 1), ("stderr", 2))]
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.connect(self._address)
            text = json.dumps(request).encode() + b"\n"
            sent = socket.send_fds(connection, [text], streams)
            connection.sendall(text[sent:])
        except OSError:
            connection.close()
            return None
        connection.setblocking(False)
        return await _started(Forked(connection))


def _descriptor(stream: Any, default: int) -> int:
    """Return the file descriptor that stands for what `subprocess.Popen` takes as a stream."""
    if stream in (None, subprocess.PIPE, subprocess.STDOUT):
        return default
    if stream == subprocess.DEVNULL:
        return _devnull()
    return stream if isinstance(stream, int) else int(stream.fileno())


@functools.cache
def _devnull() -> int:
    return os.open(os.devnull, os.O_WRONLY)


async def _started(kernel: Forked) -> Forked | None:
    """Return a kernel once it is ready, or None when it did not start."""
    for _ in range(int(START_SECONDS / 0.01)):
        if kernel.poll() is not None:
            return None
        if kernel.ready:
            return kernel
        await asyncio.sleep(0.01)
    kernel.kill()
    return None
