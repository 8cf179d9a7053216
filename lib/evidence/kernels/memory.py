"""Remember what is drawn: the same drawing of the same data by the same code is done once."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from evidence.kernels.code import code_digest

KEPT = 1500
"""Most texts kept, about a dozen of each of a chart's three forms; those used longest ago go first."""

PACKAGES = ("altair", "pandas", "vl-convert-python")
"""Packages whose version a drawing depends on."""


class Memory:
    """Texts kept in a folder, each named by what it is made of and by its own content, so that one that is cut off is none.

    Args:
        folder: Where they are; made when the first is kept.
        kept: Most texts to keep.
    """

    def __init__(self, folder: Path, kept: int = KEPT) -> None:
        self._folder, self._kept = folder, kept
        self._by = [code_digest(), platform.system(), platform.machine(), *(version(name) for name in PACKAGES)]
        self._drop()

    def find(self, made_of: str) -> str:
        """Return the text that was made of the same by the same code; an empty one when there is none."""
        for path in self._folder.glob(f"{self._key(made_of)}-*.txt"):
            with contextlib.suppress(OSError):
                content = path.read_bytes()
                if path.stem.endswith(f"-{_hash(content)}"):
                    os.utime(path)
                    return content.decode()
        return ""

    def once(self, made_of: str, make: Callable[[], str]) -> str:
        """Return a text that is kept, or one that is made and then kept."""
        if kept := self.find(made_of):
            return kept
        text = make()
        self.keep(made_of, text)
        return text

    def keep(self, made_of: str, text: str) -> None:
        """Keep a text; a full disk is no reason to have none."""
        with contextlib.suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{self._key(made_of)}-{_hash(text.encode())}.txt"
            beside = path.with_name(f".{path.name}.{os.getpid()}")
            beside.write_text(text, encoding="utf-8")
            os.replace(beside, path)

    def _key(self, made_of: str) -> str:
        return _hash(json.dumps([made_of, self._by]).encode())

    def _drop(self) -> None:
        """Remove the texts used longest ago beyond those to be kept, and what a killed process left half written."""
        with contextlib.suppress(OSError):
            ages = {path: path.stat().st_mtime for path in self._folder.glob("*.txt")}
            for path in [*sorted(ages, key=lambda path: -ages[path])[self._kept :], *self._folder.glob(".*")]:
                path.unlink(missing_ok=True)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
