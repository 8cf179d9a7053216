"""Where things are: the one place that knows the layout of the repository."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
"""The repository that holds this library (it is installed in place)."""


def data_dir(given: str | Path = "") -> Path:
    """Return the data library to read: `given`, or the repository's own when that is empty."""
    return Path(given).resolve() if str(given) else ROOT / "data"


def chapters_dir(root: Path = ROOT) -> Path:
    """Return the folder of the committed chapters."""
    return root / "chapters"


def citation_file(root: Path = ROOT) -> Path:
    """Return the file that says how the book is cited."""
    return root / "CITATION.cff"


def site_dir(root: Path = ROOT) -> Path:
    """Return the folder `make book` builds the site into."""
    return root / "_build" / "html"


def pdf_file(root: Path = ROOT) -> Path:
    """Return the file `make pdf` prints the book into."""
    return root / "_build" / "made-together.pdf"


def editions_dir(root: Path = ROOT) -> Path:
    """Return the folder re-runs write their editions to."""
    return root / "_build" / "editions"


def grids_dir(root: Path = ROOT) -> Path:
    """Return the folder runs of a grid write to."""
    return root / "_build" / "grids"


def refresh_dir(root: Path = ROOT) -> Path:
    """Return the folder fetched files are kept in."""
    return root / "_build" / "refresh"


def executions_dir(root: Path = ROOT) -> Path:
    """Return the folder executions of chapters are kept in."""
    return root / "_build" / "executions"


def charts_dir(root: Path = ROOT) -> Path:
    """Return the folder drawn charts are kept in."""
    return root / "_build" / "charts"
