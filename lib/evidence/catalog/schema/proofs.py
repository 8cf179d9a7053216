"""Tables of how records are held against where they come from."""

from __future__ import annotations

from evidence.catalog.declaration import SOURCE, Column, Table
from evidence.catalog.patterns import ANY_ID, DATE, HASH, LONGEST_BASIS, SLUG, TEXT

HOW_HELD = ("text", "file", "page", "typed", "ours")
"""How a record was held against where it comes from."""

RECEIPTS = Table(
    "receipts",
    "receipts.csv",
    "That a record was held against where it comes from, and how; `evidence verify` and `evidence receipt` write it, and every check demands it.",
    (
        Column("kind", "Table of the record.", SLUG, required=True),
        Column("record", "Its id; of a row without one, the id of what it belongs to.", ANY_ID, required=True),
        Column(
            "how",
            "`text`: its words stand in the stored text of its source. `file`: its number stands in a cell of the producer's file. `page`: read on "
            "a page of which no file was kept. `typed`: not yet held against the text of its source. `ours`: nobody states it but this book.",
            allowed=HOW_HELD,
            required=True,
        ),
        Column("document", "Name of that text or file.", verbatim=True),
        Column("hash", "First 16 digits of the SHA-256 of the document.", HASH),
        Column("passage", "The same of the quote with the words around it in that text; of a file, of the row the cell stands in.", HASH),
        Column("at", "Where it stands there: a line or page and the offset of the number in the quote, or a cell.", verbatim=True),
        Column(
            "reads",
            "What stands there: the text of the cell; the word before which a quote is cut that may turn it; of a source, which of its cells stand in "
            "its own text, and how many of its numbers have a record or a reason.",
            verbatim=True,
        ),
        Column(
            "fields",
            "First 8 digits of the SHA-256 of each cell of the record that bears meaning, by column.",
            verbatim=True,
            required=True,
        ),
    ),
    key=("kind", "record", "fields"),
    ordered=True,
)

INDEPENDENCE = ("author", "same-team", "outside", "machine")
"""Who a countersigner is to the author of what is signed: only those of the same team and those outside count."""

COUNTERSIGNED = Table(
    "countersigned",
    "countersigned.csv",
    "That somebody found something the book says to be what its records say, or wrong; void once either is another. `evidence countersign` writes it.",
    (
        Column("hash", "First 16 digits of the SHA-256 of what was signed, with all it rests on.", HASH, required=True),
        Column("wording", "The same of its words and of what they link to alone.", HASH, required=True),
        Column("values", "The same of the numbers it rests on alone.", HASH, required=True),
        Column("sources", "The same of the quotes it rests on, and of whom, where and when they are about.", HASH, required=True),
        Column("verdict", "What the countersigner found.", allowed=("right", "wrong"), required=True),
        Column("by", "Who signed.", required=True, verbatim=True),
        Column("independence", "Who that is to the author.", allowed=INDEPENDENCE, required=True),
        Column("date", "When.", DATE, required=True),
        Column("where", "Page, or data file, it stood in when it was signed.", required=True, verbatim=True),
        Column("text", "What was signed, as it was then.", required=True, verbatim=True),
        Column(
            "basis",
            "The cells it rested on then, as JSON by record and column, so that what changes under it can be shown.",
            verbatim=True,
            longest=LONGEST_BASIS,
        ),
        Column("note", "What is wrong with it, or what else the countersigner says.", verbatim=True),
    ),
    key=("hash", "by"),
    dated="date",
    ordered=True,
    latest="date",
)

PARTS = Table(
    "parts",
    "parts.csv",
    "A part of a source that was read whole, where the source as a whole was not; only its numbers need a record or a reason.",
    (
        SOURCE,
        Column("part", "Its heading, as the text prints it, or `lines 10 to 90` or `pages 3 to 7`.", required=True, verbatim=True),
        Column("reason", "Why this part was read and others were not.", required=True, verbatim=True),
    ),
    key=("source", "part"),
)

TEXTS = Table(
    "texts",
    "texts.csv",
    "The text of a later edition of a source; records from its day on are held against it.",
    (
        SOURCE,
        Column("as_of", "Date of the edition.", DATE, required=True),
        Column("text", "File name of its text.", TEXT, required=True, verbatim=True),
    ),
    key=("source", "as_of"),
)
