"""Statements: the links in prose that bind its numbers and sentences to the data library, and the check that they hold."""

from evidence.statements.checking import (
    Checked,
    Statement,
    check_passages,
    check_statement,
    stale_allowances,
    stale_notices,
    statements_of,
)
from evidence.statements.pages import Passage, chapter_files, library_prose, read_notebook, read_page
from evidence.statements.prose import SCHEMES, Block, Link, read_blocks

__all__ = [
    "SCHEMES",
    "Block",
    "Checked",
    "Link",
    "Passage",
    "Statement",
    "chapter_files",
    "check_passages",
    "check_statement",
    "library_prose",
    "read_blocks",
    "read_notebook",
    "read_page",
    "stale_allowances",
    "stale_notices",
    "statements_of",
]
