"""What the data library may hold, declared once: every table and what its cells must look like.

Validation, error messages and the tables of the data library page all come from here.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from evidence import paths
from evidence.catalog.declaration import LOCATOR, NOTE, PAGES, QUOTE, SOURCE, STRENGTHS, Column, Table, identifier
from evidence.catalog.patterns import (
    ADDRESS,
    ANY_ID,
    AREAS,
    CHANGES,
    CHAPTER,
    COUNT,
    DATE,
    DIGIT,
    DOI,
    FILE,
    HASH,
    ID,
    IDS,
    LINE,
    LISTED,
    NAME,
    NUMBER,
    PASSAGE,
    PLACED,
    QUESTION,
    SECURE,
    SENTENCE,
    SERIES,
    SERIES_LIST,
    SHAPES,
    SLUG,
    TEXT,
    THRESHOLD,
    UNIT,
    VALUE_COLUMN,
    WEB,
    YEAR,
)
from evidence.extension import contributed

RENAMED = ("figure", "finding", "claim", "chart", "source", "chapter")
"""What `evidence rename` gives another name."""
HOW_HELD = ("text", "file", "page", "typed", "ours")
"""How a record was held against where it comes from."""
_DIRECTIONS = ("positive", "negative", "none", "mixed")
_FORMS = ("bars", "dots", "dumbbell", "slope", "multiples", "matrix", "evidence-map", "flow", "map")
_DESIGNS = (
    *("comparison", "official statistics", "association", "survey answers", "published statistics"),
    *("review", "case study", "argument", "statement"),
)

FIGURES = Table(
    "figures",
    "figures",
    "One number that a source states at one place, or that we compute.",
    (
        identifier("Stable name of what is measured: dotted, lower-case, free of values and dates."),
        SOURCE,
        LOCATOR,
        Column(
            "quote", "Verbatim words that hold `stated`; empty only for data products and our own computations.", PASSAGE, verbatim=True
        ),
        Column("stated", "The number as the source writes it, with hedge and unit.", required=True, verbatim=True),
        Column("value", "The number itself in base units, equal to what `stated` says without its hedge.", NUMBER, required=True),
        Column("unit", "Unit of `value`.", UNIT, required=True),
        Column("precision", "`exact` for sample sizes, thresholds and fees; empty: as printed.", allowed=("exact",)),
        Column(
            "direction",
            "`rise` or `fall` where it is the size of a change, or of a difference from what it is compared with; empty: neither, or its sign is stated.",
            allowed=("rise", "fall"),
        ),
        Column("population", "Whom or what it is about, with its base, as given at this place."),
        Column("place", "Place it is about: names of known places, or as `place-sets` declares it.", holds="place"),
        Column("period", "Period it is about, as given; one that no rule reads is declared in `periods`.", verbatim=True, holds="period"),
        Column("as_of", "Date this value was published.", DATE, required=True),
        Column(
            "origin",
            "Producer the source cites; of a computed figure `formula`, or the function that gives it; empty when the source is the producer.",
            verbatim=True,
        ),
        Column("series", "Group of figures that make one chart.", SERIES),
        Column("category", "Label of the figure within its series.", verbatim=True),
        NOTE,
    ),
    key=("id", "as_of", "locator"),
    required=True,
    held=True,
)

SOURCES = Table(
    "sources",
    "sources.csv",
    "A document or data product.",
    (
        identifier("Citation key.", SLUG),
        Column("title", "Title.", required=True, verbatim=True),
        Column("short", "Name used in tables and under charts.", required=True),
        Column("authors", "Authors as named.", verbatim=True),
        Column("publisher", "Publisher.", verbatim=True),
        Column("published", "Date of publication as printed.", verbatim=True),
        Column("as_of", "Last day of the printed date of publication, or the day we read it when that is earlier.", DATE, required=True),
        Column("url", "Address the source itself prints, or of the data product.", WEB),
        Column("doi", "Digital object identifier.", DOI),
        Column("licence", "Licence as the source states it.", required=True, verbatim=True),
        Column("attribution", "Words its licence asks for.", verbatim=True),
        Column("cadence", "How often a new release is due.", required=True),
        Column(
            "kind",
            "What kind of source it is.",
            allowed=("report", "article", "blog", "compilation", "statistics", "survey", "analysis", "briefing", "computed", "assumption"),
            required=True,
        ),
        Column("read", "How it was read.", verbatim=True),
        Column("seed", "File name of the text that quotes are proved against; empty for data products, which are not quoted."),
        NOTE,
    ),
    required=True,
    held=True,
)

FINDINGS = Table(
    "findings",
    "findings.csv",
    "A result that a source states in words, with a direction.",
    (
        identifier("Stable name."),
        SOURCE,
        LOCATOR,
        QUOTE,
        Column("statement", "The result in our words.", required=True, prose=True),
        Column("direction", "Sign of the result.", allowed=_DIRECTIONS, required=True),
        Column("mechanism", "What is said to bring it about.", prose=True),
        Column("outcome", "What it changes.", prose=True),
        Column("population", "Who was studied.", verbatim=True),
        Column("moderator", "What the result depends on.", prose=True),
        Column("region", "Kind of region.", SLUG),
        Column("basis", "Kind of evidence.", allowed=("survey", "review", "case study", "statistics", "opinion"), required=True),
        Column("design", "How it is known.", allowed=_DESIGNS, required=True),
        Column("sample", "Figure of how many were studied; empty when the source does not state it.", ID, reference="figures"),
        Column(
            "directness",
            "Whether it was seen in what the words are about, or elsewhere, in something else, or read into a result.",
            allowed=("direct", "indirect"),
            required=True,
        ),
        Column(
            "strength",
            "How strong that is, as the rule of `evidence.grading` gives it.",
            allowed=STRENGTHS,
            required=True,
        ),
        Column("as_of", "Date of publication.", DATE, required=True),
        Column("disputed_with", "Finding that describes the same result differently.", ID, reference="findings"),
        NOTE,
    ),
    held=True,
)

DIRECTIONS = Table(
    "directions",
    "directions.csv",
    "The words of a finding's statement that tell its direction, where its other words do not tell it or would tell another.",
    (
        Column("finding", "The finding.", ID, required=True, reference="findings"),
        Column("words", "Words of its statement, as they stand there.", required=True),
        Column("direction", "Direction of the finding, said once more.", allowed=_DIRECTIONS, required=True),
    ),
    key=("finding",),
    follows="finding",
    ordered=True,
)

PAIRS = Table(
    "pairs",
    "pairs.csv",
    "Two figures of different sources that should state the same fact.",
    (
        Column("figure", "The figure that is checked.", ID, required=True, reference="figures"),
        Column("against", "The figure it is checked against.", ID, required=True, reference="figures"),
        Column("why", "Why they should agree, in our words.", required=True, prose=True),
    ),
    key=("figure", "against"),
)

DOUBTS = Table(
    "doubts",
    "doubts.csv",
    "A figure whose sum checks, and which a computation of ours still puts in doubt; readers are told wherever it is shown.",
    (
        Column("figure", "The figure in doubt.", ID, required=True, reference="figures"),
        Column("against", "The figure that puts it in doubt.", ID, required=True, reference="figures"),
        Column("says", "What a reader should know beside the number, in a few words.", required=True, prose=True),
    ),
    key=("figure",),
)

FORMULAS = Table(
    "formulas",
    "formulas.csv",
    "How a figure follows from other figures: one we compute, or one that a source states and that we recompute to see whether it adds up.",
    (
        Column("figure", "The figure that is derived.", ID, required=True, reference="figures"),
        Column(
            "formula",
            "The arithmetic: ids of figures in braces, bare numbers, + - * /, parentheses, sum, mean, min and max of numbers separated by "
            "commas, and at the end of a part `as` with a unit.",
            LINE,
            required=True,
            verbatim=True,
            grammar="formula",
        ),
        Column("why", "What it does, in words for readers; one sentence.", SENTENCE, required=True, verbatim=True),
    ),
    key=("figure",),
)

CHECKS = Table(
    "checks",
    "checks.csv",
    "Something a source says that cannot stand beside its own numbers or words, or those of another; a correction names it as its guard.",
    (
        identifier("Name, as the guard of a correction.", SLUG),
        Column("asks", "What is asked of the source.", QUESTION, required=True, verbatim=True),
        Column(
            "condition",
            'When the source is wrong: formulas compared by > < != or `in`, and "words" `in` or `not in` the quote of a figure or finding, '
            "joined by and, or, not. What a rounding leaves open is not wrong.",
            LINE,
            required=True,
            verbatim=True,
            grammar="condition",
        ),
        Column(
            "says",
            "What is wrong, for readers. An id in braces stands for the number as stated where the words were found; after a colon may follow "
            "another column, or `shown`. {left:low} and {right:high} are the ends of what the condition compares first.",
            SENTENCE,
            required=True,
            verbatim=True,
            grammar="text",
        ),
    ),
)

CORRECTIONS = Table(
    "corrections",
    "corrections.csv",
    "A declared, reasoned disagreement inside a source or between sources.",
    (
        identifier("Stable name."),
        Column("grade", "How grave it is.", allowed=("contradiction", "tension", "one reading only"), required=True),
        Column(
            "figures",
            "Ids of the figures it casts doubt on, and of those it holds them against, separated by spaces.",
            IDS,
            reference="figures",
            several=True,
        ),
        Column(
            "findings",
            "Ids of the findings it casts doubt on, separated by spaces, where words and not numbers disagree.",
            IDS,
            reference="findings",
            several=True,
        ),
        Column("title", "What is wrong, in a few words.", required=True, prose=True),
        Column("what", "What the source prints and what follows from its own numbers.", required=True, prose=True),
        Column("size", "By how much.", required=True, prose=True),
        Column("reading", "The reading under which the printed numbers would fit, or why there is none.", required=True, prose=True),
        Column("consequence", "What it means for a reader.", required=True, prose=True),
        Column("reply", "The producer's reply, when there is one.", verbatim=True),
        Column(
            "guard",
            "What proves that the error still stands: `differs` or `disputed` for the verdict of the first figure, or the name of a check.",
            SLUG,
            required=True,
        ),
    ),
    held=True,
)

CLAIMS = Table(
    "claims",
    "claims.csv",
    "A sentence whose truth is decided by comparing figures.",
    (
        identifier("Stable name, as a link names it.", SLUG),
        Column("statement", "What it says, in our words and without numbers.", required=True),
        Column(
            "condition",
            "When it holds: formulas compared by > < or `in`, joined by and, or, not, such as {a.b} > 2 * max({c.d}, {e.f}). "
            "What a rounding leaves open does not hold.",
            LINE,
            required=True,
            verbatim=True,
            grammar="condition",
        ),
        Column("threshold", "What would change our mind.", THRESHOLD, required=True),
    ),
)

WORDINGS = Table(
    "wordings",
    "wordings.csv",
    "Words that prose may link to a claim or finding, beside its statement; somebody has held them against what it says.",
    (
        Column("scheme", "What the link is to.", allowed=("claim", "finding"), required=True),
        Column("target", "Id of the claim or finding.", rf"{ID}|{SLUG}", required=True, mentions="@scheme"),
        Column(
            "wording", "The words, as the prose links them; the case of the first letter and marks at the end do not matter.", required=True
        ),
        Column("direction", "Direction of the finding, said once more; empty for a claim.", allowed=_DIRECTIONS),
    ),
    key=("scheme", "target", "wording"),
    ordered=True,
)

CHARTS = Table(
    "charts",
    "charts.csv",
    "A chart of figures of the library.",
    (
        identifier("Stable name."),
        Column("form", "How it is drawn.", allowed=_FORMS, required=True),
        Column(
            "series",
            "Series it draws, separated by spaces; for a matrix `cases`, or `findings.` and the first part of their ids, which an evidence map "
            "takes too; for a flow the sources of the recommendations; for a map `cases` or `spaces`.",
            SERIES_LIST,
            required=True,
            mentions="sources",
            several=True,
        ),
        Column("title", "What it shows, as a sentence with linked numbers.", required=True, prose=True),
        Column("subtitle", "What is measured, for whom, in which unit.", required=True, prose=True),
        Column("description", "What a reader who cannot see it should know.", required=True, prose=True),
        Column("labels", "What each series is called, in the same order, separated by semicolons, where there are several."),
        Column("order", "Order of the rows.", allowed=("value", "listed"), required=True),
    ),
)

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
        Column("target", "Id it is bound to.", ANY_ID, required=True, mentions="@kind"),
        Column("text", "Text of the link, as written.", required=True, verbatim=True),
        Column("since", "When the data were accepted.", DATE, required=True),
    ),
    key=("page", "kind", "target", "text"),
)

ALLOWED = Table(
    "allowed-numbers",
    "allowed-numbers.csv",
    "A number in our prose that states no evidence.",
    (
        Column("chapter", "Chapter it stands in, or * for all.", CHAPTER, required=True, mentions=PAGES),
        Column("text", "The number with enough words around it to be recognised, as written.", required=True, verbatim=True),
        Column("reason", "Why it needs no figure.", required=True, verbatim=True),
    ),
    key=("chapter", "text"),
)

SYNONYMS = Table(
    "synonyms",
    "synonyms.csv",
    "A word of our sentences that says what records say in another.",
    (
        Column("word", "The word, as sentences have it.", required=True, verbatim=True),
        Column("means", "Words of records, each of which bears it out.", required=True, verbatim=True),
        Column("reason", "Why they mean the same.", required=True, verbatim=True),
    ),
    key=("word",),
)

SCOPES = Table(
    "scopes",
    "scopes.csv",
    "What a chapter is about unless a sentence says otherwise.",
    (
        Column("chapter", "The chapter, or a table of the library whose prose is meant.", required=True, mentions=PAGES),
        Column("about", "Whom, where and when it is about, in words that its sentences may name.", required=True, verbatim=True),
        Column("reason", "Why its sentences need not link a record that says so.", required=True, verbatim=True),
    ),
    key=("chapter",),
)

NOT_EVIDENCE = Table(
    "not-evidence",
    "not-evidence.csv",
    "A passage of a source whose number states no evidence, so that no figure need cover it.",
    (
        SOURCE,
        Column(
            "text",
            "Verbatim words of the source that hold the number; they let it through wherever they stand.",
            PASSAGE,
            required=True,
            verbatim=True,
        ),
        Column("reason", "Why the number needs no figure.", required=True, verbatim=True),
    ),
    key=("source", "text"),
)

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

PERIODS = Table(
    "periods",
    "periods.csv",
    "A period in words that tell no days by themselves, such as `last year`, with the days that its source means.",
    (
        Column("period", "The period, as written in the figures.", required=True, verbatim=True),
        Column("source", "Source whose words they are; empty where they mean the same in all.", SLUG, reference="sources"),
        Column("from", "First day; empty where there is none, or nobody knows it.", DATE),
        Column("to", "Last day; empty where there is none, or nobody knows it.", DATE),
        Column("basis", "How it is meant, such as `each year`."),
        Column("reason", "Why it is read so.", required=True, verbatim=True),
    ),
    key=("period", "source"),
)

PLACE_SETS = Table(
    "place-sets",
    "place-sets.csv",
    "A place that no register of places names, or several places under one name, as figures give it.",
    (
        Column("place", "The name, as written in the figures.", required=True),
        Column("reason", "What is meant by it, and why it stands for itself.", required=True, verbatim=True),
    ),
    key=("place",),
)

PLACE_AREAS = Table(
    "place-areas",
    "place-areas.csv",
    "A set of areas on the boundaries of one year; measures of different sets are never joined.",
    (
        Column("areas", "Kind and year, such as itl3-2021.", AREAS, required=True),
        Column("about", "What the areas are.", required=True, verbatim=True),
        Column("count", "How many areas the set has.", COUNT, required=True),
        Column("codes", "What their codes look like, as a regular expression.", required=True, verbatim=True),
        Column("file", "File with their shapes, codes and names, as TopoJSON.", SHAPES, required=True),
        Column("object", "Name of the shapes in it.", required=True, verbatim=True),
        Column(
            "changes",
            "Areas of the file that this set has not: code there=code here=name here, separated by semicolons. They have no shape here.",
            CHANGES,
            verbatim=True,
        ),
        Column("attribution", "Words to show with a map.", required=True, verbatim=True),
        NOTE,
    ),
    key=("areas",),
)

PLACE_TABLES = Table(
    "place-tables",
    "place-tables.csv",
    "A measure of places, and the file it is read from; the files lie in places/ of a data library, and this repository holds none.",
    (
        Column("measure", "What is measured.", SLUG, required=True),
        Column("areas", "The set of areas it is measured for, as in place-areas.", AREAS, required=True),
        Column("label", "What a reader calls it.", required=True, verbatim=True),
        Column("unit", "Unit of the values.", UNIT, required=True),
        Column("decimals", "Decimals a value is shown with.", DIGIT, required=True),
        Column("file", "File in places/.", FILE, required=True),
        Column("code_column", "Its column of area codes.", required=True, verbatim=True),
        Column("rows", "Which rows count: column=value, separated by semicolons; empty for all.", PLACED, verbatim=True),
        Column("value_column", "* where each year has a column of its own; else column=year.", VALUE_COLUMN, required=True, verbatim=True),
        Column("from_year", "First year that is on these boundaries; earlier ones are not read.", YEAR, required=True),
        Column("factor", "What a value is multiplied by to be in the unit.", NUMBER, required=True),
        Column("period", "How a year is written, with {year} and {following} (2025 gives 26).", required=True, verbatim=True),
        Column("whole", "Code of the country it is compared with, or empty.", verbatim=True),
        Column("whole_name", "Name of that country, or empty."),
        Column("source", "Producer and release, for readers.", required=True, verbatim=True),
        Column("as_of", "Date of the release.", DATE, required=True),
        Column("licence", "Licence of the file.", required=True, verbatim=True),
        Column("address", "Where the producer publishes it.", SECURE, required=True, verbatim=True),
        NOTE,
    ),
    key=("measure", "areas"),
)

TOPICS = Table(
    "topics",
    "topics.csv",
    "A mechanism or outcome that findings name in several ways; findings that speak of the same can agree or disagree.",
    (
        Column("column", "Column of the findings that names it.", allowed=("mechanism", "outcome"), required=True),
        Column("topic", "What it is called.", required=True),
        Column(
            "words",
            "Words that place a finding there, separated by semicolons. Of mechanisms the first topic that has one of them counts, and one without "
            "words takes the rest; an outcome may name several.",
            LISTED,
        ),
    ),
    key=("column", "topic"),
)

_OWN = (
    SOURCES,
    FIGURES,
    FINDINGS,
    DIRECTIONS,
    PAIRS,
    DOUBTS,
    FORMULAS,
    CHECKS,
    CORRECTIONS,
    CLAIMS,
    WORDINGS,
    CHARTS,
    TOPICS,
    ALIASES,
    HISTORY,
    NOTICES,
    ALLOWED,
    SYNONYMS,
    SCOPES,
    NOT_EVIDENCE,
    RECEIPTS,
    PARTS,
    TEXTS,
    CONNECTORS,
    CONNECTED,
    PERIODS,
    PLACE_SETS,
    PLACE_AREAS,
    PLACE_TABLES,
)


def tables() -> tuple[Table, ...]:
    """Return every table a library of this book may hold, in the order they are read: the engine's own, then those the book adds."""
    return _tables(str(paths.find_book()))


def table(name: str) -> Table:
    """Return a table by its name.

    Raises:
        KeyError: If there is none of this name.
    """
    return _by_name(str(paths.find_book()))[name]


@lru_cache(maxsize=8)
def _tables(_book: str) -> tuple[Table, ...]:
    allowed = contributed("tables", "ALLOWED", {})
    return (*(_narrowed(entry, allowed.get(entry.name, {})) for entry in _OWN), *contributed("tables", "TABLES", ()))


@lru_cache(maxsize=8)
def _by_name(book: str) -> dict[str, Table]:
    return {entry.name: entry for entry in _tables(book)}


def _narrowed(entry: Table, allowed: dict[str, tuple[str, ...]]) -> Table:
    """Return a table whose cells may hold in this book only what it allows, by column."""
    return replace(entry, columns=tuple(replace(c, allowed=allowed.get(c.name, c.allowed)) for c in entry.columns)) if allowed else entry
