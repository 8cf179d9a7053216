"""Which code a chapter may run: what is kept of a run holds only for the code that gave it."""

from __future__ import annotations

import hashlib
from pathlib import Path

ABOVE = frozenset({"cli", "gates", "scaffold", "site"})
"""Rooms of the library that no chapter can import, for imports go downward only."""


def code_digest() -> str:
    """Return a hash of the library's code that a chapter may run."""
    package = Path(__file__).parents[1]
    total = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package)
        if name.parts[0] not in ABOVE:
            total.update(f"{name.as_posix()}\0".encode() + path.read_bytes() + b"\0")
    return total.hexdigest()
