"""The exact difference between two states of the book: data, prose and outputs, as a unified diff that people can read."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from pathlib import Path

from evidence.statements import read_notebook


def difference(before: Path, after: Path) -> str:
    """Return the unified difference of `data` and `chapters` below two folders; of notebooks, the prose, the code and what cells show as text."""
    names = sorted({path.relative_to(folder).as_posix() for folder in (before, after) for path in _files(folder)})
    return "".join(part for name in names for part in _changed(name, before / name, after / name))


def _files(folder: Path) -> Iterator[Path]:
    for top in ("data", "chapters"):
        yield from (
            path for path in (folder / top).rglob("*") if path.is_file() and not path.name.startswith(".") and path.suffix != ".json"
        )


def _changed(name: str, before: Path, after: Path) -> Iterator[str]:
    old, new = (_lines(path) for path in (before, after))
    if old != new:
        yield from (line if line.endswith("\n") else f"{line}\n" for line in unified_diff(old, new, name, name, n=1))


def _lines(path: Path) -> list[str]:
    if not path.exists():
        return []
    if path.suffix != ".ipynb":
        return path.read_text(encoding="utf-8").splitlines(keepends=True)
    return [f"{line}\n" for cell in read_notebook(path).cells for line in _shown(cell)]


def _shown(cell) -> Iterator[str]:  # type: ignore[no-untyped-def]
    yield from cell.source.splitlines()
    for output in cell.get("outputs", []):
        yield from output.get("data", {}).get("text/plain", "").splitlines()
