"""Texts kept in a folder by their content: what is cut off is none, and what is used longest ago goes first."""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

_LEFT_OVER_SECONDS = 3600


def digest(text: str) -> str:
    """Return the hash by which a text is known here."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class Store:
    """A folder of texts, each named by what it is made of and by its own content; several texts may be made of the same.

    Args:
        folder: Where they are; made when the first is kept.
        kept: Most texts to keep.
    """

    def __init__(self, folder: Path, kept: int) -> None:
        self._folder, self._kept = folder, kept

    def find(self, made_of: str) -> Iterator[str]:
        """Yield what was made of the same, the last used first; one that is not whole is removed."""
        for path in sorted(self._folder.glob(f"{digest(made_of)}-*.txt"), key=_age):
            with contextlib.suppress(OSError):  # another process may have dropped it meanwhile
                content = path.read_bytes()
                if path.stem.rpartition("-")[2] != hashlib.sha256(content).hexdigest()[:32]:
                    path.unlink()
                    continue
                yield content.decode()

    def used(self, made_of: str, text: str) -> None:
        """Note that a text was of use."""
        with contextlib.suppress(OSError):
            os.utime(self._path(made_of, text))

    def put(self, made_of: str, text: str) -> None:
        """Keep a text, whole or not at all.

        Raises:
            OSError: If it cannot be written.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._path(made_of, text)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        beside.write_bytes(text.encode())
        os.replace(beside, path)

    def drop(self) -> None:
        """Remove the texts used longest ago beyond those to be kept, and what a killed process left half written."""
        for path in sorted(self._folder.glob("*.txt"), key=_age)[self._kept :]:
            path.unlink(missing_ok=True)
        for path in self._folder.glob(".*.txt.*"):
            if _age(path) > _LEFT_OVER_SECONDS:
                path.unlink(missing_ok=True)

    def _path(self, made_of: str, text: str) -> Path:
        return self._folder / f"{digest(made_of)}-{digest(text)}.txt"


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0
