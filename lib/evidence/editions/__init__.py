"""Editions: record outputs, run the book on other data, say what changed, build and publish the site."""

from evidence.editions.building import build_site
from evidence.editions.changes import clean, compare, markdown
from evidence.editions.execution import Run, default_jobs, execute, execute_all
from evidence.editions.form import canonical
from evidence.editions.proof import prove
from evidence.editions.publishing import publish
from evidence.editions.record import notebooks, record
from evidence.editions.rerun import Edition, Order, rerun
from evidence.editions.snapshot import make_snapshot, write_rows

__all__ = [
    "Edition",
    "Order",
    "Run",
    "build_site",
    "canonical",
    "clean",
    "compare",
    "default_jobs",
    "execute",
    "execute_all",
    "make_snapshot",
    "markdown",
    "notebooks",
    "prove",
    "publish",
    "record",
    "rerun",
    "write_rows",
]
