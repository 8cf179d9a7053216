"""A published site as a sceptic sees it: files that are read by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from evidence.errors import EditionError
from evidence.writing import names


@dataclass(frozen=True, slots=True)
class Published:
    """A published site.

    Attributes:
        read: Returns the bytes of one of its files by name, or None where there is none.
        listed: Names of all its files; None where nobody can list them, as on the web.
    """

    read: Callable[[str], bytes | None]
    listed: frozenset[str] | None = None


def folder_site(folder: Path) -> Published:
    """Return a site that lies in a folder.

    Raises:
        EditionError: If there is no such folder.
    """
    if not folder.is_dir():
        raise EditionError(f"{folder}: no such folder. Name the folder of a site, or its address with https:// before it.")
    return Published(lambda name: (folder / name).read_bytes() if (folder / name).is_file() else None, frozenset(names(folder)))
