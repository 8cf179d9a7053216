"""Where hostile inputs are tried, and how a file is put there for one try."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence import paths
from evidence.errors import EvidenceError

LITTLE = paths.ROOT / "tests" / "little_book"

TOLD = (EvidenceError,)
"""What an entry may raise: an error that says what to mend."""


@dataclass
class Place:
    """Where inputs are tried: a copy of the little book that runs leave as it was, its library, and a folder for single files.

    Attributes:
        held: What the book held after the last try; nothing before the first.
    """

    book: Path
    beside: Path
    library: Any
    held: str = ""


def at(name):
    """Return how a file of the book is tried: written there, and put back."""

    def decorate(look):
        def tried(place, content):
            file = place.book / name
            kept = file.read_bytes() if file.exists() else None
            file.write_bytes(content)
            try:
                look(place, file)
            finally:
                file.unlink() if kept is None else file.write_bytes(kept)

        return tried

    return decorate


def beside(name):
    """Return how a file that is no part of a book is tried."""

    def decorate(look):
        def tried(place, content):
            file = place.beside / name
            file.write_bytes(content)
            look(place, file)

        return tried

    return decorate
