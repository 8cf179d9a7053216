"""What a book adds to the engine: modules of a package of its own, one a seam, which `_config.yml` names under `evidence`."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path
from typing import Any

from evidence import paths
from evidence.errors import NoBookError
from evidence.settings import setting

SEAMS = {
    "tables": "`TABLES`, tables that only this book has; `CHECKS`, what must hold between their rows; `ALLOWED`, narrower cells of the engine's tables",
    "formulas": "`REGISTER`, recomputations that a row of formulas.csv cannot say",
    "checks": "`REGISTER`, checks of sources against themselves that a row cannot say",
    "charts": "`GATHERED`, what a form of chart gathers from the book's own tables; `REGIONS`, kinds of region as readers meet them; `LENS`, the part of a map shown larger",
    "views": "`VIEWS`, what a chapter can show beside the engine's own, and `PLACES`, the class that shows place data",
    "places": "`TOLD`, what else the pages of areas may show, by key, and `SECTIONS`, what they show beside the engine's own",
    "commands": "`ROWS` and `PAGES`, what `evidence new` adds to the book's own tables",
    "site": "`PARTS`, what the published site adds to the pages beside the engine's own",
}
"""Every seam: the name of the module, and what the engine takes from it."""


def contributed(seam: str, name: str, otherwise: Any) -> Any:
    """Return what the book's package adds at a seam, or `otherwise` where the book has no package, or its package no such module.

    Raises:
        NoBookError: If `_config.yml` names a package that is not there.
    """
    module = f"{package}.{seam}" if (package := _package()) else ""
    return getattr(importlib.import_module(module), name, otherwise) if module and _is_there(module) else otherwise


def _is_there(module: str) -> bool:
    return module in sys.modules or importlib.util.find_spec(module) is not None


def package_folder() -> list[Path]:
    """Return where the code of the book's package is, or nothing where it has none."""
    package = _package()
    found = importlib.util.find_spec(package) if package else None
    return [Path(place) for place in found.submodule_search_locations or ()] if found else []


def _package() -> str:
    """Return the name of the book's package, which can be imported from then on; empty where it has none."""
    name = setting("package")
    if name and not _is_there(name):
        sys.path.append(str(paths.find_book() / "lib"))
        importlib.invalidate_caches()
        if not _is_there(name):
            raise NoBookError(f'_config.yml, evidence, package: no package "{name}" in lib/. Correct the name, or take the line out.')
    return name
