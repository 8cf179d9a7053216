"""What a book says of itself in `_config.yml`: its title, and under `evidence` what the engine cannot know."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from evidence import paths


def title() -> str:
    """Return the title of the book."""
    return str(_declared(paths.find_book()).get("title") or "Untitled")


def short_name() -> str:
    """Return the title as files and packages are named: lower-case words with hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", title().lower()).strip("-")


def setting(name: str) -> str:
    """Return what `_config.yml` says under `evidence`, or an empty text: `package`, the book's own code; `country`, where its places are."""
    return str((_declared(paths.find_book()).get("evidence") or {}).get(name) or "")


def _declared(book: Path) -> dict[str, Any]:
    file = book / "_config.yml"
    return _read(file, file.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(file: Path, _changed: int) -> dict[str, Any]:
    import yaml

    return yaml.safe_load(file.read_text(encoding="utf-8")) or {}
