"""Stated figures, their checks and their editions: the engine of a living report."""

from typing import Any

__all__ = ["Chapter"]


def __getattr__(name: str) -> Any:
    """Return `Chapter` when first asked for, so that the command line starts without what only chapters need."""
    if name == "Chapter":
        from evidence.chapter import Chapter

        return Chapter
    raise AttributeError(name)
