"""Tables of what becomes of a library: other names, accepted changes, sentences that await their author, and where newer data are asked for."""

from __future__ import annotations

from evidence.catalog.declaration import NOTE, PAGES, Column, Table
from evidence.catalog.patterns import ADDRESS, BOUND, DATE, DIGIT, ID, NAME, NUMBER, PLACED, SENTENCE, SLUG

RENAMED = ("figure", "finding", "claim", "chart", "source", "chapter")
"""What `evidence rename` gives another name."""

ALIASES = Table(
    "aliases",
    "aliases.csv",
    "A name that was changed, merged or retired, so that its permalink lives; `evidence rename`, `retire`, `remove` and `move` write it.",
    (
        Column(
            "old",
            "The name that is no longer used; of a section, its chapter and anchor joined by #.",
            NAME,
            required=True,
            mentions="@kind",
        ),
        Column("new", "The name to use instead; empty when retired.", NAME, mentions="@kind"),
        Column("date", "When.", DATE, required=True),
        Column("reason", "Why.", required=True, prose=True),
        Column("kind", "What it is the name of; empty for a figure.", allowed=("figure", *RENAMED[1:], "section")),
    ),
    key=("old", "kind"),
)

HISTORY = Table(
    "history",
    "history.csv",
    "A change of a figure that an edition accepted.",
    (
        Column("figure", "The figure.", ID, required=True, mentions="figures"),
        Column("old", "What it stated before; empty for a new figure.", verbatim=True),
        Column("new", "What it states now.", required=True, verbatim=True),
        Column("class", "What kind of change it is.", allowed=("new", "new period", "revision", "correction", "recomputed"), required=True),
        Column("date", "When it was accepted.", DATE, required=True),
        Column("reason", "Why, in the words of whoever accepted it.", required=True, verbatim=True),
    ),
    key=("figure", "date", "new"),
)

NOTICES = Table(
    "notices",
    "notices.csv",
    "A sentence that accepted data have overtaken and that still awaits its author; the site says so beside it.",
    (
        Column("page", "Chapter it stands in, or data file whose prose it is.", required=True, mentions=PAGES),
        Column("kind", "What is linked.", allowed=("figure", "claim"), required=True),
        Column("target", "Id it is bound to, or the comparison.", BOUND, required=True, mentions="@kind"),
        Column("text", "Text of the link, as written.", required=True, verbatim=True),
        Column("since", "When the data were accepted.", DATE, required=True),
    ),
    key=("page", "kind", "target", "text"),
)

REPORTS = Table(
    "reports",
    "reports.csv",
    "An error in this book that somebody reported, what became of it, and our reply; the site shows all of them.",
    (
        Column("date", "When it was reported.", DATE, required=True),
        Column("kind", "What the report is about.", allowed=RENAMED, required=True),
        Column("target", "Id of the record, or name of the source or chapter.", NAME, required=True, mentions="@kind"),
        Column("report", "What is said to be wrong, in a sentence; quotations are ours.", SENTENCE, required=True, prose=True),
        Column("state", "What became of it.", allowed=("open", "mended", "no error"), required=True),
        Column("reply", "What we found, and what was changed; empty while it is open.", SENTENCE, prose=True),
        Column("replied", "When we replied.", DATE),
    ),
    key=("date", "kind", "target"),
    ordered=True,
)

CONNECTORS = Table(
    "connectors",
    "connectors.csv",
    "Where a newer release of a source is asked for, and how its file is read; `evidence refresh` does both.",
    (
        Column("source", "Key of the source.", SLUG, required=True, reference="sources"),
        Column(
            "kind",
            "Kind of service that answers; it decides which form of the data is asked for.",
            allowed=("ons-local-statistics", "nomis", "dfe-statistics", "sdmx"),
            required=True,
        ),
        Column("dataset", "The producer's own name of the data set.", required=True, verbatim=True),
        Column("address", "Address of the file, with its query.", ADDRESS, required=True, verbatim=True),
        Column("release_address", "Address of the JSON that tells the date of the newest release.", ADDRESS, required=True, verbatim=True),
        Column("release_field", "Where that date stands in it: names of its fields, separated by slashes.", required=True, verbatim=True),
        Column("columns", "Columns the file must have, separated by semicolons.", required=True, verbatim=True),
        Column("rows", "Which rows count: column=value, separated by semicolons.", PLACED, required=True, verbatim=True),
        Column("constant", "What those rows must all say, such as the unit; anything else means that it changed.", PLACED, verbatim=True),
        Column(
            "status_column", "Column whose cell is empty, or A, for a plain value; anything else is shown to the steward.", verbatim=True
        ),
        Column("period_column", "Column of the period; * where each period has a column of its own.", required=True, verbatim=True),
        Column(
            "period_pattern",
            "What a period looks like there; its first group is the year, its second the quarter.",
            required=True,
            verbatim=True,
        ),
        Column("period", "How we write it, with {year}, {following} (2025 gives 26) and {quarter}.", required=True, verbatim=True),
        Column("value_column", "Column of the value; * where each period has a column of its own.", required=True, verbatim=True),
        Column("stated", "How we write the value, with {} where it stands.", required=True, verbatim=True),
        Column("decimals", "Decimals we write it with.", DIGIT, required=True),
        Column(
            "factor",
            "A new value more than so many times the old one, or less than that part of it, is pointed out.",
            NUMBER,
            required=True,
        ),
        Column("note", "Note of the new records.", verbatim=True),
    ),
    key=("source",),
)

CONNECTED = Table(
    "connected",
    "connected.csv",
    "A figure that the connector of its source brings up to date.",
    (
        Column("figure", "The figure.", ID, required=True, reference="figures"),
        Column(
            "rows",
            "Which of the connector's rows are about it: column=value, separated by semicolons.",
            PLACED,
            required=True,
            verbatim=True,
        ),
        Column("period", "`newest`, or the one period it stays with, as we write it.", required=True, verbatim=True),
        NOTE,
    ),
    key=("figure",),
)
