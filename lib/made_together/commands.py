"""What `evidence new` adds to the tables of this book."""

from __future__ import annotations

from evidence.scaffold import RecordPage
from made_together.tables import CASES, ELEMENTS

ROWS = {"element": (ELEMENTS, "Add an activity, enabler, impact or testimony to a case study.")}
"""Rows, by the name of the command: the table, and what the command does."""

PAGES = {
    "case": (
        CASES,
        "Add a case study: its row, its page below the case studies, and the page's recorded outputs.\n\n"
        "Add its activities, enablers, impacts and voices with `evidence new element`.",
        RecordPage(
            below="case-studies",
            section="## What the source reports\n\nThe source's own numbers and words about the case are listed below.",
            call='chapter.case("{id}")',
            limits="What no source reports about this case.",
        ),
    )
}
"""Rows that have a page of their own: the table, what the command does, and what the page says."""
