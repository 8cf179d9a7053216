"""How a table of the data library is declared: columns, patterns, keys."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from evidence.catalog.patterns import DEGREES_EAST, DEGREES_NORTH, ID, IN_WORDS, LONGEST_CELL, PASSAGE, SLUG

SCHEMES = ("figure", "claim", "finding")
"""Schemes of the links that bind words to a record, in chapters and in prose of the library."""

COMPARE = "compare"
"""Scheme of a link whose target is a claim itself: a comparison of figures."""

LINK = re.compile(rf"\[([^\]]*)\]\(({'|'.join((*SCHEMES, COMPARE))}):([^)\s]+)\)")
"""Such a link as Markdown: its text, its scheme, and the id it is bound to."""


def record_kind(scheme: str) -> str:
    """Return the kind of record that a link of a scheme is bound to; a comparison is a claim that its link declares."""
    return "claim" if scheme == COMPARE else scheme


PAGES = "pages"
"""What `mentions` says of a cell that names a page of the book."""
STRENGTHS = ("strong", "moderate", "limited", "opinion")
"""How strong a finding can be, the strongest first."""
SIGNS = ("positive", "negative", "none", "mixed")
"""What sign the result of a finding has."""


@dataclass(frozen=True, slots=True, eq=False)  # itself alone, so that what is known of each cell is found without its text being hashed
class Column:
    """One column of a table.

    Attributes:
        name: Its header.
        about: What stands in it, in one sentence.
        pattern: Regular expression the whole cell must match, when it is not empty; empty for free text.
        allowed: The only values it may hold, when not empty.
        required: Whether the cell may not be empty.
        verbatim: Whether the cell quotes a source, so that its own marks and numbers are let through.
        prose: Whether the cell is our own prose: numbers in it must be links, as in a chapter.
        reference: Table whose `id` the cell must name, or empty.
        mentions: Table whose `id` the cell may name, now or once; `pages` for a page of the book, and `@kind` for the table of what its row calls
            its kind. Such a cell follows a record that is renamed, and nothing proves that it is there.
        several: Whether it names several, separated by spaces.
        grammar: What the cell is read as where it names ids in braces: `formula`, `condition` or `text`; empty for all other cells.
        form: What the cell looks like in words, an example first, where it has a pattern that `IN_WORDS` has no words for.
        holds: `period` or `place` where the cell is read as one; empty for all other cells.
        longest: Characters the cell may have at most.
    """

    name: str
    about: str
    pattern: str = ""
    allowed: tuple[str, ...] = ()
    required: bool = False
    verbatim: bool = False
    prose: bool = False
    reference: str = ""
    mentions: str = ""
    several: bool = False
    grammar: str = ""
    form: str = ""
    holds: str = ""
    longest: int = LONGEST_CELL

    @property
    def looks(self) -> str:
        """What the cell must look like, for people, who are never shown a pattern."""
        return self.form or IN_WORDS.get(self.pattern) or f"what it is for: {self.about}"


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the data library: a file, or for figures a folder of files of the same columns.

    Attributes:
        name: Name used in code, errors and the data package.
        path: File or folder below the data directory.
        about: What a row is.
        columns: Its columns, in their canonical order.
        key: Columns that together occur once.
        required: Whether a library without it is none; without any other a book has not what it is for.
        follows: Column that names the record from whose day on a row is there, where the table has no date of its own.
        dated: Column of the day a row was published, where the table has it; rows without a day are there on every day.
        ordered: Whether its committed form is in the order of the key, so that what two authors add merges; else rows stay as they were added.
            A row that is there twice, as merges leave it, is there once.
        latest: Column of a day: of several rows of one key, as merges leave them, the one of the last day is there, in a table that is ordered.
        held: Whether each row is held against where it comes from, which `receipts` tells.
    """

    name: str
    path: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("id",)
    required: bool = False
    follows: str = ""
    dated: str = "as_of"
    ordered: bool = False
    latest: str = ""
    held: bool = False
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(column.name for column in self.columns))

    @property
    def owner(self) -> str:
        """The table of the record that a row follows, or empty."""
        return next((column.reference for column in self.columns if column.name == self.follows), "")


def identifier(about: str, pattern: str = ID) -> Column:
    """Return the column of the names of a table's records."""
    return Column("id", about, pattern, required=True)


SOURCE = Column("source", "Key of the source the row is taken from.", SLUG, required=True, reference="sources")
LOCATOR = Column("locator", "Place in the source, for a human reader.", required=True)
QUOTE = Column("quote", "Verbatim words of the source: a short passage on one line.", PASSAGE, required=True, verbatim=True)
NOTE = Column("note", "A short caveat of ours.", verbatim=True)
SETTLED = (
    Column("settlement", "Settlement as the gazetteer names it; empty where the source names only a county."),
    Column("latitude", "Degrees north of the settlement, filled in by `evidence format`.", DEGREES_NORTH),
    Column("longitude", "Degrees east of the settlement, filled in by `evidence format`.", DEGREES_EAST),
)
FILLED_IN = ("latitude", "longitude")
"""Columns that come from the gazetteer, whatever is typed."""
