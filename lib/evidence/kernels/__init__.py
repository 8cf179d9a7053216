"""Warm kernels: Jupyter kernels forked from a process that has imported what every chapter needs.

A room of its own, because Jupyter loads the provisioner in processes that need nothing else of this library.
"""

from evidence.kernels.provisioner import NAME, Forked, Server, WarmProvisioner, address, close, possible, use

__all__ = ["NAME", "Forked", "Server", "WarmProvisioner", "address", "close", "possible", "use"]
