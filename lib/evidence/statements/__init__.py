"""Statements: the links in prose that bind its numbers and sentences to the data library, and the check that they hold."""

from evidence.statements.candidates import FittingFigure, candidates
from evidence.statements.checking import (
    Checked,
    Loose,
    Statement,
    check_passages,
    loose_numbers,
    stale_allowances,
    stale_notices,
    stale_wordings,
    statements_of,
)
from evidence.statements.citing import Citation, citable
from evidence.statements.holding import LinkAnswer, check_statement
from evidence.statements.pages import Passage, chapter_files, library_prose, parse_notebook, passages_of, read_notebook, read_page
from evidence.statements.prose import Block, Link, read_blocks
