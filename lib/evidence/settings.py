"""What a book says of itself in `_config.yml`: its title, and under `evidence` what the engine cannot know."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from evidence import paths
from evidence.errors import DataError, NoBookError
from evidence.parsing import parse_yaml
from evidence.problems import Place, Problem


def title(book: Path | None = None) -> str:
    """Return the title of a book, of the one the command stands in when None.

    Raises:
        DataError: If `_config.yml` cannot be read, as for everything that is read there.
    """
    return str(_declared(book or paths.find_book()).get("title") or "Untitled")


def short_name(book: Path | None = None) -> str:
    """Return the title of a book as files and packages are named: lower-case words with hyphens."""
    return hyphened(title(book))


def hyphened(words: str) -> str:
    """Return words in lower case with hyphens between them.

    Example:
        >>> hyphened("Bread, and who bakes it")
        'bread-and-who-bakes-it'
    """
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def setting(name: str, book: Path | None = None) -> str:
    """Return what `_config.yml` of a book says under `evidence`, or an empty text; of the book the command stands in when None.

    It is `package`, the book's own code; `country`, where its places are; `licence`, of its text and data, by its name in the SPDX list;
    `organisation`, which stands behind it; and `reports`, the address that errors are reported to.
    """
    return str((_declared(book or paths.find_book()).get("evidence") or {}).get(name) or "")


LICENCES = {
    "CC-BY-4.0": ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "CC-BY-SA-4.0": ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    "CC0-1.0": ("CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
}
"""Licences that text and data of a book may have, by their name in the SPDX list: how readers call each, and its address."""


def licence() -> dict[str, str]:
    """Return the licence of the book's text and data: its `name` in the SPDX list and its address, `path`.

    Raises:
        NoBookError: If `_config.yml` names none of LICENCES.
    """
    if (named := setting("licence")) not in LICENCES:
        raise NoBookError(f'_config.yml, evidence, licence: found "{named}". Name one of {", ".join(LICENCES)}.')
    return {"name": named, "path": LICENCES[named][1]}


def _declared(book: Path) -> dict[str, Any]:
    file = book / "_config.yml"
    return _read(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(file: Path, _changed: int) -> dict[str, Any]:
    try:
        declared = parse_yaml(file.read_text(encoding="utf-8")) or {}
        if not isinstance(declared, dict) or not isinstance(declared.get("evidence") or {}, dict):
            raise ValueError("names with values are expected, and under evidence too")
    except ValueError as error:
        told = f"cannot be read ({' '.join(str(error).split())[:200]})."
        raise DataError(Problem(Place(file.name), told, "Put it back as it was; git diff _config.yml shows what has changed.")) from None
    return declared
