"""Remember what is drawn: the same drawing of the same data by the same code is done once."""

from __future__ import annotations

import contextlib
import json
import platform
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from evidence.kernels.code import code_digest
from evidence.kernels.store import Store

KEPT = 1500
"""Most texts kept, about a dozen of each of a chart's three forms; those used longest ago go first."""

PACKAGES = ("altair", "pandas", "vl-convert-python")
"""Packages whose version a drawing depends on."""


class Memory:
    """What was drawn, kept in a folder: a text for all that it is made of.

    Args:
        folder: Where it is kept.
        kept: Most texts to keep.
    """

    def __init__(self, folder: Path, kept: int = KEPT) -> None:
        self._store = Store(folder, kept)
        self._by = [code_digest(), platform.system(), platform.machine(), *(version(name) for name in PACKAGES)]
        self._store.drop()

    def find(self, made_of: str) -> str:
        """Return the text that was made of the same by the same code; an empty one when there is none."""
        text = next(self._store.find(self._all(made_of)), "")
        if text:
            self._store.used(self._all(made_of), text)
        return text

    def keep(self, made_of: str, text: str) -> None:
        """Keep a text; a full disk is no reason to have none."""
        with contextlib.suppress(OSError):
            self._store.put(self._all(made_of), text)

    def once(self, made_of: str, make: Callable[[], str]) -> str:
        """Return a text that is kept, or one that is made and then kept."""
        if kept := self.find(made_of):
            return kept
        text = make()
        self.keep(made_of, text)
        return text

    def _all(self, made_of: str) -> str:
        return json.dumps([made_of, self._by])
