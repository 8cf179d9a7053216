"""Editions: record outputs, run the book on other data, accept them, say what changed, build, publish and print the site."""

from evidence.editions.accepting import Acceptance, Request, accept
from evidence.editions.building import build_site
from evidence.editions.changes import clean, compare, markdown
from evidence.editions.execution import Run, default_jobs, execute, execute_all
from evidence.editions.grid import COUNTED, Defaults, GridOrder, Summary, run_grid
from evidence.editions.pdf import PDF_NAME, make_pdf
from evidence.editions.proof import prove
from evidence.editions.publishing import publish
from evidence.editions.record import notebooks, record
from evidence.editions.rerun import Edition, Order, rerun
from evidence.editions.snapshot import make_snapshot, write_rows
from evidence.form import canonical

__all__ = [
    "COUNTED",
    "PDF_NAME",
    "Acceptance",
    "Defaults",
    "Edition",
    "GridOrder",
    "Order",
    "Request",
    "Run",
    "Summary",
    "accept",
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
    "prove",
    "publish",
    "record",
    "rerun",
    "run_grid",
    "write_rows",
]
