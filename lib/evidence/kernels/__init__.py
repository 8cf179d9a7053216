"""Warm kernels: Jupyter kernels forked from a process that has imported what every chapter needs.

A room of its own, because Jupyter loads the provisioner in processes that need nothing else of this library.
"""

from typing import Any

from evidence.kernels.process import NAME, Server, address, close, possible, use

__all__ = ["NAME", "Forked", "Server", "WarmProvisioner", "address", "close", "possible", "use"]


def __getattr__(name: str) -> Any:
    """Return what needs Jupyter only when it is asked for: what starts the server and runs chapters elsewhere needs none of it."""
    if name in ("Forked", "WarmProvisioner"):
        from evidence.kernels import provisioner

        return getattr(provisioner, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
