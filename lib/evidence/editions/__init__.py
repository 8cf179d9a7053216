"""Editions: record outputs, run the book on other data, accept them, say what changed, build, publish and print the site.

A name is imported when it is first asked for: the processes that run chapters need little of this room, and each pays for what it imports.
"""

from __future__ import annotations

import importlib
from typing import Any

_WHERE = {
    "editions.accepting": ("Acceptance", "AcceptRequest", "accept"),
    "editions.building": ("build_site", "claim_site"),
    "editions.changes": ("clean", "compare", "markdown"),
    "editions.execution": ("Run", "Started", "default_jobs", "execute", "execute_all", "prepare", "workers"),
    "editions.grid": ("COUNTED", "Defaults", "GridOrder", "Summary", "run_grid"),
    "editions.pdf": ("claim_pdf", "find_browser", "make_pdf", "pdf_name"),
    "editions.proof": ("demand_proof", "prove"),
    "editions.publishing": ("check_current", "publish", "room"),
    "editions.recording": ("notebooks", "record"),
    "editions.rerunning": ("Edition", "RerunOrder", "rerun"),
    "editions.snapshot": ("make_snapshot",),
    "form": ("canonical",),
}
"""Public names by the module that has them."""

_MODULES = {name: module for module, names in _WHERE.items() for name in names}

__all__ = sorted(_MODULES)


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(f"evidence.{_MODULES[name]}"), name)
    globals()[name] = found
    return found
