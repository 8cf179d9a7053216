"""Editions: record outputs, run the book on other data, say what changed, build the site, print it."""

from evidence.editions.building import build_site
from evidence.editions.changes import clean, compare, markdown
from evidence.editions.execution import Run, canonical, default_jobs, execute, execute_all
from evidence.editions.pdf import PDF_NAME, make_pdf
from evidence.editions.record import notebooks, record
from evidence.editions.rerun import Edition, Order, rerun
from evidence.editions.snapshot import make_snapshot, write_rows

__all__ = [
    "PDF_NAME",
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
    "make_pdf",
    "make_snapshot",
    "markdown",
    "notebooks",
    "record",
    "rerun",
    "write_rows",
]
