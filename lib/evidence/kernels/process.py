"""The process that kernels are forked from, as its client sees it: started when it is first asked for, ended with the client."""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

NAME = "evidence-warm"
"""Name of the provisioner: what JUPYTER_DEFAULT_PROVISIONER_NAME says for nbval, and the entry point in pyproject.toml."""


class Server:
    """A process that forks kernels, as its client sees it.

    Attributes:
        address: Path of its socket.
    """

    def __init__(self) -> None:
        home = tempfile.mkdtemp(prefix="evidence-")
        self.address = f"{home}/s"
        self._owner = os.getpid()
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(self.address)
            listener.listen(128)
            code = f"from evidence.kernels.server import main; main({listener.fileno()}, {home!r})"
            # One thread for linear algebra, because a fork keeps no threads; -P, because what lies in the current folder is no module of ours.
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", code],
                env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"},
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(listener.fileno(),),
                start_new_session=True,
            )
        atexit.register(self.close, wait=False)

    @property
    def alive(self) -> bool:
        """Whether it runs and belongs to this process."""
        return self._owner == os.getpid() and self._process.poll() is None

    def close(self, *, wait: bool = True) -> None:
        """End it and its kernels; it clears up by itself, so that a process which ends need not wait."""
        if self._owner == os.getpid() and self._process.stdin and not self._process.stdin.closed:
            self._process.stdin.close()
            if wait:
                self._process.wait()
                shutil.rmtree(Path(self.address).parent, ignore_errors=True)


_known: dict[str, Any] = {"server": None, "address": ""}


def possible() -> bool:
    """Return whether kernels can be forked here."""
    return hasattr(os, "fork") and hasattr(socket, "send_fds") and sys.platform != "win32"


def address() -> str:
    """Return the address of this process's server, started when it is first asked for; empty where there can be none."""
    if _known["address"]:
        return str(_known["address"])
    if not possible():
        return ""
    if _known["server"] is None or not _known["server"].alive:
        _known["server"] = Server()
    return str(_known["server"].address)


def use(shared: str = "") -> None:
    """Let kernels of this process be forked, also where the library is not installed with its entry points.

    Args:
        shared: Address of a server of another process to use; empty for one of this process's own.
    """
    from importlib.metadata import EntryPoint

    from jupyter_client.provisioning.factory import KernelProvisionerFactory

    _known["address"] = shared
    factory = KernelProvisionerFactory.instance()
    factory.provisioners[NAME] = EntryPoint(NAME, f"{__package__}:WarmProvisioner", factory.GROUP_NAME)
    factory.default_provisioner_name = NAME


def close() -> None:
    """End this process's server, if there is one."""
    if _known["server"]:
        _known["server"].close()
        _known["server"] = None
